#include "intents/tree/tree_trainer.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include "intents/tree/split.h"

namespace parley::intents {
namespace {

using Rows = std::span<std::uint32_t>;

class Grower {
 public:
  Grower(const DecisionTable& table, const TreeOptions& options)
      : table_(table), options_(options), search_(table, options) {}

  /// Adds the node for `rows` and all below it, which are in preorder by that. `rows` are reordered.
  void grow(Rows rows, std::size_t depth) {
    Counts counts(table_.outcomes.size());
    for (const std::uint32_t row : rows)
      counts.add(table_.decisions[row]);
    const double impurity = impurity_of(counts, options_.criterion);
    const auto split = may_ask(rows.size(), depth, impurity) ? search_.best(rows, counts) : std::nullopt;
    const std::size_t at = nodes_.size();
    nodes_.push_back(split ? split->node : DecisionNode{});
    nodes_[at].impurity = impurity;
    nodes_[at].counts = std::move(counts.of);
    if (!split) return;
    const auto middle = std::stable_partition(
        rows.begin(), rows.end(), [&](std::uint32_t row) { return takes_yes(table_, split->node, row); });
    nodes_[at].yes = next();
    grow({rows.begin(), middle}, depth + 1);
    nodes_[at].no = next();
    grow({middle, rows.end()}, depth + 1);
  }

  std::vector<DecisionNode> take() { return std::move(nodes_); }

 private:
  std::uint32_t next() const { return static_cast<std::uint32_t>(nodes_.size()); }

  bool may_ask(std::size_t rows, std::size_t depth, double impurity) const {
    return depth < std::min(options_.max_depth, kTreeDepthMax) && rows >= options_.min_samples_split &&
           rows >= 2 * options_.min_samples_leaf && impurity > std::numeric_limits<double>::epsilon();
  }

  const DecisionTable& table_;
  const TreeOptions& options_;
  SplitSearch search_;
  std::vector<DecisionNode> nodes_;
};

}  // namespace

DecisionTree train_tree(const DecisionTable& table, const TreeOptions& options) {
  std::vector<std::uint32_t> rows(table.rows());
  std::iota(rows.begin(), rows.end(), 0U);
  Grower grower(table, options);
  grower.grow(rows, 0);
  DecisionTree::Parts parts{table.target, {}, table.outcomes, grower.take()};
  for (const DecisionTable::Column& column : table.columns)
    parts.features.push_back(column.feature);
  Result<DecisionTree> tree = DecisionTree::make(std::move(parts));
  PARLEY_CHECK(tree.ok());
  return std::move(tree).value();
}

}  // namespace parley::intents
