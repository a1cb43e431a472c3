#include "conversations/testing/junit.h"

#include <algorithm>
#include <cstdio>
#include <vector>

#include "config/markup.h"

namespace parley::conversations {
namespace {

std::string attribute(const char* name, const std::string& value) {
  return std::string(" ") + name + "=\"" + config::markup_escaped(value) + "\"";
}

std::string seconds(std::chrono::microseconds time) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6f", static_cast<double>(time.count()) / 1e6);
  return text;
}

std::string counts(const std::vector<const TestResult*>& results) {
  std::size_t failures = 0;
  std::chrono::microseconds time{0};
  for (const TestResult* result : results) {
    failures += result->passed() ? 0 : 1;
    time += result->time;
  }
  return attribute("tests", std::to_string(results.size())) +
         attribute("failures", std::to_string(failures)) + attribute("errors", "0") +
         attribute("skipped", "0") + attribute("time", seconds(time));
}

std::string failure(const TestResult& result) {
  std::string text;
  for (const Mismatch& mismatch : result.mismatches) {
    text += result.path + ":" + std::to_string(mismatch.line) + ": " + mismatch.what + "\n";
    for (const std::string& said : mismatch.said)
      text += "  said: " + said + "\n";
    for (const std::string& line : mismatch.expected)
      text += "- " + line + "\n";
    for (const std::string& line : mismatch.actual)
      text += "+ " + line + "\n";
    if (!mismatch.why.empty()) text += "  " + mismatch.why + "\n";
  }
  const std::string what = result.mismatches.empty() ? "failed" : result.mismatches.front().what;
  return "      <failure" + attribute("message", what) + attribute("type", "difference") + ">" +
         config::markup_escaped(text) + "</failure>\n";
}

std::string test_case(const TestResult& result) {
  std::string text = "    <testcase" + attribute("name", result.name) + attribute("classname", result.path) +
                     attribute("time", seconds(result.time));
  return result.passed() ? text + "/>\n" : text + ">\n" + failure(result) + "    </testcase>\n";
}

}  // namespace

std::string junit_xml(const TestReport& report, const std::string& bot) {
  std::vector<const TestResult*> all;
  std::vector<std::string> paths;
  for (const TestResult& result : report.results) {
    all.push_back(&result);
    if (std::find(paths.begin(), paths.end(), result.path) == paths.end()) paths.push_back(result.path);
  }
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + attribute("name", bot) +
                    counts(all) + ">\n";
  for (const std::string& path : paths) {
    std::vector<const TestResult*> of_file;
    std::copy_if(all.begin(), all.end(), std::back_inserter(of_file),
                 [&](const TestResult* result) { return result->path == path; });
    xml += "  <testsuite" + attribute("name", path) + counts(of_file) + ">\n";
    for (const TestResult* result : of_file)
      xml += test_case(*result);
    xml += "  </testsuite>\n";
  }
  return xml + "</testsuites>\n";
}

}  // namespace parley::conversations
