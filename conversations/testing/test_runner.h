// Plays conversation tests: stubs for calls, a virtual clock, a difference for each reply that is not as
// expected, and which steps of the flows were touched.
//
// A test hears the first of several variants, always. It stops at the first exchange that is not as expected:
// what follows would only be noise. One thread; the subject must outlive the call.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "conversations/flows/flow.h"
#include "conversations/testing/test_file.h"
#include "engine/dialogue.h"
#include "engine/service_catalog.h"
#include "engine/understanding.h"

namespace parley::conversations {

struct TestSubject {
  const Understander& understander;
  const Dialogue& dialogue;
  const Program& program;
  const ServiceCatalog& services;
};

/// One expectation that was not met.
struct Mismatch {
  int line = 0;  // of the test's file
  std::string what;
  std::vector<std::string> expected, actual;  // lines
  std::string why;                            // what the bot took the last text for
};

struct TestResult {
  std::string name;
  std::string path;
  int line = 0;
  std::vector<Mismatch> mismatches;

  bool passed() const { return mismatches.empty(); }
};

struct FlowCoverage {
  std::string flow;
  std::string path;
  std::size_t touched = 0, total = 0;
  std::vector<int> untouched_lines;  // of the flow's file, each once
};

struct TestReport {
  std::vector<TestResult> results;
  std::vector<FlowCoverage> coverage;  // of the bot's own flows, by path and line

  std::size_t failed() const;
  /// Steps touched of all steps, in percent; 100 when there are none.
  double covered_percent() const;
};

TestReport run_tests(const std::vector<ConversationTest>& tests, const TestSubject& subject);

/// The differences, then the table of coverage, then a line of totals. `colour` adds ANSI colours.
std::string to_text(const TestReport& report, bool colour = false);
Json to_json(const TestReport& report);

}  // namespace parley::conversations
