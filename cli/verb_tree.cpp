// A decision tree from a table of decisions: to look at, to draw, or to keep for a bot.

#include <algorithm>
#include <cmath>
#include <iostream>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "intents/tree/tree_json.h"
#include "intents/tree/tree_text.h"
#include "intents/tree/tree_trainer.h"

namespace parley::cli {
namespace {

struct Options {
  std::string table, target, criterion = "gini";
  intents::TreeOptions training;
  bool rules = false, dot = false, json = false;
};

std::optional<DecisionTree> tree_of(const Options& options, config::Findings& findings) {
  if (options.table.ends_with(".json")) return intents::read_tree(options.table, findings);
  const auto table = intents::read_decision_table(options.table, options.target, findings);
  if (!table) return std::nullopt;
  intents::TreeOptions training = options.training;
  if (options.criterion == "entropy") training.criterion = intents::Criterion::kEntropy;
  return train_tree(*table, training);
}

std::string summary(const DecisionTree& tree) {
  std::uint64_t rows = 0, agree = 0;
  std::size_t leaves = 0;
  for (const DecisionNode& node : tree.nodes()) {
    if (!node.is_leaf()) continue;
    ++leaves;
    for (const std::uint32_t count : node.counts)
      rows += count;
    agree += node.counts[tree.outcome_of(node)];
  }
  return tree.target() + ": " + std::to_string(leaves) + (leaves == 1 ? " rule decides " : " rules decide ") +
         std::to_string(agree) + " of " + std::to_string(rows) + " rows as the table does\n";
}

int tree(const Options& options) {
  config::Findings findings;
  const std::optional<DecisionTree> tree = tree_of(options, findings);
  if (!tree) {
    print_findings(findings, std::cerr);
    return kExitFailed;
  }
  if (options.json)
    std::cout << intents::to_json(*tree).dump(1) << '\n';
  else if (options.dot)
    std::cout << intents::to_graphviz(*tree);
  else
    std::cout << summary(*tree) << intents::to_rules(*tree);
  return kExitDone;
}

}  // namespace

void add_tree(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("tree", "Learn a decision tree from a table of decisions");
  verb->add_option("TABLE", options->table,
                   "CSV or TSV with a header, one row a decision; or a tree that --json made")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--target", options->target, "The column that says what was decided (default: the last)");
  verb->add_option("--criterion", options->criterion, "How mixed rows are: gini or entropy")
      ->check(CLI::IsMember({"gini", "entropy"}))
      ->capture_default_str();
  verb->add_option("--max-depth", options->training.max_depth, "Questions one behind the other, at most")
      ->check(CLI::Range(std::size_t{0}, kTreeDepthMax))
      ->capture_default_str();
  verb->add_option("--min-samples-split", options->training.min_samples_split,
                   "Rows that it takes to ask a question")
      ->check(CLI::Range(std::size_t{2}, intents::kTableRowsMax))
      ->capture_default_str();
  verb->add_option("--min-samples-leaf", options->training.min_samples_leaf,
                   "Rows that a question must leave on either side")
      ->check(CLI::Range(std::size_t{1}, intents::kTableRowsMax))
      ->capture_default_str();
  auto* rules = verb->add_flag("--rules", options->rules, "Print rules to read (the default)");
  auto* dot = verb->add_flag("--dot", options->dot, "Print a picture for Graphviz");
  auto* json = verb->add_flag("--json", options->json, "Print the tree as a bot's decisions/ may hold it");
  dot->excludes(rules)->excludes(json);
  json->excludes(rules);
  verb->footer(
      "Example: parley tree routing.csv --target desk --max-depth 4\n"
      "Example: parley tree routing.csv --dot | dot -Tsvg > routing.svg\n"
      "Example: parley tree routing.csv --min-samples-leaf 5 --json > bots/mine/decisions/routing.json");
  verb->callback([options, &exit_code] { exit_code = tree(*options); });
}

}  // namespace parley::cli
