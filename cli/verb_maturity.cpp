// How mature is a bot? Measures it against the bars of a maturity model.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/further_checks.h"
#include "cli/load_bot.h"
#include "cli/maturity/assessment.h"
#include "cli/maturity/maturity_page.h"
#include "cli/maturity/model_file.h"
#include "cli/maturity/record.h"
#include "cli/maturity/sources.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/activity.h"
#include "engine/clock.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, model, ledger, html;
  std::string cache = default_cache_folder().string();
  int fail_under = 0;
  bool json = false, measures = false, history = false;
};

int list_measures() {
  static constexpr std::array<std::string_view, 5> kUnits{"count", "share", "fraction", "ms", "yes/no"};
  for (const MeasureKind& kind : measure_kinds())
    std::cout << kind.name << std::string(34 - kind.name.size(), ' ')
              << kUnits[static_cast<std::size_t>(kind.unit)]
              << std::string(10 - kUnits[static_cast<std::size_t>(kind.unit)].size(), ' ') << kind.what
              << '\n';
  std::cout
      << "A share NAME has NAME.low and NAME.high, the ends of its interval, and NAME.count, of how many.\n";
  return kExitDone;
}

/// The bot without errors, with the findings of `parley check`.
std::optional<BotFiles> checked_bot(const std::string& folder, config::Findings& findings) {
  BotFiles files = read_bot(folder, findings);
  if (findings.has_errors()) {
    print_findings(findings, std::cerr);
    return std::nullopt;
  }
  check_further(files, findings);
  return files;
}

Result<Done> measure_conversations(const Options& options, const BotFiles& files,
                                   const config::MaturityModel& model, TimePoint now, Measures& measures) {
  if (options.ledger.empty()) {
    measures.miss("ledger.", "no ledger was given (--ledger)");
    return Done{};
  }
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return reader.error();
  return measure_ledger(**reader, files, model, now, measures);
}

/// drills.*, of this version of the bot.
Result<Done> measure_drills(const Options& options, const BotFiles& files, Measures& measures) {
  const std::vector<std::string> names{"restart", "restore", "erase"};
  if (options.ledger.empty()) {
    for (const std::string& name : names)
      measures.miss("drills." + name, "no ledger was given (--ledger), beside which drills are recorded");
    return Done{};
  }
  auto record = MaturityRecord::open_beside(options.ledger);
  if (!record) return record.error();
  for (const std::string& name : names) {
    const auto last = record->last_drill(files.manifest.name, files.version, name);
    if (!last) return last.error();
    if (last->has_value())
      measures.set("drills." + name, (*last)->passed ? 1 : 0);
    else
      measures.miss("drills." + name, "it was not run on this version of the bot");
  }
  return Done{};
}

/// Records it, and gives the bot's history.
Result<std::vector<RecordedAssessment>> keep(const Options& options, const Assessment& assessment,
                                             TimePoint now) {
  if (options.ledger.empty()) return std::vector<RecordedAssessment>();
  auto record = MaturityRecord::open_beside(options.ledger);
  if (!record) return record.error();
  if (const auto added = record->add(assessment, now); !added) return added.error();
  return record->history(assessment.bot);
}

int report(const Options& options, const Assessment& assessment,
           const std::vector<RecordedAssessment>& history) {
  if (!options.html.empty()) {
    std::ofstream page(options.html, std::ios::binary);
    page << maturity_page(assessment, history);
    if (!page.flush()) return failed(options.html + " can't be written");
  }
  if (options.json)
    std::cout << to_json(assessment).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(assessment);
  return assessment.expired.empty() && assessment.level() >= options.fail_under ? kExitDone : kExitFailed;
}

void print_phases(const std::vector<RecordedPhase>& rows) {
  if (rows.empty()) return;
  std::cout << "\nfrom                  channel and phase\n";
  for (const RecordedPhase& row : rows)
    std::cout << timestamp_text(row.at).substr(0, 19) << "Z  " << row.channel << "  " << row.phase
              << std::string(9 - std::min<std::size_t>(row.phase.size(), 8), ' ') << "opens at "
              << row.opens_at << ", level " << (row.level ? std::to_string(*row.level) : "not measured")
              << (row.below ? ", below it" : "") << '\n';
}

