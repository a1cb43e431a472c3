#include <iostream>

#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

namespace parley::cli {

void add_train(CLI::App& app, int& exit_code) {
  struct Options {
    std::string bot;
    bool thorough = false;
    std::string cache = default_cache_folder().string();
  };
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("train", "Train a bot's model, or see that it is up to date");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_flag(
      "--thorough", options->thorough,
      "Train the network as well: minutes, but more accurate; used from then on wherever the bot runs "
      "with this cache");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley train bots/helpdesk\nOnly intents and vocabulary matter: a changed reply trains "
      "nothing.");
  verb->callback([options, &exit_code] {
    config::Findings findings;
    const BotFiles files = read_bot(options->bot, findings);
    if (!findings.all().empty()) print_findings(findings, std::cerr);
    exit_code = kExitFailed;
    if (findings.has_errors()) return;
    const auto understander = understander_of(
        files, options->cache, options->thorough ? intents::ModelKind::kThorough : intents::ModelKind::kFast);
    if (!understander) {
      exit_code = failed(understander.error().message);
      return;
    }
    std::cout << files.manifest.name << ": model " << intents::training_digest(files.corpus) << " in "
              << options->cache << '\n';
    exit_code = kExitDone;
  });
}

}  // namespace parley::cli
