// tests.* and explore.*: the bot's own tests, and every flow walked with answers of every kind.

#include "cli/lexicon.h"
#include "cli/maturity/sources.h"
#include "conversations/exploring/exploration.h"
#include "conversations/testing/test_runner.h"

namespace parley::cli {
namespace {

void run_tests_of(const BotFiles& files, const Bot& bot, Measures& measures) {
  const conversations::TestReport report = conversations::run_tests(
      files.tests, {*bot.understander, *bot.dialogue, *files.program, files.services});
  std::vector<std::string> failing;
  for (const conversations::TestResult& test : report.results)
    if (!test.passed()) failing.push_back(test.path + ':' + std::to_string(test.line) + ": " + test.name);
  measures.set("tests.count", static_cast<double>(report.results.size()));
  measures.set("tests.failed", static_cast<double>(failing.size()), failing);
  const conversations::LanguageCoverage& all = report.coverage.all;
  measures.set_share("tests.steps", all.steps.touched, all.steps.total);
  measures.set_share("tests.branches", all.branches.touched, all.branches.total);
}

void explore_flows_of(const BotFiles& files, const Bot& bot, Measures& measures) {
  const conversations::Exploration exploration =
      conversations::explore({*files.program, *bot.dialogue, files.services, lexicon_of(files.corpus)});
  std::vector<std::string> errors;
  for (const conversations::Remark& remark : exploration.remarks)
    if (remark.finding.severity == config::Severity::kError)
      errors.push_back(remark.finding.path + ':' + std::to_string(remark.finding.position.line) + ": " +
                       remark.finding.message);
  measures.set("explore.errors", static_cast<double>(errors.size()), errors);
  measures.set_share("explore.steps", exploration.reached, exploration.steps);
}

}  // namespace

Result<Done> measure_tests(const BotFiles& files, const std::filesystem::path& cache_folder,
                           Measures& measures) {
  const auto bot = make_bot(files, cache_folder);
  if (!bot) return bot.error();
  run_tests_of(files, **bot, measures);
  explore_flows_of(files, **bot, measures);
  return Done{};
}

}  // namespace parley::cli
