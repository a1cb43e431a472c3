// Events from outside: which conversations get them, how often, and what becomes of them on the way.
#include <doctest/doctest.h>
#include <future>

#include "engine/limits.h"
#include "engine/outside_event.h"
#include "engine/replay.h"
#include "engine/services/service_executor.h"
#include "tests/engine/engine_server.h"
#include "tests/support/engine_client.h"

namespace parley {
namespace {

using test::EngineServer;

Result<Delivered> notify(Engine& engine, OutsideEvent event) {
  auto [done, result] = test::callback<Delivered>();
  engine.notify(std::move(event), done);
  return result.get();
}

OutsideEvent for_conversation(const std::string& id, const std::string& conversation,
                              const std::string& name = "parcel") {
  return {id, name, {{"number", 7}}, conversation, "", ""};
}

OutsideEvent for_person(const std::string& id, const std::string& person,
                        const std::string& name = "parcel") {
  return {id, name, {{"number", 7}}, "", "test", person};
}

std::vector<std::string> said(Engine& engine, const std::string& conversation) {
  return test::replies(test::read(engine, conversation)->activities);
}

}  // namespace

TEST_CASE("An event reaches the conversation that waits for it, and is answered there") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  const auto delivered = notify(*server.engine, for_conversation("e1", "c1"));
  REQUIRE_MESSAGE(delivered.ok(), delivered.error().message);
  REQUIRE(delivered->receipts.size() == 1);
  CHECK(delivered->receipts.front().conversation_id == "c1");
  CHECK_FALSE(delivered->receipts.front().repeat);
  CHECK(said(*server.engine, "c1").back() == "heard parcel");
  CHECK(server.checked().violations.empty());
}

TEST_CASE("An event that is posted twice acts once, also after a restart") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  const auto first = notify(*server.engine, for_conversation("e1", "c1"));
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  server.stop();
  server.start();
  const auto second = notify(*server.engine, for_conversation("e1", "c1"));
  REQUIRE(second->receipts.size() == 1);
  CHECK(second->receipts.front().repeat);
  CHECK(second->receipts.front().event_id == first->receipts.front().event_id);
  CHECK(said(*server.engine, "c1").size() == 4);  // welcome, two answers, one event
}

TEST_CASE("Nothing is stored of an event that nothing waits for") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  const auto delivered = notify(*server.engine, for_conversation("e1", "c1"));
  REQUIRE(delivered.ok());
  CHECK(delivered->receipts.empty());
  auto reader = server.store->reader();
  CHECK((*(*reader)->find("c1"))->record.last_sequence == 2);
}

TEST_CASE("An event for a person reaches each conversation that waits, and no other person's") {
  EngineServer server;
  for (const char* id : {"c1", "c2", "c3"})
    REQUIRE(test::open(*server.engine, id).ok());
  REQUIRE(test::open(*server.engine, "b1", "bert").ok());
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  REQUIRE(test::say(*server.engine, "c3", "await parcel").ok());
  REQUIRE(
      test::submit(*server.engine, "b1", {{"type", "message"}, {"text", "await parcel"}}, "", "bert").ok());
  const auto delivered = notify(*server.engine, for_person("e1", "anna"));
  REQUIRE(delivered.ok());
  CHECK(delivered->receipts.size() == 2);
  CHECK(said(*server.engine, "c1").back() == "heard parcel");
  CHECK(said(*server.engine, "c2").back() == "welcome");
  CHECK(said(*server.engine, "c3").back() == "heard parcel");
}

TEST_CASE("Where nothing waits, a flow starts in the conversation that was used last, once") {
  EngineServer server;
  for (const char* id : {"c1", "c2", "c3"})
    REQUIRE(test::open(*server.engine, id).ok());
  server.clock.advance(std::chrono::seconds(1));
  REQUIRE(test::say(*server.engine, "c2", "hello").ok());
  const auto started = notify(*server.engine, for_person("e1", "anna", "news"));
  REQUIRE(started->receipts.size() == 1);
  CHECK(started->receipts.front().conversation_id == "c2");
  server.clock.advance(std::chrono::seconds(1));
  REQUIRE(test::say(*server.engine, "c3", "hello").ok());
  const auto again = notify(*server.engine, for_person("e1", "anna", "news"));
  REQUIRE(again->receipts.size() == 1);
  CHECK(again->receipts.front().conversation_id == "c2");
  CHECK(again->receipts.front().repeat);
  CHECK(said(*server.engine, "c3").back() == "answer 1: hello");
}

