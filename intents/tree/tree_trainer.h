// CART: grows a decision tree from a table, the way scikit-learn's DecisionTreeClassifier does.
//
// At every node the question is taken that leaves the rows on its two sides the least mixed; a node becomes a
// leaf when its rows agree, when it is at max_depth, or when it or its sides would have too few rows. Source:
// Breiman, Friedman, Olshen and Stone, "Classification and Regression Trees" (1984).
//
// Questions: a number is at most the middle between two neighbouring values; a text is one of its categories;
// a value is known (only where some are not). For numbers without gaps, the trees are those of scikit-learn
// with the same settings, to the last threshold, but for one thing: where several questions are equally good
// scikit-learn draws by lot, and this takes the first in the order of the columns, then of the thresholds or
// categories. A text with categories a, b counts as its columns "is a", "is b" would there.
//
// Values that are not known: each threshold is tried with them on either side (with no first). Where a node
// had none, one that comes later goes with the larger side.
//
// Cost: rows * log(rows) * columns for each level. Pure function; deterministic; any thread.
#pragma once

#include <cstddef>

#include "engine/decision_tree.h"
#include "intents/tree/table.h"

namespace parley::intents {

enum class Criterion { kGini, kEntropy };

struct TreeOptions {
  Criterion criterion = Criterion::kGini;
  std::size_t max_depth = kTreeDepthMax;  // questions from the root to a leaf; at most kTreeDepthMax
  std::size_t min_samples_split = 2;      // a node with fewer rows is a leaf
  std::size_t min_samples_leaf = 1;       // no question leaves fewer rows on a side
};

/// `table` has at least one row and one column.
DecisionTree train_tree(const DecisionTable& table, const TreeOptions& options = {});

}  // namespace parley::intents
