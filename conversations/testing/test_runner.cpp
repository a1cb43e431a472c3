#include "conversations/testing/test_runner.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <utility>

namespace parley::conversations {

namespace {

/// How many texts each list of a test has, in order.
std::vector<std::size_t> list_sizes(const ConversationTest& test) {
  std::vector<std::size_t> sizes;
  for (const TestStep& step : test.steps)
    if (const auto* said = std::get_if<UserSays>(&step.what); said && said->texts.size() > 1)
      sizes.push_back(said->texts.size());
  return sizes;
}

/// The next combination, the last list fastest; false when there was none left.
bool advance(std::vector<std::size_t>& picks, const std::vector<std::size_t>& sizes) {
  for (std::size_t i = picks.size(); i-- > 0;) {
    if (++picks[i] < sizes[i]) return true;
    picks[i] = 0;
  }
  return false;
}

/// One place in a file can have one text only: where plays disagree, the first play's stays, and the others
/// fail when the tests are run again.
void keep_changes(std::vector<TextChange> changes, std::vector<TextChange>& all) {
  for (TextChange& change : changes) {
    const bool known = std::any_of(all.begin(), all.end(), [&](const TextChange& other) {
      return other.path == change.path && other.position.line == change.position.line &&
             other.position.column == change.position.column;
    });
    if (!known) all.push_back(std::move(change));
  }
}

TestResult run(const ConversationTest& test, const TestSubject& subject, const RunOptions& run_options,
               CoverageCounter& coverage, std::vector<TextChange>& changes) {
  const auto started = std::chrono::steady_clock::now();
  TestResult result{test.name, test.path, test.line, 0, 0, {}, {}};
  const std::vector<std::size_t> sizes = list_sizes(test);
  PlayOptions options{std::vector<std::size_t>(sizes.size(), 0), run_options.accept_texts};
  do {
    PlayOutcome outcome = play(test, subject, options, coverage);
    ++result.plays;
    if (!outcome.mismatches.empty() && ++result.failed_plays <= kPlaysShown)
      std::move(outcome.mismatches.begin(), outcome.mismatches.end(), std::back_inserter(result.mismatches));
    keep_changes(std::move(outcome.changes), changes);
  } while (advance(options.picks, sizes));
  result.time =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started);
  return result;
}

}  // namespace

std::size_t TestReport::failed() const {
  return static_cast<std::size_t>(std::count_if(results.begin(), results.end(),
                                                [](const TestResult& result) { return !result.passed(); }));
}

TestReport run_tests(const std::vector<ConversationTest>& tests, const TestSubject& subject,
                     const RunOptions& options) {
  TestReport report;
  std::map<std::string, CoverageCounter> coverage;
  for (const ConversationTest& test : tests)
    report.results.push_back(run(test, subject, options, coverage[test.language], report.changes));
  report.coverage = coverage_of(subject.program, coverage);
  return report;
}

}  // namespace parley::conversations