TEST_CASE("An event for nobody is an error that says so") {
  EngineServer server;
  CHECK(notify(*server.engine, for_conversation("e1", "c9")).error().code == ErrorCode::kNotFound);
  CHECK(notify(*server.engine, for_person("e1", "carla")).error().code == ErrorCode::kNotFound);
}

TEST_CASE("An event keeps the limits of its id, name and value") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  const auto code = [&](OutsideEvent event) { return notify(*server.engine, std::move(event)).error().code; };
  OutsideEvent event = for_conversation("e1", "c1");
  event.name = std::string(limits::kEventNameMaxBytes + 1, 'n');
  CHECK(code(event) == ErrorCode::kTooLarge);
  event = for_conversation(std::string(limits::kActivityIdMaxBytes, 'i'), "c1");
  CHECK(code(event) == ErrorCode::kTooLarge);
  event = for_conversation("e1", "c1");
  event.value = std::string(limits::kEventValueMaxBytes, 'v');
  CHECK(code(event) == ErrorCode::kTooLarge);
  CHECK(code(for_conversation("", "c1")) == ErrorCode::kInvalid);
  CHECK(code(for_conversation("a\nb", "c1")) == ErrorCode::kInvalid);
}

TEST_CASE("A client can't take the id of an event") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  CHECK(test::say(*server.engine, "c1", "hello", "event|e1").error().code == ErrorCode::kInvalid);
}

TEST_CASE("What a client sends as an event is not an event from outside") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  REQUIRE(test::submit(*server.engine, "c1", {{"type", "event"}, {"name", "parcel"}}).ok());
  CHECK(said(*server.engine, "c1").back() == "event parcel");
}

TEST_CASE("A draining engine refuses events, and forgets none that it took") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  server.engine->drain();
  CHECK(notify(*server.engine, for_conversation("e1", "c1")).error().code == ErrorCode::kUnavailable);
  CHECK(notify(*server.engine, for_person("e1", "anna")).error().code == ErrorCode::kUnavailable);
}

TEST_CASE("A conversation with events from outside replays to the same") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "await parcel").ok());
  REQUIRE(notify(*server.engine, for_conversation("e1", "c1")).ok());
  REQUIRE(test::say(*server.engine, "c1", "thanks").ok());
  auto reader = server.store->reader();
  const auto outcome = replay(**reader, "c1", server.engine->bot("test"));
  REQUIRE_MESSAGE(outcome.ok(), outcome.error().message);
  CHECK_MESSAGE(outcome->equal(), outcome->difference);
  CHECK(outcome->turns == 4);
}

TEST_CASE("Whoever watches hears of each flow that ended, once it is stored") {
  EngineServer server;
  std::promise<std::string> heard;
  server.engine->watch_ends([&heard](const std::string& channel, const FlowEnd& end) {
    heard.set_value(channel + ": " + end.flow + ": " + end.reason);
  });
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "flow off").ok());
  CHECK(heard.get_future().get() == "test: test: completed");
}

TEST_CASE("A timer that fell due while the server was down fires once") {
  EngineServer server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(test::say(*server.engine, "c1", "remind 1000").ok());
  server.stop();
  server.clock.advance(std::chrono::hours(1));
  server.start();
  test::attach(*server.engine, "c1")->wait_for(4);
  server.stop();
  server.start();
  REQUIRE(test::say(*server.engine, "c1", "hello").ok());
  CHECK(said(*server.engine, "c1") ==
        std::vector<std::string>{"welcome", "answer 1: remind 1000", "reminder", "answer 2: hello"});
}

TEST_CASE("Typing is shown again and again while a call is under way") {
  struct SlowService final : ServiceExecutor {
    Ended ended;
    std::promise<void> asked;
    void execute(ServiceCall, Ended done) override {
      ended = std::move(done);
      asked.set_value();
    }
    void stop() override {}
  };
  const test::TempFolder folder;
  test::ManualClock clock(test::kStart);
  const auto store = make_memory_store();
  const auto service = std::make_shared<SlowService>();
  Engine engine({1, folder.path(), {{"test", test::make_answering_bot(folder.path())}}, service}, *store,
                clock);
  REQUIRE(test::open(engine, "c1").ok());
  const auto outbox = test::attach(engine, "c1");
  REQUIRE(test::say(engine, "c1", "count").ok());
  service->asked.get_future().get();
  CHECK(outbox->wait_for_transient(2).size() >= 2);
  service->ended({"call-1", true, 1, ""});
  CHECK(test::replies(outbox->wait_for(3)).back() == "count 1");
}

}  // namespace parley
