#include <iostream>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/testing/test_runner.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot;
  std::string cache = default_cache_folder().string();
  bool json = false;
};

int run(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  const conversations::TestReport report = conversations::run_tests(
      files->tests, {*(*bot)->understander, *(*bot)->dialogue, *files->program, files->services});
  if (options.json)
    std::cout << to_json(report).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(report, colour_wanted(STDOUT_FILENO));
  return report.failed() == 0 ? kExitDone : kExitFailed;
}

}  // namespace

void add_test(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("test", "Play the conversations that must keep working");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->add_flag("--json", options->json, "Print the report as JSON");
  verb->footer(
      "Example: parley test bots/helpdesk\n"
      "Prints a difference for each reply that is not as expected, and which steps the tests touched.\n"
      "Exits with 1 when a test fails.");
  verb->callback([options, &exit_code] { exit_code = run(*options); });
}

}  // namespace parley::cli
