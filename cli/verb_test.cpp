// Playing a bot's conversation tests, once or whenever a file changes.

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>
#include <sys/signalfd.h>
#include <unistd.h>

#include "cli/file_watch.h"
#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "config/yaml.h"
#include "conversations/testing/coverage_report.h"
#include "conversations/testing/junit.h"
#include "conversations/testing/test_runner.h"
#include "conversations/testing/text_update.h"
#include "intents/suggestions/acceptance.h"

namespace parley::cli {
namespace {

namespace fs = std::filesystem;
using conversations::ConversationTest;
using conversations::TestReport;

struct Options {
  std::string bot, only, junit, listing;
  std::string cache = default_cache_folder().string();
  double fail_under = 0;
  bool json = false, coverage = false, update = false, watch = false;
};

std::string file_content(const std::string& path) {
  config::Findings ignored;
  return std::string(config::YamlFile(path, path, ignored).text());
}

/// One file of the bot a listing, under its path in the bot's folder; "-" prints them.
Result<Done> write_listings(const TestReport& report, const Options& options) {
  std::map<std::string, std::string> content;
  for (const conversations::FlowCoverage& flow : report.coverage.flows)
    content.try_emplace(flow.path, file_content(flow.path));
  for (const auto& [path, text] : conversations::listings(report.coverage, content)) {
    const std::string name = fs::path(path).lexically_relative(options.bot).string();
    if (options.listing == "-") {
      std::cout << name << "\n" << text << '\n';
    } else {
      const auto written = intents::write_whole(fs::path(options.listing) / (name + ".txt"), text, false);
      if (!written) return written.error();
    }
  }
  return Done{};
}

/// Tests whose name holds the words of --only, whatever their case.
std::vector<ConversationTest> chosen(std::vector<ConversationTest> tests, const std::string& only) {
  const auto lower = [](std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return text;
  };
  std::erase_if(tests, [&](const ConversationTest& test) {
    return lower(test.name).find(lower(only)) == std::string::npos;
  });
  return tests;
}

int no_such_test(const BotFiles& files, const Options& options) {
  std::vector<std::string> names;
  for (const ConversationTest& test : files.tests)
    names.push_back(test.name);
  return wrong_use(with_near_names(options.bot + " has no test with '" + options.only + "' in its name",
                                   options.only, names));
}

Result<Done> update(const TestReport& report) {
  const conversations::TextUpdate update = conversations::update_texts(report.changes);
  std::cout << to_text(update, colour_wanted(STDOUT_FILENO));
  for (const conversations::UpdatedFile& file : update.files)
    if (auto written = intents::write_whole(file.path, file.content, false); !written) return written;
  std::cout << update.made.size() << (update.made.size() == 1 ? " text" : " texts") << " changed in "
            << update.files.size() << (update.files.size() == 1 ? " file\n" : " files\n");
  if (report.failed() > 0) std::cout << "Tests that still fail say above why they were not updated.\n";
  if (!update.refused.empty())
    return Error{ErrorCode::kInvalid, std::to_string(update.refused.size()) + " texts could not be changed"};
  return Done{};
}

Result<Done> write_reports(const TestReport& report, const BotFiles& files, const Options& options) {
  if (options.json)
    std::cout << to_json(report).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(report, colour_wanted(STDOUT_FILENO));
  if (options.coverage && !options.json) std::cout << '\n' << coverage_table(report.coverage);
  if (!options.junit.empty()) {
    auto written = intents::write_whole(options.junit, junit_xml(report, files.manifest.name), false);
    if (!written) return written;
  }
  return options.listing.empty() ? Done{} : write_listings(report, options);
}

int run_once(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const std::vector<ConversationTest> tests = chosen(files->tests, options.only);
  if (tests.empty() && !options.only.empty()) return no_such_test(*files, options);
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  const conversations::TestSubject subject{*(*bot)->understander, *(*bot)->dialogue, *files->program,
                                           files->services};
  TestReport report = conversations::run_tests(tests, subject, {options.update});
  report.whole = options.only.empty();
  if (!report.whole) report.coverage = touched_part(std::move(report.coverage));
  if (const auto written = write_reports(report, *files, options); !written)
    return failed(written.error().message);
  if (options.update)
    if (const auto updated = update(report); !updated) return failed(updated.error().message);
  if (report.failed() > 0) return kExitFailed;
  const double percent = report.coverage.all.steps.percent();
  if (percent >= options.fail_under) return kExitDone;
  char bar[32];
  std::snprintf(bar, sizeof bar, "%g%%", options.fail_under);
  return failed("fewer than " + std::string(bar) + " of the steps are touched");
}

/// Readable when Ctrl-C was pressed or the process is asked to end. They end the watching, not a run.
int stop_descriptor() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return signalfd(-1, &signals, SFD_CLOEXEC);
}

/// Until Ctrl-C; the exit code is that of the last run.
int run_watching(const Options& options) {
  FileWatch watch(options.bot);
  const int stop = stop_descriptor();
  int code = kExitDone;
  do {
    code = run_once(options);
    std::cout << "Watching " << options.bot << "; Ctrl-C ends.\n\n" << std::flush;
  } while (watch.wait(stop) == FileWatch::Event::kChanged);
  close(stop);
  return code;
}

void add_options(CLI::App& verb, Options& options) {
  verb.add_option("BOT", options.bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb.add_option("--only", options.only, "Only tests that have this text in their name");
  CLI::Option* update = verb.add_flag("--update", options.update,
                                      "Write the bot's new texts into the tests that expect other ones");
  verb.add_flag("--watch", options.watch, "Run again whenever a file changes, until Ctrl-C")
      ->excludes(update);
  verb.add_flag("--coverage", options.coverage,
                "Also show branches, texts, intents and languages that the tests touch");
  verb.add_option("--listing", options.listing,
                  "Write the flows with a count before each line into this folder, or print them (-)");
  verb.add_option("--fail-under", options.fail_under, "Fail when fewer percent of the steps are touched")
      ->check(CLI::Range(0.0, 100.0));
  verb.add_option("--junit", options.junit, "Write the results to this file as JUnit XML");
  verb.add_flag("--json", options.json, "Print the report as JSON")->excludes(update);
  verb.add_option("--cache", options.cache, "Where trained models are kept")->capture_default_str();
}

}  // namespace

void add_test(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("test", "Play the conversations that must keep working");
  add_options(*verb, *options);
  verb->footer(
      "Example: parley test bots/helpdesk\n"
      "Example: parley test bots/helpdesk --only leave --watch\n"
      "Example: parley test bots/helpdesk --junit results.xml --coverage --fail-under 90\n"
      "Prints a difference for each reply that is not as expected, and which steps the tests touched.\n"
      "Exits with 1 when a test fails.");
  verb->callback(
      [options, &exit_code] { exit_code = options->watch ? run_watching(*options) : run_once(*options); });
}

}  // namespace parley::cli
