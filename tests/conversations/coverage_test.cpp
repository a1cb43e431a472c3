// What tests touch: steps, branches, texts, intents and languages, as numbers, as a table and in the files.
#include "conversations/testing/coverage.h"

#include <doctest/doctest.h>

#include "conversations/testing/coverage_report.h"
#include "tests/conversations/played_tests.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

constexpr const char* kLeave =
    "stubs: {hr.balance: {days: 12}, hr.book: 1}\nnow: 2026-03-02T09:00:00+01:00\n";

Coverage coverage(const std::string& tests) {
  const PlayedTests played = play_tests(tests);
  REQUIRE(played.findings.empty());
  return played.report.coverage;
}

const FlowCoverage& flow_of(const Coverage& coverage, const std::string& name) {
  for (const FlowCoverage& flow : coverage.flows)
    if (flow.flow == name) return flow;
  FAIL("no flow " << name);
  return coverage.flows.front();
}

// "label count" of every branch of the flow.
std::vector<std::string> branches(const FlowCoverage& flow) {
  std::vector<std::string> all;
  for (const StepCoverage& step : flow.step_counts)
    for (const BranchCoverage& branch : step.branches)
      all.push_back(branch.label + " " + std::to_string(branch.count));
  return all;
}

}  // namespace

TEST_CASE("Steps are counted of the bot's own flows, and the lines that no test touched are named") {
  const Coverage all = coverage("test: t\nsteps:\n  - user: opening hours\n");
  CHECK(flow_of(all, "hours").steps().touched == 1);
  CHECK(flow_of(all, "hours").steps().total == 1);
  CHECK(flow_of(all, "hours").untouched_lines().empty());
  const FlowCoverage& leave = flow_of(all, "request_leave");
  CHECK(leave.steps().touched == 0);
  CHECK(leave.untouched_lines().size() == leave.steps().total);
  for (const FlowCoverage& flow : all.flows)
    CHECK(!flow.flow.starts_with("pattern_"));
  CHECK(all.all.steps.percent() > 0);
  CHECK(all.all.steps.percent() < 50);
}

TEST_CASE("A branch is touched when the conversation went that way, also past a question in between") {
  const std::string ask = "steps:\n  - user: leave from monday until friday\n";
  const Coverage yes = coverage(std::string("test: t\n") + kLeave + ask +
                                "  - user: opening hours\n  - user: \"yes\"\n"
                                "  - user: \"yes\"\n");
  CHECK(branches(flow_of(yes, "request_leave")) ==
        Texts{"done 1", "failed 0", "then 0", "else 1", "yes 1", "no 0", "done 1", "failed 0"});
  const Coverage no = coverage(std::string("test: t\n") + kLeave + ask + "  - user: \"no\"\n");
  CHECK(branches(flow_of(no, "request_leave")) ==
        Texts{"done 1", "failed 0", "then 0", "else 1", "yes 0", "no 1", "done 0", "failed 0"});
}

TEST_CASE("Texts are counted with their variants, and intents where they were taken, by language") {
  const Coverage all = coverage(
      "test: one\nsteps:\n  - user: leave\n  - user: yesterday\n---\n"
      "test: two\nlanguage: nl\nsteps:\n  - user: opening hours\n");
  const FlowCoverage& leave = flow_of(all, "request_leave");
  const auto count = [&](const std::string& source) {
    for (const TextCoverage& text : leave.text_counts)
      if (text.source == source) return static_cast<int>(text.count);
    return -1;
  };
  CHECK(count("From which day?") == 1);
  CHECK(count("That day has passed.") == 1);
  CHECK(count("From today on please.") == 0);
  CHECK(count("All set.") == 0);
  CHECK(all.intents.at("request_leave") == 1);
  CHECK(all.intents.at("payslip") == 0);
  CHECK(all.by_language.at("en").intents.touched == 1);
  CHECK(all.by_language.at("nl").intents.touched == 1);
  CHECK(all.all.intents.touched == 2);
  const std::string table = coverage_table(all);
  CAPTURE(table);
  CHECK(table.find("Intents that no test uses: ") != std::string::npos);
  CHECK(table.find("payslip") != std::string::npos);
  CHECK(table.find("From today on please.") != std::string::npos);
  CHECK(to_json(all)["total"]["intents"]["touched"] == 2);
}

TEST_CASE("A listing shows a count before each step, and below it what was never taken") {
  Coverage all;
  FlowCoverage flow{"f", "flows/f.yaml", 1, {}, {}};
  flow.step_counts.push_back({"0", 3, 4, {{"then", 4}, {"else", 0}}});
  flow.step_counts.push_back({"1", 4, 0, {}});
  flow.text_counts.push_back({"Hello", 3, 0});
  all.flows.push_back(flow);
  const auto files = listings(all, {{"flows/f.yaml", "flow: f\nsteps:\n  - if: a\n  - say: b\n"}});
  CHECK(files.at("flows/f.yaml") ==
        "     - | flow: f\n     - | steps:\n     4 |   - if: a\n       |   ! never: else\n"
        "       |   ! never said: Hello\n     ! |   - say: b\n");
}
