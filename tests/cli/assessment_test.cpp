#include "cli/maturity/assessment.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "config/yaml.h"

using namespace parley::cli;
using namespace parley::config;

namespace {

/// Bars of level 1 on interaction, of 2 on intelligence, of 3 on integration.
const std::string kModel =
    "model: small\nlevels:\n"
    "  - level: 1\n    name: One\n    interaction:\n"
    "      - {bar: tested, needs: tests.failed == 0, because: r, start: test BOT --ledger LEDGER, effort: "
    "days}\n"
    "  - level: 2\n    name: Two\n    intelligence:\n"
    "      - {bar: sure, needs: understanding.accuracy.low >= 0.5, because: r, start: s, effort: weeks}\n"
    "      - {bar: clean, needs: files.warnings == 0, because: r, start: s, effort: minutes}\n"
    "  - level: 3\n    name: Three\n    integration:\n"
    "      - {bar: drilled, needs: drills.restart, because: r, start: s, effort: hours}\n"
    "  - level: 4\n    name: Four\n  - level: 5\n    name: Five\n";

MaturityModel model_of(const std::string& text) {
  Findings findings;
  const YamlFile file(text, "model.yaml", findings);
  MaturityModel model = read_maturity_model(file, check_bar);
  REQUIRE(findings.all().empty());
  return model;
}

Measures good_measures() {
  Measures measures(0.95);
  measures.set("tests.failed", 0);
  measures.set_share("understanding.accuracy", 80, 100);
  measures.set("files.warnings", 0);
  measures.set("drills.restart", 1);
  return measures;
}

Assessment assessed(Measures measures, std::vector<Waiver> waivers = {},
                    const std::string& today = "2026-03-03") {
  BotManifest manifest;
  manifest.name = "desk";
  manifest.folder = "bots/desk";
  manifest.level = 3;
  manifest.waivers = std::move(waivers);
  return assess({manifest, "abcdef", "data/ledger.db"}, model_of(kModel), std::move(measures), today);
}

std::vector<std::string> names(const std::vector<const JudgedBar*>& bars) {
  std::vector<std::string> found;
  for (const JudgedBar* bar : bars)
    found.push_back(bar->bar.name);
  return found;
}

}  // namespace

TEST_CASE("a bot that meets every bar stands at the top") {
  const Assessment top = assessed(good_measures());
  CHECK(top.level() == 5);
  CHECK(top.to_do().empty());
}

TEST_CASE("an axis stands below its lowest missed bar, and the bot where its lowest axis does") {
  Measures measures = good_measures();
  measures.set_share("understanding.accuracy", 5, 8);  // 0.63, but perhaps 0.3
  measures.set("files.warnings", 2, {"flows/a.yaml:3: a warning"});
  const Assessment result = assessed(std::move(measures));
  CHECK(result.level_of(Axis::kInteraction) == 5);
  CHECK(result.level_of(Axis::kIntelligence) == 1);
  CHECK(result.level() == 1);
  CHECK(names(result.to_do()) == std::vector<std::string>{"clean", "sure"});  // the soonest done first
  const std::string text = to_text(result);
  CHECK(text.find("stands on level 1 One; it aims at 3 Three") != std::string::npos);
  CHECK(text.find("flows/a.yaml:3: a warning") != std::string::npos);
}

TEST_CASE("a bar whose measure has no value is not met, and says why") {
  Measures without(0.95);
  without.set("tests.failed", 0);
  without.set_share("understanding.accuracy", 80, 100);
  without.set("files.warnings", 0);
  without.miss("drills.", "nobody ran it");
  const Assessment result = assessed(std::move(without));
  CHECK(result.level() == 2);
  REQUIRE(result.to_do().size() == 1);
  CHECK(result.to_do()[0]->outcome == BarOutcome::kUnmeasured);
  CHECK(result.to_do()[0]->why == "drills.restart: nobody ran it");
}

TEST_CASE("a waiver lets a bar pass until its day, and is shown; behind it, it is an expired one") {
  Measures measures = good_measures();
  measures.set("tests.failed", 1);
  const std::vector<Waiver> waivers{{"tested", "waits for the new system", "Ann", "2026-03-03", {}}};
  const Assessment on_the_day = assessed(measures, waivers);
  CHECK(on_the_day.level() == 5);
  CHECK(names(on_the_day.waived()) == std::vector<std::string>{"tested"});
  CHECK(on_the_day.expired.empty());
  CHECK(to_text(on_the_day).find("waived until 2026-03-03, Ann: waits for the new system") !=
        std::string::npos);
  const Assessment after = assessed(measures, waivers, "2026-03-04");
  CHECK(after.level() == 0);
  REQUIRE(after.expired.size() == 1);
  CHECK(after.expired[0] == "tested: until 2026-03-03, Ann: waits for the new system");
  CHECK(assessed(good_measures(), {{"nothing", "r", "o", "2026-12-31", {}}}).expired ==
        std::vector<std::string>{"nothing: the model has no such bar"});
}

TEST_CASE("a waiver of a bar that is met waives nothing") {
  CHECK(assessed(good_measures(), {{"tested", "r", "o", "2026-12-31", {}}}).waived().empty());
}

TEST_CASE("the JSON of an assessment has the levels, the measures and what to do") {
  Measures measures = good_measures();
  measures.set("tests.failed", 1);
  const nlohmann::json json = to_json(assessed(std::move(measures)));
  CHECK(json["axes"]["interaction"]["level"] == 0);
  CHECK(json["axes"]["intelligence"]["level"] == 5);
  CHECK(json["level"] == 0);
  CHECK(json["measures"]["tests.failed"]["value"] == 1);
  CHECK(json["measures"]["understanding.accuracy"]["count"] == 100);
  CHECK(json["measures"]["drills.erase"]["value"].is_null());
  REQUIRE(json["todo"].size() == 1);
  CHECK(json["todo"][0]["bar"] == "tested");
  CHECK(json["todo"][0]["start"] == "test bots/desk --ledger data/ledger.db");
  CHECK(json["todo"][0]["axis"] == "interaction");
}

TEST_CASE("Wilson's interval has the published values, and stays within 0 and 1") {
  // E. B. Wilson's interval for 81 of 263: R. G. Newcombe, Statistics in Medicine 17 (1998), table I,
  // method 3.
  const Interval interval = wilson_interval(81, 263, 0.95);
  CHECK(interval.low == doctest::Approx(0.2553).epsilon(0.001));
  CHECK(interval.high == doctest::Approx(0.3662).epsilon(0.001));
  CHECK(wilson_interval(0, 20, 0.95).low == 0);
  CHECK(wilson_interval(0, 20, 0.95).high == doctest::Approx(0.1611).epsilon(0.001));
  CHECK(wilson_interval(20, 20, 0.95).high == 1);
}

TEST_CASE("a condition that names no measure, or is no condition, is refused at its place") {
  Findings findings;
  std::string text = kModel;
  text.replace(text.find("files.warnings == 0"), 19, "files.warning == 0 ");
  text.replace(text.find("drills.restart"), 14, "tests.failed  ");
  const YamlFile file(text, "model.yaml", findings);
  read_maturity_model(file, check_bar);
  REQUIRE(findings.all().size() == 2);
  CHECK(findings.all()[0].code == "condition");
  CHECK(findings.all()[0].position.line == 11);
  CHECK(findings.all()[0].hint.find("files.warnings") != std::string::npos);
  CHECK(findings.all()[1].message == "this is int, and a bar is met or not");
}
