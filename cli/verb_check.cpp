#include <iostream>

#include "cli/further_checks.h"
#include "cli/load_bot.h"
#include "cli/maturity/model_file.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

namespace parley::cli {

void add_check(CLI::App& app, int& exit_code) {
  struct Options {
    std::string bot, model;
    bool json = false;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("check", "Find every mistake in a bot's files");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--model", options->model,
                   "The maturity model that waivers go by, instead of the one that ships")
      ->check(CLI::ExistingFile);
  verb->add_flag("--json", options->json, "Print the findings as JSON");
  verb->footer(
      "Example: parley check bots/helpdesk\nPrints the warnings, then the errors, then how many there are.\n"
      "Exits with 1 when there are errors; warnings do not count.");
  verb->callback([options, &exit_code] {
    config::Findings findings;
    const BotFiles files = read_bot(options->bot, findings);
    check_further(files, findings);
    const auto model = maturity_model_of(options->model);
    if (model) check_waivers(files.manifest, *model, findings);
    findings.sort();
    if (options->json)
      print_findings_json(findings);
    else
      print_findings(findings, std::cout);
    exit_code = findings.has_errors() || !model ? kExitFailed : kExitDone;
  });
}

}  // namespace parley::cli
