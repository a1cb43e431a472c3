#include "config/diagnostic.h"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace parley::config;

TEST_CASE("a finding prints its place, code, source line, caret and hint") {
  const Finding finding{Severity::kError,  "unknown-slot",          "flows/leave.yaml", {3, 5},
                        "no slot 'strat'", "did you mean 'start'?", "  - strat"};
  CHECK(to_text(finding) ==
        "flows/leave.yaml:3:5: error[unknown-slot]: no slot 'strat'\n"
        "      - strat\n"
        "        ^\n"
        "    hint: did you mean 'start'?\n");
}

TEST_CASE("the caret stands under the character, not the byte, and tabs line up") {
  const Finding finding{Severity::kWarning, "x", "f", {1, 4}, "m", "", "\té: x"};
  CHECK(to_text(finding) == "f:1:4: warning[x]: m\n    \té: x\n    \t  ^\n");
}

TEST_CASE("a finding about a whole file has no line and no caret") {
  CHECK(to_text({Severity::kError, "unreadable", "bot.yaml", {}, "gone", "", ""}) ==
        "bot.yaml: error[unreadable]: gone\n");
}

TEST_CASE("JSON carries the same facts and leaves an empty hint out") {
  const auto json = to_json({Severity::kWarning, "c", "p", {2, 7}, "m", "", "line"});
  CHECK(json == nlohmann::json{{"severity", "warning"},
                               {"code", "c"},
                               {"path", "p"},
                               {"line", 2},
                               {"column", 7},
                               {"message", "m"}});
}

TEST_CASE("near names are those within a third of the length, best first") {
  const std::vector<std::string> known{"request_leave", "request_laptop", "payslip"};
  CHECK(near_names("requst_leave", known) == std::vector<std::string>{"request_leave"});
  CHECK(near_names("zzz", known).empty());
  CHECK(near_names_hint("paysilp", known) == "did you mean 'payslip'?");
  CHECK(near_names_hint("zzz", known) == "known: 'request_leave', 'request_laptop', 'payslip'");
}

TEST_CASE("findings are ordered by file, line and column, and only errors count as errors") {
  Findings findings;
  findings.add({Severity::kError, "b", "b.yaml", {1, 1}, "", "", ""});
  findings.add({Severity::kWarning, "a", "a.yaml", {9, 2}, "", "", ""});
  findings.add({Severity::kError, "c", "a.yaml", {9, 1}, "", "", ""});
  findings.sort();
  CHECK(findings.all()[0].code == "c");
  CHECK(findings.all()[1].code == "a");
  CHECK(findings.all()[2].code == "b");
  CHECK(findings.error_count() == 2);
}

TEST_CASE("what two readers have found at one place is said once") {
  Findings findings;
  for (const char* message : {"twice", "once", "twice"})
    findings.add({Severity::kError, "a", "a.yaml", {9, 1}, message, "", ""});
  findings.add({Severity::kError, "a", "a.yaml", {10, 1}, "twice", "", ""});
  findings.sort();
  CHECK(findings.all().size() == 3);
  CHECK(findings.error_count() == 3);
}
