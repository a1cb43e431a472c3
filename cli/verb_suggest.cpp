// What people said that the bot was not clear about, as suggestions that an author reviews, and back into the
// bot's intents.

#include <iostream>

#include "cli/load_bot.h"
#include "cli/since.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/clock.h"
#include "engine/storage/store.h"
#include "intents/suggestions/acceptance.h"
#include "intents/suggestions/heard_texts.h"
#include "intents/suggestions/suggestion_file.h"
#include "intents/suggestions/suggestions.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, ledger, since, accept;
  std::string out = "suggestions.yaml";
  std::string cache = default_cache_folder().string();
};

void print_summary(const intents::HeardTexts& heard, const intents::Suggestions& suggestions,
                   const Options& options) {
  std::cout << counted(heard.messages, "message") << " looked for an intent, in "
            << counted(heard.texts.size(), "text") << ": " << suggestions.clear << " are understood by now, "
            << suggestions.known << " are sentences of the bot, " << suggestions.unclear << " are unclear";
  if (const std::size_t left_out = suggestions.left_out + heard.left_out; left_out > 0)
    std::cout << ", " << left_out << " are left out (too long, or too many)";
  std::cout << '\n';
  if (suggestions.list.empty()) {
    std::cout << "nothing to suggest\n";
    return;
  }
  std::cout << counted(suggestions.list.size(), "suggestion") << " in " << options.out
            << ": review it, then run parley suggest " << options.bot << " --accept " << options.out << '\n';
}

int suggest(const Options& options) {
  if (std::filesystem::exists(options.out))
    return failed(options.out + " is there already: accept from it, or remove it first");
  const TimePoint now = SystemClock().now();
  const auto since = options.since.empty() ? TimePoint{} : time_of(options.since, now);
  if (!since) {
    std::cerr << "parley: --since takes a day such as 2026-10-01, or a number of days such as 30d\n";
    return kExitUsage;
  }
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return failed(reader.error().message);
  const auto heard = intents::read_heard_texts(**reader, files->manifest.name, *since);
  if (!heard) return failed(heard.error().message);
  const auto understander = understander_of(*files, options.cache);
  if (!understander) return failed(understander.error().message);
  const intents::Suggestions suggestions =
      intents::suggest(*heard, files->corpus, **understander,
                       {files->manifest.accept, files->manifest.margin, files->manifest.timezone});
  if (!suggestions.list.empty()) {
    const std::string title = "What people said to " + files->manifest.name +
                              " that it was not clear about: " + counted(suggestions.unclear, "text") + ".";
    const auto written =
        intents::write_whole(options.out, intents::suggestions_yaml(suggestions, files->corpus, title), true);
    if (!written) return failed(written.error().message);
  }
  print_summary(*heard, suggestions, options);
  return kExitDone;
}

int accept(const Options& options) {
  config::Findings findings;
  const config::BotManifest manifest = config::read_bot_manifest(options.bot, findings);
  const auto plan = intents::plan_acceptance(manifest, options.accept, findings);
  findings.sort();
  if (findings.has_errors()) {
    print_findings(findings, std::cerr);
    return kExitFailed;
  }
  if (!plan) return failed(plan.error().message);
  if (plan->suggestions == 0)
    return failed("nothing in " + options.accept + " is accepted: change 'accept: no' to 'accept: yes'");
  if (const auto made = intents::make_changes(plan->changes); !made) return failed(made.error().message);
  std::cout << counted(plan->suggestions, "suggestion") << " accepted, "
            << counted(plan->sentences, "sentence") << " moved\n";
  for (const intents::FileChange& change : plan->changes)
    std::cout << (change.content.empty() ? "removed " : "changed ") << change.path.string() << '\n';
  for (const std::string& intent : plan->new_intents)
    std::cout << "new intent " << intent << ": give it a title, more sentences and a flow\n";
  return kExitDone;
}

}  // namespace

void add_suggest(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "suggest", "Turn what people said and the bot did not understand into sentences to review");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  CLI::Option* ledger = verb->add_option("--ledger", options->ledger,
                                         "What people said: ledger.db of a server, also while it runs")
                            ->check(CLI::ExistingFile);
  verb->add_option("--since", options->since,
                   "Only from this day on: 2026-10-01, or 30d for the last 30 days")
      ->needs(ledger);
  verb->add_option("--out", options->out, "Where the suggestions are written")
      ->capture_default_str()
      ->needs(ledger);
  verb->add_option("--accept", options->accept, "Move what is accepted in this file into the bot's intents")
      ->check(CLI::ExistingFile)
      ->excludes(ledger);
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley suggest bots/helpdesk --ledger data/ledger.db --since 30d --out heard.yaml\n"
      "Example: parley suggest bots/helpdesk --accept heard.yaml");
  verb->callback([options, &exit_code] {
    if (options->ledger.empty() && options->accept.empty()) {
      std::cerr << "parley: suggest needs --ledger to read from, or --accept with a reviewed file\n";
      exit_code = kExitUsage;
    } else {
      exit_code = options->accept.empty() ? suggest(*options) : accept(*options);
    }
  });
}

}  // namespace parley::cli
