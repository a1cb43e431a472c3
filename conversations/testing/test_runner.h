// Runs the conversation tests of a bot: each as many times as its lists of texts ask for, and counts what
// they touch.
//
// A test hears the variant of texts that it names, by default the first, always. One thread; the subject must
// outlive the call.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "conversations/testing/coverage.h"
#include "conversations/testing/test_file.h"
#include "conversations/testing/test_play.h"

namespace parley::conversations {

struct TestResult {
  std::string name;
  std::string path;
  int line = 0;
  std::size_t plays = 1, failed_plays = 0;  // more than one where the test has lists of texts
  std::vector<Mismatch> mismatches;         // of the first kPlaysShown plays that failed
  std::chrono::microseconds time{0};

  bool passed() const { return failed_plays == 0; }
};

struct TestReport {
  std::vector<TestResult> results;
  Coverage coverage;
  std::vector<TextChange> changes;  // where the tests were run to accept new texts; each place once
  bool whole = true;                // false: of some tests only: its share of the whole says nothing

  std::size_t failed() const;
};

struct RunOptions {
  /// Replies that are worded otherwise are collected as changes instead of failing.
  bool accept_texts = false;
};

/// Failing plays of one test whose differences are kept.
inline constexpr std::size_t kPlaysShown = 5;

TestReport run_tests(const std::vector<ConversationTest>& tests, const TestSubject& subject,
                     const RunOptions& options = {});

/// The differences, then which steps of each flow were touched, then a line of totals; of a report that is
/// not whole without a percentage. `colour` adds ANSI colours.
std::string to_text(const TestReport& report, bool colour = false);
Json to_json(const TestReport& report);

}  // namespace parley::conversations
