// Conversations written as tests: reading them, playing them, and telling what differs.
#include "conversations/testing/test_runner.h"

#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/played_tests.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

struct Played : PlayedTests {
  std::string text;
};

Played play(const std::string& tests) {
  PlayedTests played = play_tests(tests);
  std::string text = to_text(played.report);
  return {std::move(played), std::move(text)};
}

const char* kBooked = R"(
test: books leave
user: {id: e1, name: Anna, roles: [employee]}
now: 2026-03-02T09:00:00+01:00
stubs:
  hr.balance: {days: 12}
  hr.book: [1]
steps:
  - bot: /^Hello/
  - user: leave from monday
  - bot: Until which day?
  - slots: {start: 2026-03-09, end: null}
  - user: friday
  - bot: Book leave from March 9, 2026 until March 13, 2026?
    buttons: ["Yes", "No"]
  - after: 24h
  - press: "Yes"
  - bot: Booked.
  - ended: {flow: request_leave, reason: completed}
  - called: {hr.book: {employee: e1, start: 2026-03-09}}
)";

}  // namespace

TEST_CASE("A conversation that goes as it is written passes") {
  const Played played = play(kBooked);
  CHECK(played.findings.empty());
  REQUIRE(played.report.results.size() == 1);
  CAPTURE(played.text);
  CHECK(played.report.failed() == 0);
}

TEST_CASE(
    "A difference shows what was expected and what came, with file and line, and what the text was taken "
    "for") {
  const Played played =
      play("test: wrong\nsteps:\n  - user: leave\n  - bot: Which day?\n  - user: monday\n  - bot: Never.\n");
  REQUIRE(played.report.results.size() == 1);
  const auto& mismatches = played.report.results[0].mismatches;
  REQUIRE(mismatches.size() == 1);
  CHECK(mismatches[0].line == 4);
  CHECK(mismatches[0].expected == Texts{"Which day?"});
  CHECK(mismatches[0].actual == Texts{"From which day?"});
  CHECK(mismatches[0].why.find("request_leave 90%") != std::string::npos);
  CHECK(played.text.find("all.yaml:4: wrong: the reply differs") != std::string::npos);
  CHECK(played.text.find("\n-Which day?\n+From which day?\n") != std::string::npos);
}

TEST_CASE("Everything a test may expect can fail") {
  const std::vector<std::string> wrong{
      "  - user: leave\n  - slots: {start: 2026-03-09}\n",
      "  - user: leave\n  - ended: {flow: request_leave, reason: completed}\n",
      "  - user: leave\n  - called: {hr.balance: {}}\n",
      "  - user: leave\n  - bot: From which day?\n    buttons: [One]\n",
      "  - user: leave\n  - press: Nowhere\n",
      "  - user: leave\n  - bot: [From which day?, And more.]\n",
      "  - user: opening hours\n  - bot: /closed/\n",
      "  - user: leave\n  - bot: From which day?\n  - user: thanks\n  - bot: You're welcome!\n  - user: "
      "monday\n",
      "  - user: leave\n  - bot: From which day?\n  - user: what are your hours now\n  - bot: We are open "
      "from 9 to 5.\n"};
  for (const std::string& steps : wrong) {
    CAPTURE(steps);
    CHECK(play("test: t\nsteps:\n" + steps).report.failed() == 1);
  }
}

TEST_CASE("Stubs answer once for all, one answer a call, or fail; a call without a stub fails and is named") {
  const std::string head = "test: t\nnow: 2026-03-02T09:00:00+01:00\n";
  const std::string once = "  - user: leave from monday until friday\n";
  CHECK(play(head + "stubs:\n  hr.balance: [{days: 1}, {days: 9}]\nsteps:\n" + once +
             "  - bot: You have 1 day left.\n" + once + "  - bot: /^Book/\n")
            .report.failed() == 0);
  CHECK(play(head + "stubs:\n  hr.balance: {fails: timeout}\nsteps:\n" + once +
             "  - bot: [The leave system is down., /./]\n")
            .report.failed() == 0);
  const Played missing = play(head + "steps:\n" + once + "  - bot: Booked.\n");
  CHECK(missing.text.find("no stub for hr.balance") != std::string::npos);
}

TEST_CASE("Mistakes in a test file are found with their lines, and the other tests still run") {
  const Played played =
      play(std::string("test: a\nlanguage: fr\nnow: tomorrow\nsteps:\n  - usr: hi\n  - user: a\n    bot: b\n"
                       "  - bot: /(/\n---") +
           kBooked);
  CHECK(played.report.results.size() == 1);
  std::vector<std::string> found;
  for (const auto& finding : played.findings) {
    found.push_back(std::to_string(finding.position.line) + " " + finding.code);
  }
  for (const char* expected : {"2 unknown-language", "3 time", "5 unknown-key", "6 test-step", "8 pattern"}) {
    CAPTURE(expected);
    CHECK(std::find(found.begin(), found.end(), expected) != found.end());
  }
}