int print_history(const Options& options) {
  config::Findings findings;
  const config::BotManifest manifest = config::read_bot_manifest(options.bot, findings);
  if (findings.has_errors()) print_findings(findings, std::cerr);
  if (findings.has_errors()) return kExitFailed;
  const auto record = MaturityRecord::open_beside(options.ledger);
  if (!record) return failed(record.error().message);
  const auto rows = record->history(manifest.name);
  if (!rows) return failed(rows.error().message);
  const auto phases = record->phases(manifest.name);
  if (!phases) return failed(phases.error().message);
  std::cout << "measured              version       interaction  intelligence  integration  level\n";
  for (const RecordedAssessment& row : *rows)
    std::cout << timestamp_text(row.at).substr(0, 19) << "Z  " << row.version.substr(0, 12) << "  "
              << row.axis_levels[0] << "            " << row.axis_levels[1] << "             "
              << row.axis_levels[2] << "            " << row.level() << '\n';
  print_phases(*phases);
  return kExitDone;
}

int assess_bot(const Options& options) {
  const auto model = maturity_model_of(options.model);
  if (!model) return kExitFailed;
  config::Findings findings;
  const auto files = checked_bot(options.bot, findings);
  if (!files) return kExitFailed;
  const TimePoint now = SystemClock().now();
  Measures measures(model->confidence);
  measure_files(*files, findings, measures);
  if (const auto done = measure_conversations(options, *files, *model, now, measures); !done)
    return failed(done.error().message);
  measure_understanding(*files, measures);
  if (const auto done = measure_tests(*files, options.cache, measures); !done)
    return failed(done.error().message);
  if (const auto done = measure_drills(options, *files, measures); !done) return failed(done.error().message);
  const Assessment assessment = assess({files->manifest, files->version, options.ledger}, *model,
                                       std::move(measures), timestamp_text(now).substr(0, 10));
  const auto history = keep(options, assessment, now);
  return history ? report(options, assessment, *history) : failed(history.error().message);
}

}  // namespace

void add_maturity(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("maturity", "Measure on which level of maturity a bot stands");
  auto* bot = verb->add_option("BOT", options->bot, "The bot's folder")->check(CLI::ExistingDirectory);
  verb->add_option("--model", options->model, "The maturity model, instead of the one that ships")
      ->check(CLI::ExistingFile);
  auto* ledger = verb->add_option("--ledger", options->ledger,
                                  "The ledger with its conversations; the outcome is recorded beside it")
                     ->check(CLI::ExistingFile);
  verb->add_option("--fail-under", options->fail_under, "Fail when the bot stands below this level")
      ->check(CLI::Range(1, config::kLevelMax));
  verb->add_option("--html", options->html, "Write the assessment as a page with the three axes drawn");
  verb->add_flag("--json", options->json, "Print the assessment as JSON");
  auto* measures = verb->add_flag("--measures", options->measures, "List what can be measured, for models");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  measures->excludes(bot);
  verb->add_flag("--history", options->history, "Show how the bot has stood, instead of measuring it")
      ->needs(bot)
      ->needs(ledger);
  verb->footer(
      "Example: parley maturity bots/helpdesk --ledger data/ledger.db\n"
      "Example: parley maturity bots/helpdesk --ledger data/ledger.db --history\n"
      "Prints the level on each axis, what was measured against each bar, and what to do for the next "
      "level.\n"
      "Exits with 1 below --fail-under, and when a waiver has run out.");
  verb->callback([options, &exit_code] {
    if (options->measures)
      exit_code = list_measures();
    else if (options->history)
      exit_code = print_history(*options);
    else
      exit_code = options->bot.empty() ? wrong_use("name a bot: parley maturity bots/helpdesk")
                                       : assess_bot(*options);
  });
}

}  // namespace parley::cli
