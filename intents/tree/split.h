// The best question about some rows of a table: the inner loop of growing a tree.
//
// Thread rule: a SplitSearch belongs to one thread; it refers to the table, which must outlive it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "intents/tree/tree_trainer.h"

namespace parley::intents {

/// Rows by outcome, and how mixed they are.
struct Counts {
  explicit Counts(std::size_t outcomes) : of(outcomes, 0) {}

  std::vector<std::uint32_t> of;
  std::size_t rows = 0;

  void add(std::uint32_t outcome, std::uint32_t count = 1) {
    of[outcome] += count;
    rows += count;
  }
};

/// 0: all agree. At most 1 (Gini) or the logarithm of the number of outcomes (entropy, in bits).
double impurity_of(const Counts& counts, Criterion criterion);

/// Without counts: a question, which rows it sends to yes is up to the node.
struct Split {
  DecisionNode node;  // question, feature, threshold, category, missing_is_yes
  double worth = -std::numeric_limits<double>::infinity();  // higher: the sides are less mixed
};

class SplitSearch {
 public:
  SplitSearch(const DecisionTable& table, const TreeOptions& options);

  /// Nullopt: no question keeps enough rows on both sides. `rows` have the counts `all`.
  std::optional<Split> best(std::span<const std::uint32_t> rows, const Counts& all);

 private:
  struct Value {
    float number;
    std::uint32_t row;
  };

  void take_values(const DecisionTable::Column& column, std::span<const std::uint32_t> rows);
  void look_at_thresholds(DecisionNode node, const Counts& all);
  void look_at_categories(DecisionNode node, const Counts& all);
  void look_at_missing(DecisionNode node, const Counts& all);
  /// Takes the question when it is better than all before.
  void offer(const DecisionNode& node, const Counts& yes, const Counts& all);

  const DecisionTable& table_;
  const TreeOptions& options_;
  std::vector<Value> values_;  // of one column in the rows looked at, sorted
  Counts missing_;             // the rows without a value there
  Counts yes_, no_;
  Split found_;
};

/// Whether a row of the table takes the yes side of a question.
bool takes_yes(const DecisionTable& table, const DecisionNode& node, std::uint32_t row);

}  // namespace parley::intents
