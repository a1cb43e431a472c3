// Every flow walked without a classifier: what breaks, gets nowhere or never comes, before anybody meets it.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/lexicon.h"
#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/dialogue/dialogue.h"
#include "conversations/exploring/exploration.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, flow, save;
  std::size_t states = conversations::ExploreBounds().states_per_flow;
  bool strict = false, json = false;
};

Result<Done> save(const conversations::Exploration& exploration, const std::string& path) {
  std::ofstream file(path, std::ios::binary);
  const char* between = "";
  for (const conversations::Remark& remark : exploration.remarks) {
    if (remark.conversation.empty()) continue;
    file << between << "# " << remark.finding.path << ':' << remark.finding.position.line << ": "
         << remark.finding.message << '\n'
         << remark.conversation;
    between = "---\n";
  }
  if (file.flush()) return Done{};
  return Error{ErrorCode::kUnavailable, path + " can't be written"};
}

int explore(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const auto& flows = files->program->flows;
  if (!options.flow.empty() && !flows.contains(options.flow)) {
    std::vector<std::string> names;
    for (const auto& [name, flow] : flows)
      names.push_back(name);
    return failed(with_near_names("there is no flow '" + options.flow + "'", options.flow, names));
  }
  const auto dialogue = conversations::make_dialogue(files->program, files->manifest.name, files->version);
  conversations::ExploreBounds bounds;
  bounds.states_per_flow = options.states;
  const conversations::Exploration exploration = conversations::explore(
      {*files->program, *dialogue, files->services, lexicon_of(files->corpus)}, options.flow, bounds);
  if (options.json)
    std::cout << to_json(exploration).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(exploration);
  if (!options.save.empty())
    if (const auto saved = save(exploration, options.save); !saved) return failed(saved.error().message);
  const bool fails = exploration.has_errors() || (options.strict && exploration.has_warnings());
  return fails ? kExitFailed : kExitDone;
}

}  // namespace

void add_explore(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("explore", "Walk every flow, and find what breaks, gets nowhere or never comes");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--flow", options->flow, "Only this flow");
  verb->add_option("--states", options->states, "How many states of one flow are looked at")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  verb->add_option("--save", options->save, "Write the conversations found to this file, as tests");
  verb->add_flag("--strict", options->strict, "What was not reached counts, too");
  verb->add_flag("--json", options->json, "Print the findings as JSON");
  verb->footer(
      "Example: parley explore bots/helpdesk\n"
      "Example: parley explore bots/helpdesk --flow request_leave --save bots/helpdesk/tests/found.yaml\n"
      "Exits with 1 when something breaks or gets nowhere.");
  verb->callback([options, &exit_code] { exit_code = explore(*options); });
}

}  // namespace parley::cli
