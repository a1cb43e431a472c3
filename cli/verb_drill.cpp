// Practising what must work on the day that it is needed.

#include <iostream>

#include "cli/drill/restart_drill.h"
#include "cli/load_bot.h"
#include "cli/maturity/record.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/flows/audience.h"
#include "engine/clock.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, ledger;
  std::string cache = default_cache_folder().string();
  RestartDrillOptions restart;
};

std::vector<std::string> sentences_of(const intents::Corpus& corpus) {
  std::vector<std::string> sentences;
  for (const intents::Intent& intent : corpus.intents)
    for (const intents::Sentence& sentence : intent.sentences)
      sentences.push_back(sentence.text);
  return sentences;
}

/// Somebody whom no flow turns away, on one of the channels that the flows name.
DrillTalker talker_of(const BotFiles& files) {
  const std::vector<std::string> channels = conversations::channels_of(*files.program);
  return {channels.empty() ? "drill" : channels.front(), conversations::roles_of(*files.program),
          sentences_of(files.corpus)};
}

std::string in_words(const std::string& name, const std::vector<std::string>& violations,
                     const std::string& what) {
  std::string text = name + (violations.empty() ? " passed: " : " FAILED: ") + what + '\n';
  for (const std::string& violation : violations)
    text += "  " + violation + '\n';
  return text;
}

struct Outcome {
  std::string name;
  bool passed = false;
  std::string words;
};

std::vector<Outcome> outcomes_of(const RestartDrillReport& report, const RestartDrillOptions& options) {
  const std::string restart = std::to_string(report.acknowledged) +
                              " messages acknowledged, the server killed " + std::to_string(report.kills) +
                              " times (seed " + std::to_string(options.seed) + ")";
  std::vector<Outcome> outcomes;
  const auto add = [&](const std::string& name, const std::vector<std::string>& violations,
                       const std::string& what) {
    outcomes.push_back({name, violations.empty(), in_words(name, violations, what)});
  };
  add("restart", report.violations, restart);
  add("restore", report.restore, "the ledger copied, put back and compared, event by event");
  add("erase", report.erase, "the person erased, and searched for in the raw files");
  return outcomes;
}

Result<Done> keep(const Options& options, const RecordedDrill& drill) {
  if (options.ledger.empty()) return Done{};
  auto record = MaturityRecord::open_beside(options.ledger);
  return record ? record->add(drill) : record.error();
}

int drill(const Options& options) {
  if (static_cast<std::size_t>(options.restart.kills) >= options.restart.messages)
    return wrong_use("--kills must be below --messages: a server is killed while messages are on their way");
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const DrillTalker talker = talker_of(*files);
  if (talker.sentences.empty()) return failed(options.bot + " has no sentences to say in a drill");
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  const auto report = drill_restart(*bot, talker, options.restart);
  if (!report) return failed(report.error().message);
  const std::vector<Outcome> outcomes = outcomes_of(*report, options.restart);
  bool passed = true;
  for (const Outcome& one : outcomes) {
    std::cout << one.words;
    passed = passed && one.passed;
  }
  if (passed && !report->is_evidence()) {
    std::cout << "No evidence: that takes " << kEvidenceMessages << " messages and " << kEvidenceKills
              << " kills, so it is not recorded\n";
    return kExitDone;
  }
  for (const Outcome& one : outcomes) {
    const auto kept = keep(options, {SystemClock().now(), files->manifest.name, files->version, one.name,
                                     one.passed, one.words});
    if (!kept) return failed(kept.error().message);
  }
  return passed ? kExitDone : kExitFailed;
}

}  // namespace

void add_drill(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("drill", "Practise a crash, a restore and an erasure, as evidence for maturity");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--ledger", options->ledger, "Record the outcome beside this ledger (maturity.db)")
      ->check(CLI::ExistingFile);
  verb->add_option("--messages", options->restart.messages, "How much is said")
      ->check(CLI::Range(kDrillConversations, std::size_t{20'000}))
      ->capture_default_str();
  verb->add_option("--kills", options->restart.kills, "How often the server is killed")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  verb->add_option("--seed", options->restart.seed, "Chooses what is said, and when it is killed")
      ->capture_default_str();
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley drill bots/helpdesk --ledger data/ledger.db\n"
      "Runs a server of the bot on a ledger of its own, kills it again and again, and checks that nothing "
      "that "
      "was\nacknowledged is lost, doubled or unanswered. Then copies that ledger and puts it back, and "
      "erases "
      "the\nperson from it. The real ledger and services are not touched.\n"
      "Exits with 1 when something is.");
  verb->callback([options, &exit_code] { exit_code = drill(*options); });
}

}  // namespace parley::cli
