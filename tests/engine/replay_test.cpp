#include "engine/replay.h"

#include <doctest/doctest.h>

#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/engine_client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

constexpr TimePoint kStart{std::chrono::milliseconds(1'767'225'600'000)};

// A conversation with everything in it: messages, an event, a call, a timer, a new name of the person.
void converse(Store& store, const test::TempFolder& folder, const BotPtr& bot) {
  test::ManualClock clock(kStart);
  Engine engine({1, folder.path(), {{"test", bot}}, nullptr}, store, clock);
  REQUIRE(test::open(engine, "c1").ok());
  const auto outbox = test::attach(engine, "c1");
  REQUIRE(test::say(engine, "c1", "nl: een hele zin").ok());
  REQUIRE(test::submit(engine, "c1", {{"type", "event"}, {"name", "opened/page"}}).ok());
  REQUIRE(test::submit(engine, "c1", {{"type", "conversationUpdate"}}).ok());
  REQUIRE(test::say(engine, "c1", "count").ok());
  outbox->wait_for(8);  // the count has come
  REQUIRE(test::say(engine, "c1", "remind 100").ok());
  clock.advance(std::chrono::seconds(1));
  outbox->wait_for(11);  // and the reminder
  auto [done, receipt] = test::callback<Receipt>();
  engine.submit({"c1", "", {"anna", "Anna de Vries", {"manager"}}, {{"type", "message"}, {"text", "person"}}},
                done);
  REQUIRE(receipt.get().ok());
}

}  // namespace

TEST_CASE("A replay comes to the same replies and the same state") {
  const test::TempFolder folder;
  const auto store = make_memory_store();
  const BotPtr bot = test::make_answering_bot(folder.path());
  converse(*store, folder, bot);
  const auto reader = store->reader();
  const auto outcome = replay(**reader, "c1", bot);
  REQUIRE_MESSAGE(outcome.ok(), outcome.error().message);
  CHECK_MESSAGE(outcome->equal(), outcome->difference);
  CHECK(outcome->turns == 9);
}

TEST_CASE("A replay with a bot that says something else names the first difference") {
  const test::TempFolder folder;
  const auto store = make_memory_store();
  {
    test::ManualClock clock(kStart);
    const BotPtr bot = test::make_answering_bot(folder.path(), "1");
    Engine engine({1, folder.path(), {{"test", bot}}, nullptr}, *store, clock);
    REQUIRE(test::open(engine, "c1").ok());
    REQUIRE(test::say(engine, "c1", "hello").ok());
    REQUIRE(test::say(engine, "c1", "version").ok());
  }
  const auto reader = store->reader();
  const auto outcome = replay(**reader, "c1", test::make_answering_bot(folder.path(), "2"));
  REQUIRE(outcome.ok());
  CHECK(outcome->difference.find("event 6") != std::string::npos);
  CHECK(outcome->difference.find("version 1") != std::string::npos);
  CHECK(outcome->difference.find("version 2") != std::string::npos);
}

TEST_CASE(
    "What a channel offers is stored with each turn and told to a replay, and a preview marks its replies") {
  const test::TempFolder folder;
  const auto store = make_memory_store();
  const BotPtr bot = test::make_answering_bot(folder.path());
  {
    test::ManualClock clock(kStart);
    Engine engine({1, folder.path(), {{"test", bot}}, nullptr}, *store, clock);
    engine.set_standings({{"test", std::make_shared<ChannelStanding>(ChannelStanding{true, 2, {"pages"}})}});
    REQUIRE(test::open(engine, "c1").ok());
    REQUIRE(test::say(engine, "c1", "in the preview").ok());
    engine.set_standings({});
    REQUIRE(test::say(engine, "c1", "now it is open").ok());
  }
  const auto reader = store->reader();
  const auto events = events_of(**reader, "c1", 100);
  REQUIRE(events.ok());
  std::vector<Json> standings;
  std::vector<bool> marked;
  for (const LedgerEvent& event : *events) {
    if (event.cause == 0) standings.push_back(Json::parse(event.detail).value("standing", Json()));
    if (event.kind == EventKind::kActivityOut)
      marked.push_back(Json::parse(event.activity).value("/channelData/preview"_json_pointer, false));
  }
  const Json preview{{"preview", true}, {"level", 2}, {"features", {"pages"}}};
  CHECK(standings == std::vector<Json>{preview, preview, Json()});
  REQUIRE(marked.size() >= 2);
  CHECK(marked.front());
  CHECK_FALSE(marked.back());
  const auto outcome = replay(**reader, "c1", bot);
  REQUIRE_MESSAGE(outcome.ok(), outcome.error().message);
  CHECK_MESSAGE(outcome->equal(), outcome->difference);
}

TEST_CASE("A conversation that is not there can't be replayed") {
  const test::TempFolder folder;
  const auto store = make_memory_store();
  const auto reader = store->reader();
  CHECK(replay(**reader, "c1", test::make_answering_bot(folder.path())).error().code == ErrorCode::kNotFound);
}

}  // namespace parley
