#include "engine/engine.h"

#include <doctest/doctest.h>

#include "engine/limits.h"
#include "tests/engine/engine_server.h"
#include "tests/support/engine_client.h"

namespace parley {
namespace {

using test::attach;
using test::open;
using test::read;
using test::replies;
using test::say;
using test::submit;
using Server = test::EngineServer;

std::string joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines)
    text += line + "\n";
  return text;
}

}  // namespace

TEST_CASE("A conversation is opened, greeted, answered, and read back") {
  Server server;
  const auto opened = open(*server.engine, "c1");
  REQUIRE(opened.ok());
  CHECK(opened->created);

  const auto receipt = say(*server.engine, "c1", "hello", "m1");
  REQUIRE(receipt.ok());
  CHECK(receipt->sequence == 3);
  CHECK(receipt->activity_id == "c1|0000003");
  CHECK_FALSE(receipt->repeat);

  const auto history = read(*server.engine, "c1");
  REQUIRE(history.ok());
  CHECK(replies(history->activities) == std::vector<std::string>{"welcome", "answer 1: hello"});
  CHECK(history->watermark == 4);
  CHECK(server.checked().ok());
}

TEST_CASE(
    "A person's activity comes back as sent, with the server's id, time and sender, before the reply to it") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto outbox = attach(*server.engine, "c1");
  REQUIRE(outbox != nullptr);
  Json activity{{"type", "message"},
                {"text", "hello"},
                {"from", {{"id", "somebody else"}, {"role", "bot"}}},
                {"timestamp", "1999-01-01T00:00:00Z"},
                {"channelData",
                 {{"clientActivityID", "x7"},
                  {"webchat:sequence-id", 5},
                  {"webChat", {{"a", 1}}},
                  {"state", "sending"},
                  {"kept", true}}}};
  REQUIRE(submit(*server.engine, "c1", activity, "x7").ok());

  const auto all = outbox->wait_for(3);
  REQUIRE(all.size() == 3);
  const Json& echo = all[1].activity;
  CHECK(all[1].client_id == "x7");
  CHECK(echo["id"] == "c1|0000003");
  CHECK(echo["from"] == Json{{"id", "anna"}, {"name", "Anna"}, {"role", "user"}});
  CHECK(echo["channelData"] == Json{{"clientActivityID", "x7"}, {"kept", true}});
  CHECK(echo["conversation"] == Json{{"id", "c1"}});
  CHECK(Json::parse(all[1].json) == echo);

  const Json& reply = all[2].activity;
  CHECK(reply["replyToId"] == echo["id"]);
  CHECK(reply["from"] == Json{{"id", "tester"}, {"name", "Tester"}, {"role", "bot"}});
  CHECK(echo["timestamp"].get<std::string>() > all[0].activity["timestamp"].get<std::string>());
  CHECK(reply["timestamp"].get<std::string>() > echo["timestamp"].get<std::string>());
}

TEST_CASE("A repeated client id gets the stored receipt, also after a restart, and nothing is done twice") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto first = say(*server.engine, "c1", "hello", "m1");
  const auto again = say(*server.engine, "c1", "hello", "m1");
  server.stop();
  server.start();
  const auto after_restart = say(*server.engine, "c1", "something else", "m1");

  for (const auto& repeat : {again, after_restart}) {
    REQUIRE(repeat.ok());
    CHECK(repeat->repeat);
    CHECK(repeat->sequence == first->sequence);
    CHECK(repeat->activity_id == first->activity_id);
  }
  CHECK(replies(read(*server.engine, "c1")->activities).size() == 2);
}

TEST_CASE("State survives a restart") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "one").ok());
  server.stop();
  server.start();
  REQUIRE(say(*server.engine, "c1", "two").ok());
  CHECK(replies(read(*server.engine, "c1")->activities).back() == "answer 2: two");
  CHECK(server.checked().ok());
}

TEST_CASE("Opening again finds the conversation; another person is denied everything in it") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto again = open(*server.engine, "c1");
  REQUIRE(again.ok());
  CHECK_FALSE(again->created);

  CHECK(open(*server.engine, "c1", "bob").error().code == ErrorCode::kDenied);
  const Json hello{{"type", "message"}, {"text", "hello"}};
  CHECK(submit(*server.engine, "c1", hello, "", "bob").error().code == ErrorCode::kDenied);
  auto [attached, attach_result] = test::callback<Done>();
  server.engine->attach("c1", "bob", 0, std::make_shared<test::KeepingOutbox>(), attached);
  CHECK(attach_result.get().error().code == ErrorCode::kDenied);
  auto [done, read_result] = test::callback<ActivitySet>();
  server.engine->read("c1", "bob", 0, done);
  CHECK(read_result.get().error().code == ErrorCode::kDenied);
}

