// How a run of tests reads:
//
//   bots/helpdesk/tests/leave.yaml:12: books leave: the reply differs
//   @@ expected (-) and said (+) @@
//   -Book leave from Monday, March 9, 2026?
//   +Book leave from Monday, March 16, 2026?
//    rule: start, request_leave 93%

#include <algorithm>
#include <cstdio>

#include "conversations/testing/coverage_report.h"
#include "conversations/testing/test_runner.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kLinesShown = 12;  // untouched lines of one flow in the table

struct Colours {
  const char* red = "";
  const char* green = "";
  const char* dim = "";
  const char* none = "";
};

Colours colours_for(bool colour) {
  if (!colour) return {};
  return {"\x1b[31m", "\x1b[32m", "\x1b[2m", "\x1b[0m"};
}

std::string line_of(const char* colour, char sign, const std::string& text, const char* none) {
  std::string result = colour;
  result += sign;
  for (const char byte : text) {
    result += byte;
    if (byte == '\n') result += sign;
  }
  return result + none + "\n";
}

std::string mismatch_text(const TestResult& result, const Mismatch& mismatch, const Colours& colours) {
  std::string text = result.path + ":" + std::to_string(mismatch.line) + ": " + result.name + ": " +
                     mismatch.what + "\n@@ expected (-) and actual (+) @@\n";
  const std::size_t common = std::min(mismatch.expected.size(), mismatch.actual.size());
  for (std::size_t i = 0; i < mismatch.expected.size(); ++i) {
    const bool same = i < common && mismatch.expected[i] == mismatch.actual[i];
    if (!same) text += line_of(colours.red, '-', mismatch.expected[i], colours.none);
    if (i < common) {
      text +=
          line_of(same ? "" : colours.green, same ? ' ' : '+', mismatch.actual[i], same ? "" : colours.none);
    }
  }
  for (std::size_t i = common; i < mismatch.actual.size(); ++i) {
    text += line_of(colours.green, '+', mismatch.actual[i], colours.none);
  }
  for (const std::string& said : mismatch.said)
    text += line_of(colours.dim, ' ', "said: " + said, colours.none);
  if (!mismatch.obstacle.empty())
    text += line_of(colours.dim, ' ', "not updated: " + mismatch.obstacle, colours.none);
  if (!mismatch.why.empty()) text += line_of(colours.dim, ' ', mismatch.why, colours.none);
  return text + "\n";
}

std::string result_text(const TestResult& result, const Colours& colours) {
  std::string text;
  for (const Mismatch& mismatch : result.mismatches)
    text += mismatch_text(result, mismatch, colours);
  if (result.plays > 1 && !result.passed())
    text += result.path + ":" + std::to_string(result.line) + ": " + result.name + ": " +
            std::to_string(result.failed_plays) + " of its " + std::to_string(result.plays) +
            " conversations failed\n\n";
  return text;
}

std::string lines_text(const std::vector<int>& lines) {
  if (lines.empty()) return "";
  std::string text = lines.size() == 1 ? "  not line " : "  not lines ";
  for (std::size_t i = 0; i < std::min(lines.size(), kLinesShown); ++i) {
    text += (i > 0 ? ", " : "") + std::to_string(lines[i]);
  }
  if (lines.size() > kLinesShown) text += " and " + std::to_string(lines.size() - kLinesShown) + " more";
  return text;
}

std::string steps_text(const std::vector<FlowCoverage>& coverage) {
  std::size_t width = 4;
  for (const FlowCoverage& flow : coverage)
    width = std::max(width, flow.flow.size());
  std::string text;
  for (const FlowCoverage& flow : coverage) {
    std::string name = flow.flow;
    name.resize(width, ' ');
    char steps[48];
    std::snprintf(steps, sizeof steps, "%5zu of %zu", flow.steps().touched, flow.steps().total);
    text += "  " + name + steps + lines_text(flow.untouched_lines()) + "\n";
  }
  return text.empty() ? "" : "Steps that the tests touched:\n" + text;
}

std::string totals(const TestReport& report) {
  const std::string counts = std::to_string(report.results.size() - report.failed()) + " passed, " +
                             std::to_string(report.failed()) + " failed";
  if (!report.whole) return counts + "\n";
  char percent[48];
  std::snprintf(percent, sizeof percent, ", %.1f%% of the steps touched",
                report.coverage.all.steps.percent());
  return counts + percent + "\n";
}

Json to_json(const Mismatch& mismatch) {
  Json json{{"line", mismatch.line},
            {"what", mismatch.what},
            {"expected", mismatch.expected},
            {"actual", mismatch.actual},
            {"why", mismatch.why}};
  if (!mismatch.said.empty()) json["said"] = mismatch.said;
  return json;
}

Json to_json(const TestResult& result) {
  Json mismatches = Json::array();
  for (const Mismatch& mismatch : result.mismatches)
    mismatches.push_back(to_json(mismatch));
  return {{"name", result.name},
          {"path", result.path},
          {"line", result.line},
          {"passed", result.passed()},
          {"conversations", result.plays},
          {"failed_conversations", result.failed_plays},
          {"mismatches", std::move(mismatches)}};
}

}  // namespace

std::string to_text(const TestReport& report, bool colour) {
  const Colours colours = colours_for(colour);
  std::string text;
  for (const TestResult& result : report.results)
    text += result_text(result, colours);
  return text + steps_text(report.coverage.flows) + totals(report);
}

Json to_json(const TestReport& report) {
  Json tests = Json::array();
  for (const TestResult& result : report.results)
    tests.push_back(to_json(result));
  return {{"tests", std::move(tests)},
          {"coverage", to_json(report.coverage)},
          {"failed", report.failed()},
          {"covered_percent", report.coverage.all.steps.percent()}};
}

}  // namespace parley::conversations
