// What opens with the next level, before it opens.

#include <algorithm>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/load_bot.h"
#include "cli/maturity/exposure.h"
#include "cli/maturity/model_file.h"
#include "cli/terminal.h"
#include "cli/verbs.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, model, channel;
  int from = -1, to = -1;
  bool json = false;
};

int expose(const Options& options) {
  const auto model = maturity_model_of(options.model);
  if (!model) return kExitFailed;
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const int from = options.from >= 0 ? options.from : std::min(files->manifest.level, config::kLevelMax - 1);
  const int to = options.to >= 0 ? options.to : from + 1;
  if (to <= from) return wrong_use("--to must be above --from: nothing opens on the way down");
  const Exposure exposure = exposure_of({*files->program, files->services, *model}, files->manifest.name,
                                        options.channel, from, to);
  if (options.json)
    std::cout << to_json(exposure).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(exposure);
  return kExitDone;
}

}  // namespace

void add_exposure(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("exposure", "List what would newly be reachable one level up");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--from", options->from, "The level now; without it, the level that bot.yaml aims at")
      ->check(CLI::Range(0, config::kLevelMax - 1));
  verb->add_option("--to", options->to, "The level then; without it, the next one")
      ->check(CLI::Range(1, config::kLevelMax));
  verb->add_option("--channel", options->channel, "Only flows that start on this channel");
  verb->add_option("--model", options->model, "The maturity model, instead of the one that ships")
      ->check(CLI::ExistingFile);
  verb->add_flag("--json", options->json, "Print it as JSON");
  verb->footer(
      "Example: parley exposure bots/helpdesk --from 1\n"
      "Lists the flows that need more than the level now and not more than the level then: why, for whom, "
      "what "
      "they\nask people for, look up and change.");
  verb->callback([options, &exit_code] { exit_code = expose(*options); });
}

}  // namespace parley::cli
