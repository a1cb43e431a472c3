// What a conversation test may expect beyond texts: each check holds where it should, and fails where not.
#include <algorithm>
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/played_tests.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

constexpr const char* kFlows = R"yaml(
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: [We are open., We are open all day.]
  - name: where
    say: Come to the front desk.
    image: {url: "https://example.net/desk.png", alt: The desk}
---
flow: payslip
title: Payslip
when: payslip
steps:
  - say: Here it is.
    card: {title: Your payslip, text: Of March, buttons: [{title: Open it}, {title: Send it}]}
---
flow: open_ticket
title: A person
when: open_ticket
steps:
  - handoff: asked
)yaml";

struct Checked {
  TestReport report;
  std::vector<std::string> findings;  // "line code"
};

Checked run(const std::string& tests) {
  NamesForTests names;
  names.outline.intents = {"opening_hours", "payslip", "open_ticket", "greeting"};
  names.examples = {{"opening_hours", {{"en", {"are you open", "your hours please", "when do you close"}}}}};
  PlayedTests played = play_tests(tests, SmallBot(kFlows), names);
  Checked checked{std::move(played.report), {}};
  for (const config::Finding& finding : played.findings)
    checked.findings.push_back(std::to_string(finding.position.line) + " " + finding.code);
  return checked;
}

std::size_t failures(const std::string& steps) {
  const Checked checked = run("test: t\nsteps:\n" + steps);
  CAPTURE(steps);
  CHECK(checked.findings.empty());
  REQUIRE(checked.report.results.size() == 1);
  return checked.report.results[0].mismatches.size();
}

}  // namespace

TEST_CASE("A check of a conversation test holds where it is so, and fails where it is not") {
  const std::string hours = "  - user: your hours\n  - ", payslip = "  - user: my payslip\n  - ";
  const std::vector<std::pair<std::string, std::string>> checks{
      {hours + "flow: hours", hours + "flow: payslip"},
      {hours + "flow: hours/where", payslip + "flow: hours/where"},
      {hours + "says: We are open.", hours + "says: We are open all day."},
      {hours + "says: [Come to the front desk., We are open.]", payslip + "says: We are open."},
      {hours + "intent: opening_hours", hours + "intent: payslip"},
      {hours + "rule: start", hours + "rule: fallback"},
      {hours + "language: en", hours + "language: nl"},
      {hours + "handed_off: no", hours + "handed_off: yes"},
      {"  - user: a ticket\n  - handed_off: yes", "  - user: a ticket\n  - handed_off: no"},
      {hours + "image: https://example.net/desk.png", payslip + "image: /desk/"},
      {hours + "image: {alt: The desk}", hours + "image: {alt: A chair}"},
      {payslip + "card: {title: Your payslip}", payslip + "card: {title: My payslip}"},
      {payslip + "card: {text: /March/, buttons: [Send it]}",
       payslip + "card: {buttons: [Send it, Open it]}"},
      {"  - event: page/opened\n  - bot: []", hours + "bot: []"},
  };
  for (const auto& [holds, fails] : checks) {
    CAPTURE(holds);
    CHECK(failures(holds + "\n") == 0);
    CAPTURE(fails);
    CHECK(failures(fails + "\n") == 1);
  }
}

TEST_CASE("Several checks of one step are all made") {
  CHECK(failures(
            "  - user: my payslip\n  - bot: Here it is.\n    flow: payslip\n    card: {title: Your payslip}\n"
            "    ended: payslip\n") == 0);
  CHECK(failures("  - user: my payslip\n  - bot: No.\n    flow: hours\n    intent: greeting\n") == 3);
}

