#include "config/maturity_model.h"

#include <doctest/doctest.h>
#include <set>

using namespace parley::config;

namespace {

const BarCheck kAnyCondition = [](const Node&) {};

std::string level(int number, const std::string& more = "") {
  return "  - level: " + std::to_string(number) + "\n    name: L" + std::to_string(number) + "\n" + more;
}

const std::string kBar =
    "    integration:\n      - {bar: calm, needs: tests.failed == 0, because: b, start: s, effort: days}\n";

MaturityModel read(const std::string& text, Findings& findings) {
  const YamlFile file(text, "model.yaml", findings);
  return read_maturity_model(file, kAnyCondition);
}

std::vector<std::string> codes_of(const std::string& text) {
  Findings findings;
  read(text, findings);
  findings.sort();
  std::vector<std::string> codes;
  for (const Finding& finding : findings.all())
    codes.push_back(finding.code);
  return codes;
}

}  // namespace

TEST_CASE("a maturity model is read whole") {
  Findings findings;
  const MaturityModel model =
      read("model: ours\nwindow: 14d\nleast_conversations: 30\nconfidence: 0.9\nlevels:\n" +
               level(1, "    unlocks: [questions]\n") + level(2, kBar) + level(3) + level(4) + level(5),
           findings);
  CHECK(findings.all().empty());
  CHECK(model.name == "ours");
  CHECK(model.window == std::chrono::hours(24 * 14));
  CHECK(model.least_conversations == 30);
  CHECK(model.confidence == 0.9);
  CHECK(model.levels[4].name == "L5");
  CHECK(model.level_of_feature("questions") == 1);
  CHECK(model.level_of_feature("changes") == kLevelMax + 1);
  REQUIRE(model.bars.size() == 1);
  CHECK(model.bars[0].name == "calm");
  CHECK(model.bars[0].level == 2);
  CHECK(model.bars[0].axis == Axis::kIntegration);
  CHECK(model.bars[0].effort == Effort::kDays);
}

TEST_CASE("every mistake in a maturity model is found in one reading") {
  CHECK(codes_of("model: m\nlevels: []\n") == std::vector<std::string>{"levels"});
  CHECK(codes_of("model: m\nwindow: 1h\nleast_conversations: 0\nconfidence: 2\nlevels:\n" + level(1) +
                 level(3) + level(3, "    unlocks: [question, pages]\n") +
                 level(4, "    unlocks: [pages]\n" + kBar) +
                 level(5, kBar + "      - {bar: Calm, effort: years}\n")) ==
        std::vector<std::string>{"range", "range", "range", "levels", "unknown-feature", "duplicate-feature",
                                 "duplicate-bar", "missing-key", "missing-key", "missing-key", "name",
                                 "effort"});
}

TEST_CASE("conditions are judged by who knows the measures") {
  Findings findings;
  std::vector<std::string> seen;
  const YamlFile file("model: m\nlevels:\n" + level(1, kBar) + level(2) + level(3) + level(4) + level(5),
                      "m.yaml", findings);
  read_maturity_model(file, [&](const Node& needs) {
    seen.push_back(*needs.text());
    needs.error("condition", "no");
  });
  CHECK(seen == std::vector<std::string>{"tests.failed == 0"});
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all()[0].position.line == 6);
}

TEST_CASE("the model that ships reads without a finding, unlocks every feature and gives reasons") {
  Findings findings;
  const MaturityModel model = read(std::string(shipped_maturity_model()), findings);
  CHECK(findings.all().empty());
  for (const Feature& feature : kFeatures)
    CHECK(model.level_of_feature(feature.name) <= kLevelMax);
  std::set<std::pair<int, Axis>> filled;
  for (const Bar& bar : model.bars) {
    CHECK_FALSE(bar.because.empty());
    filled.emplace(bar.level, bar.axis);
  }
  CHECK(filled.size() == kLevelMax * kAxes.size());
}
