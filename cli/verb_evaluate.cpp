// How good is the understanding? Of a bot by cross-validation, or of the classifier on two tables.

#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/load_bot.h"
#include "cli/sentiment_figures.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "intents/evaluation/bot_report.h"
#include "intents/evaluation/report_page.h"
#include "intents/evaluation/table_run.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, data, html;
  std::size_t folds = 5;
  double cost = intents::kWrongAnswerCost;
  bool thorough = false;

  std::string train, test;
  std::string language = "en";
  bool fast = false;
  bool sentiment = false;

  bool json = false;
};

void print_json(const nlohmann::json& json) {
  std::cout << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

int evaluate_tables(const Options& options) {
  const auto train = intents::read_labelled_texts(options.train);
  if (!train) return failed(train.error().message);
  const auto test = intents::read_labelled_texts(options.test);
  if (!test) return failed(test.error().message);
  intents::TableRunOptions run_options;
  run_options.language = options.language;
  run_options.training.kind = options.fast ? intents::ModelKind::kFast : intents::ModelKind::kThorough;
  const auto run = [&] {
    ProgressLine line("evaluating");
    return intents::evaluate_tables(*train, *test, run_options,
                                    [&](double done) { line.update(done, "training"); });
  }();
  if (!run) return failed(run.error().message);
  for (const std::string& intent : run->unknown_intents)
    std::cerr << "parley: " << options.train << " has no text of the intent '" << intent
              << "': its texts count as wrong\n";
  if (options.json)
    print_json(to_json(*run));
  else
    std::cout << to_text(*run);
  return kExitDone;
}

int print_report(const Options& options, const intents::BotReport& report) {
  if (!options.html.empty()) {
    std::ofstream page(options.html, std::ios::binary);
    page << to_page(report);
    if (!page.flush()) return failed(options.html + " can't be written");
  }
  if (options.json)
    print_json(to_json(report));
  else
    std::cout << to_text(report);
  return kExitDone;
}

int evaluate_bot(const Options& options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  if (!intents::can_be_divided(files->corpus))
    return failed(options.bot + " has no intent with two sentences: there is nothing to measure");
  intents::BotReportOptions report_options;
  report_options.validation.folds = options.folds;
  if (options.thorough) report_options.validation.training.kind = intents::ModelKind::kThorough;
  report_options.accept = files->manifest.accept;
  report_options.cost = options.cost;
  if (!options.data.empty()) {
    auto held_out = intents::read_labelled_texts(options.data);
    if (!held_out) return failed(held_out.error().message);
    report_options.held_out = std::move(held_out).value();
  }
  const intents::BotReport report = [&] {
    ProgressLine line("evaluating " + files->manifest.name);
    return intents::evaluate_bot(files->manifest.name, files->corpus, report_options,
                                 [&](double done, std::string_view what) { line.update(done, what); });
  }();
  return print_report(options, report);
}

int evaluate(const Options& options) {
  if (options.sentiment) return print_sentiment({options.bot, options.data, options.folds, options.json});
  if (!options.train.empty() && options.data.empty()) return evaluate_tables(options);
  if (!options.bot.empty()) return evaluate_bot(options);
  std::cerr << "parley: name a bot, or two tables with --train and --test\n";
  return kExitUsage;
}

}  // namespace

void add_evaluate(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("evaluate", "Measure how well texts are understood");
  auto* bot = verb->add_option("BOT", options->bot, "The bot's folder")->check(CLI::ExistingDirectory);
  verb->add_option("--data", options->data, "Measure the bot, or the sentiment, on these texts")
      ->check(CLI::ExistingFile);
  verb->add_option("--html", options->html, "Write the bot's report as a page with plots")->needs(bot);
  verb->add_option("--folds", options->folds, "Parts that the bot's sentences are cut into")
      ->check(CLI::Range(intents::kFoldsMin, intents::kFoldsMax))
      ->capture_default_str();
  verb->add_option("--cost", options->cost, "Needless questions that are as bad as one wrong answer")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  verb->add_flag("--thorough", options->thorough, "Measure the bot with the thorough training");
  auto* train = verb->add_option("--train", options->train, "Without a bot: train on this table");
  auto* test =
      verb->add_option("--test", options->test, "Measure on this one; the label oos is out of scope");
  train->needs(test)->excludes(bot)->check(CLI::ExistingFile);
  test->needs(train)->check(CLI::ExistingFile);
  verb->add_option("--language", options->language, "Language of the tables")->capture_default_str();
  verb->add_flag("--fast", options->fast, "Train the linear model alone on the table: seconds, not minutes");
  verb->add_flag("--sentiment", options->sentiment,
                 "How negative experiences are told, by the bot's model or without one")
      ->excludes(train);
  verb->add_flag("--json", options->json, "Print JSON");
  verb->footer(
      "Example: parley evaluate bots/helpdesk --html report.html\n"
      "Example: parley evaluate --train train.tsv --test test.tsv --json\n"
      "Tables are tab separated with a header line: text, intent.");
  verb->callback([options, &exit_code] { exit_code = evaluate(*options); });
}

}  // namespace parley::cli