TEST_CASE(
    "A test hears the variant that it names, the last where there are fewer, and each in turn with next") {
  const auto hears = [](const std::string& variant, const std::string& texts) {
    return run("test: t\nvariant: " + variant + "\nsteps:\n  - user: your hours\n  - bot: " + texts + "\n")
               .report.failed() == 0;
  };
  CHECK(hears("1", "[We are open., /desk/]"));
  CHECK(hears("2", "[We are open all day., /desk/]"));
  CHECK(hears("9", "[We are open all day., /desk/]"));
  CHECK(run("test: t\nvariant: next\nsteps:\n  - bot: Hello! How can I help you?\n  - user: hello\n"
            "  - bot: Hi! What can I do for you?\n")
            .report.failed() == 0);
  CHECK(run("test: t\nvariant: 0\nsteps:\n  - user: a\n").findings == Texts{"2 range"});
}

TEST_CASE("A test with lists of texts is played with each, and says which conversation failed") {
  const Checked checked = run(
      "test: t\nsteps:\n  - user: [your hours, are you open, my payslip]\n  - bot: [We are open., /desk/]\n"
      "  - user: [hello, thanks]\n");
  REQUIRE(checked.report.results.size() == 1);
  const TestResult& result = checked.report.results[0];
  CHECK(result.plays == 6);
  CHECK(result.failed_plays == 2);
  REQUIRE(!result.mismatches.empty());
  CHECK(result.mismatches[0].said == Texts{"my payslip"});
  const std::string text = to_text(checked.report);
  CHECK(text.find("said: my payslip") != std::string::npos);
  CHECK(text.find("2 of its 6 conversations failed") != std::string::npos);
}

TEST_CASE("A test is played with the sentences of an intent") {
  const Checked checked = run("test: t\nsteps:\n  - user: {examples: opening_hours}\n  - flow: hours\n");
  REQUIRE(checked.report.results.size() == 1);
  CHECK(checked.report.results[0].plays == 3);
  CHECK(checked.report.results[0].failed_plays == 1);
  CHECK(checked.report.results[0].mismatches[0].said == Texts{"when do you close"});
}

TEST_CASE("A test of more conversations than the limit is refused") {
  std::string list = "[a0";
  for (std::size_t i = 1; i < 23; ++i)
    list += ", a" + std::to_string(i);
  const std::string step = "  - user: " + list + "]\n";
  CHECK(run("test: t\nsteps:\n" + step).report.results[0].plays == 23);
  CHECK(run("test: t\nsteps:\n" + step + step).findings == Texts{"1 too-many-variants"});
}

TEST_CASE("A name that the bot does not have is found in the test, at its place and with the names near it") {
  const std::vector<std::pair<std::string, std::string>> mistakes{
      {"test: t\nsteps:\n  - ended: hour\n", "3 unknown-flow"},
      {"test: t\nsteps:\n  - ended: {flow: hourss}\n", "3 unknown-flow"},
      {"test: t\nsteps:\n  - flow: hours/were\n", "3 unknown-step"},
      {"test: t\nsteps:\n  - says: We are closed.\n", "3 unknown-text"},
      {"test: t\nsteps:\n  - intent: opening_hour\n", "3 unknown-intent"},
      {"test: t\nsteps:\n  - user: {examples: opening_hour}\n", "3 unknown-intent"},
      {"test: t\nsteps:\n  - slots: {colour: red}\n", "3 unknown-slot"},
      {"test: t\nsteps:\n  - called: {hr.blance: {}}\n", "3 unknown-operation"},
      {"test: t\nstubs:\n  hrm.balance: 1\nsteps:\n  - user: a\n", "3 unknown-service"},
      {"test: t\nstubs:\n  hr.balance: [{days: 1}, {fails: timout}]\nsteps:\n  - user: a\n",
       "3 unknown-value"},
      {"test: t\nlanguage: fr\nsteps:\n  - user: a\n", "2 unknown-language"},
      {"test: t\nsteps:\n  - language: fr\n", "3 unknown-language"}};
  for (const auto& [test, finding] : mistakes) {
    CAPTURE(test);
    const std::vector<std::string> found = run(test).findings;
    REQUIRE(!found.empty());
    CHECK(found[0] == finding);
  }
}
