// The same trees as scikit-learn's DecisionTreeClassifier, on its iris and wine tables.
// tree/expected_trees.py made the expected trees once and says how. The tables themselves are those of
// Debian's python3-sklearn, in the folder $PARLEY_TREE_TABLES or where that package puts them.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <iostream>
#include <nlohmann/json.hpp>
#include <numeric>
#include <sstream>

#include "intents/tree/tree_trainer.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

using Json = nlohmann::json;

std::filesystem::path tables_folder() {
  const char* named = std::getenv("PARLEY_TREE_TABLES");
  return named ? named : "/usr/lib/python3/dist-packages/sklearn/datasets/data";
}

std::filesystem::path file_of(const std::string& table) {
  return tables_folder() / (table == "iris" ? "iris.csv" : "wine_data.csv");
}

/// The file's first line counts rows and columns; ours names the columns.
DecisionTable table_of(const std::filesystem::path& path) {
  std::istringstream lines(test::read_file(path));
  std::string counts, line, content;
  std::getline(lines, counts);
  while (std::getline(lines, line))
    content += line + "\n";
  std::string header;
  const auto columns =
      std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(content.find('\n')), ',');
  for (std::ptrdiff_t i = 0; i < columns; ++i)
    header += "f" + std::to_string(i) + ",";
  config::Findings findings;
  auto table = read_decision_table(header + "class\n" + content, path.string(), "class", findings);
  REQUIRE(table);
  return *std::move(table);
}

TreeOptions options_of(const Json& settings) {
  TreeOptions options;
  if (settings["criterion"] == "entropy") options.criterion = Criterion::kEntropy;
  options.max_depth = settings.value("max_depth", options.max_depth);
  options.min_samples_leaf = settings.value("min_samples_leaf", options.min_samples_leaf);
  options.min_samples_split = settings.value("min_samples_split", options.min_samples_split);
  return options;
}

void check_same(const DecisionTree& tree, const Json& expected) {
  REQUIRE(tree.nodes().size() == expected["feature"].size());
  for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
    const DecisionNode& node = tree.nodes()[i];
    CAPTURE(i);
    CHECK(node.is_leaf() == (expected["feature"][i] == -1));
    CHECK(node.counts == expected["counts"][i].get<std::vector<std::uint32_t>>());
    CHECK(std::abs(node.impurity - expected["impurity"][i].get<double>()) < 1e-8);
    if (node.is_leaf()) continue;
    CHECK(node.feature == expected["feature"][i]);
    CHECK(node.threshold == expected["threshold"][i].get<double>());
    CHECK(node.yes == expected["yes"][i]);
    CHECK(node.no == expected["no"][i]);
  }
}

std::size_t decided_right(const DecisionTree& tree, const DecisionTable& table) {
  std::size_t right = 0;
  std::vector<FeatureInput> inputs(table.columns.size());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    for (std::size_t i = 0; i < inputs.size(); ++i)
      inputs[i] = static_cast<double>(table.columns[i].values[row]);
    right += tree.decide(inputs) == table.outcomes[table.decisions[row]] ? 1 : 0;
  }
  return right;
}

}  // namespace

TEST_CASE("the trees are those of scikit-learn, node by node, on the iris and wine tables") {
  const Json all = Json::parse(
      test::read_file(std::filesystem::path(PARLEY_SOURCE_DIR) / "tests/intents/tree/expected_trees.json"));
  REQUIRE(all["trees"].size() == 16);
  if (!std::filesystem::exists(file_of("iris"))) {
    std::cout << "SKIPPED: no iris.csv in " << tables_folder().string() << '\n';
    return;
  }
  for (const Json& expected : all["trees"]) {
    CAPTURE(expected["table"]);
    CAPTURE(expected["random_state"]);
    const DecisionTable table = table_of(file_of(expected["table"]));
    const DecisionTree tree = train_tree(table, options_of(expected));
    check_same(tree, expected);
    CHECK(decided_right(tree, table) == expected["right"]);
  }
}

}  // namespace parley::intents