TEST_CASE("What can't be sent is refused with a reason and leaves nothing behind") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  Json deep = 1;
  for (std::size_t i = 0; i < limits::kJsonMaxDepth; ++i)
    deep = Json::array({deep});
  const std::vector<std::pair<Json, ErrorCode>> refused{
      {Json::array(), ErrorCode::kInvalid},
      {{{"text", "no type"}}, ErrorCode::kInvalid},
      {{{"type", "invoke"}}, ErrorCode::kInvalid},
      {{{"type", "message"}}, ErrorCode::kInvalid},
      {{{"type", "message"}, {"text", 7}}, ErrorCode::kInvalid},
      {{{"type", "event"}}, ErrorCode::kInvalid},
      {{{"type", "event"}, {"name", "handback"}}, ErrorCode::kInvalid},  // the agent's, not the client's
      {{{"type", "message"}, {"text", "x"}, {"value", deep}}, ErrorCode::kTooLarge},
      {{{"type", "message"}, {"text", "x"}, {"value", std::string(limits::kMessageMaxBytes, 'x')}},
       ErrorCode::kTooLarge},
  };
  for (const auto& [activity, code] : refused) {
    const auto result = submit(*server.engine, "c1", activity);
    REQUIRE_FALSE(result.ok());
    CHECK(result.error().code == code);
    CHECK_FALSE(result.error().message.empty());
  }
  const Json hello{{"type", "message"}, {"text", "hello"}};
  const std::string long_id(limits::kActivityIdMaxBytes + 1, 'x');
  CHECK(submit(*server.engine, "c1", hello, long_id).error().code == ErrorCode::kTooLarge);
  CHECK(submit(*server.engine, "unknown", hello).error().code == ErrorCode::kNotFound);
  CHECK(read(*server.engine, "c1")->watermark == 2);
}

TEST_CASE("A text over the limit, in characters and not bytes, is answered but not understood") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  std::string text;
  for (std::size_t i = 0; i < limits::kTextMaxChars; ++i)
    text += "\xC3\xA9";
  REQUIRE(say(*server.engine, "c1", text).ok());
  REQUIRE(say(*server.engine, "c1", text + "!").ok());
  const auto reader = server.store->reader();
  const auto events = (*reader)->events("c1", 2, 10);
  REQUIRE(events->size() == 4);
  CHECK(Json::parse(events->at(0).detail).contains("understanding"));
  CHECK_FALSE(Json::parse(events->at(2).detail).contains("understanding"));
  CHECK(replies(read(*server.engine, "c1")->activities).size() == 3);
}

TEST_CASE("Typing is acknowledged and not stored; a membership update is stored and not answered") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  CHECK(submit(*server.engine, "c1", {{"type", "typing"}}).ok());
  CHECK(read(*server.engine, "c1")->activities.size() == 1);
  CHECK(submit(*server.engine, "c1", {{"type", "conversationUpdate"}, {"membersAdded", Json::array()}}).ok());
  const auto history = read(*server.engine, "c1");
  CHECK(history->activities.size() == 2);
  CHECK(replies(history->activities) == std::vector<std::string>{"welcome"});
  CHECK(server.checked().ok());
}

TEST_CASE("Events and card submits reach the dialogue") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  REQUIRE(submit(*server.engine, "c1", {{"type", "event"}, {"name", "opened/page"}}).ok());
  REQUIRE(submit(*server.engine, "c1", {{"type", "message"}, {"value", {{"size", "L"}}}}).ok());
  CHECK(replies(read(*server.engine, "c1")->activities) ==
        std::vector<std::string>{"welcome", "event opened/page", "answer 1: {\"size\":\"L\"}"});
}

TEST_CASE("Times rise within a conversation even when the wall clock is set back") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "one").ok());
  server.clock.advance(-std::chrono::hours(1));
  REQUIRE(say(*server.engine, "c1", "two").ok());
  server.clock.advance(std::chrono::hours(24));
  REQUIRE(say(*server.engine, "c1", "three").ok());
  CHECK(read(*server.engine, "c1")->activities.back().activity["timestamp"] == "2026-01-01T23:00:00.001Z");
  CHECK(server.checked().ok());
}

