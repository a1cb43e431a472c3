// Linear one-against-the-rest classifiers, all trained over the same rows.
//
// Finds for every column k the weights w that minimise  |w|^2 / 2 + sum over rows of cost * max(0, 1 - y
// w.x)^2  with y = +1 for the rows of k and -1 for all others: a support vector machine with squared hinge
// loss, by dual coordinate descent (Hsieh et al., "A dual coordinate descent method for large-scale linear
// SVM", ICML 2008).
//
// Deterministic: the same rows give the same weights to the bit, whatever the number of threads.
// Cost: about 10 to 20 passes over the non-zero values for every 16 columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "intents/features.h"

namespace parley::intents {

/// A sparse matrix, filled row by row. A constant 1 is understood to stand in every row as feature 0.
struct Rows {
  std::vector<std::size_t> starts = {0};
  std::vector<FeatureValue> values;
  std::size_t features = 1;  // one more than the largest feature number

  std::size_t size() const { return starts.size() - 1; }
  std::span<const FeatureValue> row(std::size_t i) const {
    return {&values[starts[i]], starts[i + 1] - starts[i]};
  }
  void add(std::span<const FeatureValue> row) {
    values.insert(values.end(), row.begin(), row.end());
    starts.push_back(values.size());
  }
};

/// A row that belongs to no column: an example against all of them.
inline constexpr int kNoColumn = -1;

struct SolverOptions {
  double cost = 1.0;       // of an error, against small weights
  double tolerance = 0.1;  // stop when no dual gradient is further off
  int passes_max = 40;
  unsigned threads = 0;  // 0: as many as there are processors
};

/// Weights by feature, then by column: weight(f, k) = result[f * columns + k]. `row_costs` multiplies the
/// cost of each row. `progress` is called on any thread, one call at a time, with the share that is done.
std::vector<float> solve_one_against_rest(const Rows& rows, std::span<const int> column_of_row,
                                          std::size_t columns, std::span<const float> row_costs,
                                          const SolverOptions& options,
                                          const std::function<void(double)>& progress = {});

}  // namespace parley::intents
