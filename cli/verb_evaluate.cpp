// How good is the understanding? Of a bot by cross-validation, or of the classifier on two tables.

#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "intents/evaluation/table_run.h"

namespace parley::cli {
namespace {

struct Options {
  std::string train, test;
  std::string language = "en";
  bool fast = false, json = false;
};

int failed(const Error& error) {
  std::cerr << "parley: " << error.message << '\n';
  return kExitFailed;
}

int evaluate_tables(const Options& options) {
  const auto train = intents::read_labelled_texts(options.train);
  if (!train) return failed(train.error());
  const auto test = intents::read_labelled_texts(options.test);
  if (!test) return failed(test.error());
  intents::TableRunOptions run_options;
  run_options.language = options.language;
  run_options.training.kind = options.fast ? intents::ModelKind::kFast : intents::ModelKind::kThorough;
  auto run = [&] {
    ProgressLine line("evaluating");
    return intents::evaluate_tables(*train, *test, run_options,
                                    [&](double done) { line.update(done, "training"); });
  }();
  if (!run) return failed(run.error());
  for (const std::string& intent : run->unknown_intents)
    std::cerr << "parley: " << options.train << " has no text of the intent '" << intent
              << "': its texts count as wrong\n";
  if (options.json)
    std::cout << to_json(*run).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << to_text(*run);
  return kExitDone;
}

}  // namespace

void add_evaluate(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("evaluate", "Measure how well texts are understood");
  auto* train = verb->add_option("--train", options->train, "Train on this table (columns text and intent)");
  auto* test =
      verb->add_option("--test", options->test, "Measure on this table; the label oos is out of scope");
  train->needs(test)->check(CLI::ExistingFile)->required();
  test->needs(train)->check(CLI::ExistingFile);
  verb->add_option("--language", options->language, "Language of the tables")->capture_default_str();
  verb->add_flag("--fast", options->fast, "Train the linear model alone: seconds in place of minutes");
  verb->add_flag("--json", options->json, "Print JSON");
  verb->footer("Example: parley evaluate --train train.tsv --test test.tsv --json");
  verb->callback([options, &exit_code] { exit_code = evaluate_tables(*options); });
}

}  // namespace parley::cli
