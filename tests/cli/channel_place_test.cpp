#include "cli/maturity/channel_place.h"

#include <doctest/doctest.h>

#include "cli/maturity/model_file.h"
#include "cli/maturity/record.h"
#include "engine/sqlite.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using namespace parley::cli;
using config::Below;
using config::Phase;

namespace {

config::Channel channel(int opens_at, Below below = Below::kAlarm, Phase phase = Phase::kOpen) {
  config::Channel channel;
  channel.opens_at = opens_at;
  channel.below = below;
  channel.phase = phase;
  return channel;
}

config::Channel with_people(config::Channel channel) {
  channel.people = {"e1"};
  return channel;
}

bool is(const connectors::ChannelPhase& place, Phase phase, std::optional<int> level = {},
        bool below = false) {
  return place.phase == phase && place.level == level && place.below == below;
}

}  // namespace

TEST_CASE("a channel that asks for no level is in the phase of its settings") {
  for (const Phase phase : {Phase::kClosed, Phase::kPreview, Phase::kOpen})
    CHECK(is(place_of(channel(0, Below::kAlarm, phase), 0, false), phase));
}

TEST_CASE("evidence never opens what the operator has not opened") {
  for (const Phase phase : {Phase::kClosed, Phase::kPreview})
    CHECK(is(place_of(channel(2, Below::kClose, phase), 5, true), phase));
}

TEST_CASE("a channel opens when its level is shown, up to the level measured") {
  CHECK(is(place_of(channel(2), 2, false), Phase::kOpen, 2));
  CHECK(is(place_of(channel(2), 4, true), Phase::kOpen, 4));
  CHECK(is(place_of(channel(2), 1, false), Phase::kClosed));
  CHECK(is(place_of(with_people(channel(2)), 1, false), Phase::kPreview));
  CHECK(is(place_of(channel(2), std::nullopt, false), Phase::kClosed));
  CHECK(is(place_of(with_people(channel(2)), std::nullopt, true), Phase::kPreview));
}

TEST_CASE("what happens at a fall is what the settings say") {
  CHECK(is(place_of(channel(2, Below::kAlarm), 0, true), Phase::kOpen, 2, true));
  CHECK(is(place_of(channel(2, Below::kDegrade), 1, true), Phase::kOpen, 1, true));
  CHECK(is(place_of(channel(2, Below::kDegrade), 0, true), Phase::kClosed, {}, true));
  CHECK(is(place_of(channel(2, Below::kClose), 1, true), Phase::kClosed, {}, true));
  CHECK(is(place_of(with_people(channel(2, Below::kClose)), 1, true), Phase::kPreview, {}, true));
}

TEST_CASE("the dialogue is told the level, what it unlocks, and that it is a preview") {
  const auto model = maturity_model_of("");
  REQUIRE(model);
  CHECK(standing_of({Phase::kOpen, false, {}}, *model) == nullptr);
  const StandingPtr preview = standing_of({Phase::kPreview, false, {}}, *model);
  CHECK(preview->preview);
  CHECK_FALSE(preview->level.has_value());
  const StandingPtr first = standing_of({Phase::kOpen, true, 1}, *model);
  CHECK_FALSE(first->preview);
  CHECK(first->level == 1);
  CHECK(first->features == std::set<std::string, std::less<>>{"pages", "questions"});
  CHECK(standing_of({Phase::kOpen, false, 3}, *model)->features.size() == config::kFeatures.size());
}

TEST_CASE("the bars that are missing for a level are read from a report, whatever it holds") {
  const std::string report =
      R"({"axes":{"a":{"bars":[{"bar":"met","level":1,"outcome":"met"},{"bar":"waived","level":1,"outcome":"waived"},)"
      R"({"bar":"low","level":1,"outcome":"missed"},{"bar":"unknown","level":2,"outcome":"unmeasured"},)"
      R"({"bar":"high","level":3,"outcome":"missed"}]}}})";
  CHECK(missing_bars(report, 2) == std::vector<std::string>{"low", "unknown"});
  CHECK(missing_bars("", 2).empty());
  CHECK(missing_bars("[1]", 2).empty());
}

TEST_CASE("a record of the version before phases is brought up to date, with what it holds") {
  const test::TempFolder folder;
  const auto ledger = folder.path() / "ledger.db";
  {
    auto record = MaturityRecord::open_beside(ledger);
    REQUIRE(record.ok());
    REQUIRE(record->add(RecordedDrill{TimePoint{}, "shop", "v1", "restart", true, "{}"}).ok());
  }
  {
    const auto old = sqlite::open((folder.path() / "maturity.db").string(), SQLITE_OPEN_READWRITE);
    REQUIRE(old.ok());
    REQUIRE(sqlite::execute(old->get(), "DROP TABLE phase; PRAGMA user_version = 1", "aging").ok());
  }
  auto record = MaturityRecord::open_beside(ledger);
  REQUIRE(record.ok());
  REQUIRE(record->add(RecordedPhase{TimePoint{}, "webchat", "shop", "v1", "open", 2, 3, false}).ok());
  REQUIRE(record->add(RecordedPhase{TimePoint{}, "webchat", "shop", "v2", "closed", 2, {}, true}).ok());
  const auto phases = record->phases("shop");
  REQUIRE(phases.ok());
  REQUIRE(phases->size() == 2);
  CHECK(phases->front().level == 3);
  CHECK_FALSE(phases->back().level.has_value());
  CHECK(phases->back().below);
  const auto drill = record->last_drill("shop", "v1", "restart");
  REQUIRE(drill.ok());
  CHECK(drill->has_value());
}