TEST_CASE("A service call is made after its commit; later messages wait for its end and keep their order") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto outbox = attach(*server.engine, "c1");
  REQUIRE(outbox != nullptr);
  auto first = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "count"}}, "m1");
  auto second = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "count"}}, "m2");
  auto third = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "after"}}, "m3");
  REQUIRE(first.get().ok());
  REQUIRE(second.get().ok());
  REQUIRE(third.get().ok());
  const auto all = outbox->wait_for(7);
  CHECK(joined(replies(all)) == "welcome\ncount {\"value\":1}\ncount {\"value\":2}\nanswer 3: after\n");
  CHECK(all[2].activity["replyToId"] == all[1].activity["id"]);
  CHECK(outbox->wait_for_transient(1).front()["type"] == "typing");
  const auto report = server.checked();
  CHECK_MESSAGE(report.ok(), joined(report.violations));
  CHECK(report.calls == 2);
}

TEST_CASE("A timer fires once its time has come, and a cancelled one never") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  REQUIRE(open(*server.engine, "c2").ok());
  const auto outbox = attach(*server.engine, "c1");
  REQUIRE(say(*server.engine, "c1", "remind 5000").ok());
  REQUIRE(say(*server.engine, "c2", "remind 5000").ok());
  REQUIRE(say(*server.engine, "c2", "forget").ok());
  server.clock.advance(std::chrono::seconds(6));
  CHECK(replies(outbox->wait_for(4)).back() == "reminder");
  CHECK(replies(read(*server.engine, "c2")->activities).back() == "answer 2: forget");
  CHECK(server.checked().ok());
}

TEST_CASE("A timer that came due while the server was down fires at the start") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "remind 5000").ok());
  server.stop();
  server.clock.advance(std::chrono::hours(1));
  server.start();
  const auto outbox = attach(*server.engine, "c1");
  CHECK(replies(outbox->wait_for(4)).back() == "reminder");
  CHECK(server.checked().ok());
}

TEST_CASE("A new version takes over at once, but an open flow finishes on the old one") {
  Server server;
  REQUIRE(open(*server.engine, "in flow").ok());
  REQUIRE(open(*server.engine, "idle").ok());
  REQUIRE(say(*server.engine, "in flow", "flow on").ok());
  server.engine->swap_bots({{"test", test::make_answering_bot(server.folder.path(), "2")}});
  for (const char* id : {"in flow", "idle"})
    REQUIRE(say(*server.engine, id, "version").ok());
  CHECK(replies(read(*server.engine, "in flow")->activities).back() == "version 1");
  CHECK(replies(read(*server.engine, "idle")->activities).back() == "version 2");
  REQUIRE(say(*server.engine, "in flow", "flow off").ok());
  REQUIRE(say(*server.engine, "in flow", "version").ok());
  CHECK(replies(read(*server.engine, "in flow")->activities).back() == "version 2");
}

TEST_CASE("A dialogue that throws harms nobody else, and the message is not acknowledged") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  CHECK(say(*server.engine, "c1", "throw").error().code == ErrorCode::kInternal);
  REQUIRE(say(*server.engine, "c1", "hello").ok());
  CHECK(replies(read(*server.engine, "c1")->activities).back() == "answer 1: hello");
}

TEST_CASE("A whole sentence changes the language, a short answer does not") {
  Server server;
  REQUIRE(open(*server.engine, "c1", "anna", "en-GB").ok());
  REQUIRE(say(*server.engine, "c1", "nl: een hele zin").ok());
  REQUIRE(say(*server.engine, "c1", "ok").ok());
  const auto reader = server.store->reader();
  CHECK((*reader)->find("c1")->value().record.language == "nl");
}

TEST_CASE("Where the channel says no language the first text tells, however short") {
  Server server;
  const auto language_of = [&](const std::string& id) {
    return (*server.store->reader())->find(id)->value().record.language;
  };
  REQUIRE(open(*server.engine, "c1", "anna", "").ok());
  CHECK(language_of("c1") == "");
  REQUIRE(say(*server.engine, "c1", "nl: hoi").ok());
  CHECK(language_of("c1") == "nl");
  REQUIRE(say(*server.engine, "c1", "ok").ok());
  CHECK(language_of("c1") == "nl");
  REQUIRE(open(*server.engine, "c2", "anna", "en-GB").ok());
  REQUIRE(say(*server.engine, "c2", "nl: hoi").ok());
  CHECK(language_of("c2") == "en");
}

}  // namespace parley
