// Sixteen columns are solved side by side. They are independent problems that visit the same rows in the same
// order, so their weights for one feature lie next to each other: one look-up of a feature serves sixteen
// columns, and the inner loops are straight vector code. Solving one column at a time, as is usual, spends
// its time on cache misses instead.
//
// Per row and column there is one dual variable alpha >= 0, and w is always the sum of alpha * y * x over the
// rows. A visit moves alpha to the minimum along its own axis, which has a closed form. Visiting order is a
// fixed shuffle for each pass. Most rows lie far from the border of a column and stop moving early: a row
// that did not move is visited in every third pass only.
//
// Floating-point sums run in a fixed order inside a block of columns, and blocks share nothing: threads
// change nothing.
#include "intents/linear_solver.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>
#include <thread>

#include "intents/network/kernels.h"
#include "intents/random.h"

namespace parley::intents {
namespace {

constexpr std::size_t kLanes = kPanelColumns;
constexpr int kRestingPasses = 3;
using Lanes = std::array<float, kLanes>;

/// The sixteen columns that begin at `first`.
class Columns {
 public:
  Columns(const Rows& rows, std::span<const int> column_of_row, std::span<const float> row_costs,
          const SolverOptions& options, std::size_t first)
      : rows_(rows),
        column_of_row_(column_of_row),
        first_(static_cast<int>(first)),
        weights_(rows.features),
        alphas_(rows.size()),
        softness_(rows.size()),
        curvature_(rows.size()) {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      softness_[i] = static_cast<float>(1 / (2 * options.cost * row_costs[i]));
      curvature_[i] = 1 + softness_[i];
      for (const auto& [feature, value] : rows.row(i))
        curvature_[i] += value * value;
    }
  }

  void solve(const SolverOptions& options) {
    std::vector<std::uint32_t> order(rows_.size());
    std::iota(order.begin(), order.end(), 0U);
    std::vector<bool> resting(rows_.size());
    Random random(20170217);
    for (int pass = 0; pass < options.passes_max; ++pass) {
      random.shuffle(order);
      const bool all = pass % kRestingPasses == 0;
      float worst = 0;
      for (const std::uint32_t row : order) {
        if (!all && resting[row]) continue;
        const Visit result = visit(row);
        worst = std::max(worst, result.gradient);
        resting[row] = !result.moved;
      }
      if (all && worst <= static_cast<float>(options.tolerance)) break;
    }
  }

  void store(std::vector<float>& into, std::size_t columns) const {
    const auto first = static_cast<std::size_t>(first_);
    const std::size_t count = std::min(kLanes, columns - first);
    for (std::size_t f = 0; f < weights_.size(); ++f)
      std::copy_n(weights_[f].begin(), count,
                  into.begin() + static_cast<std::ptrdiff_t>(f * columns + first));
  }

 private:
  Lanes scores(std::size_t row) const {
    Lanes sums = weights_[0];
    const auto values = rows_.row(row);
    kernels().sum_lanes(values.data(), values.size(), weights_.front().data(), sums.data());
    return sums;
  }

  void move_weights(std::size_t row, const Lanes& step) {
    for (std::size_t k = 0; k < kLanes; ++k)
      weights_[0][k] += step[k];
    const auto values = rows_.row(row);
    kernels().add_to_lanes(step.data(), values.data(), values.size(), weights_.front().data());
  }

  struct Visit {
    float gradient = 0;  // the largest projected one, before the move
    bool moved = false;
  };

  /// Moves the row's dual variables to their best values.
  Visit visit(std::size_t row) {
    Lanes sign;
    sign.fill(-1.0F);
    const int lane = column_of_row_[row] - first_;
    if (lane >= 0 && lane < static_cast<int>(kLanes)) sign[static_cast<std::size_t>(lane)] = 1.0F;
    const Lanes sums = scores(row);
    Lanes& alpha = alphas_[row];
    Lanes step;
    float worst = 0;
    float moved = 0;
    for (std::size_t k = 0; k < kLanes; ++k) {
      const float gradient = sign[k] * sums[k] - 1 + softness_[row] * alpha[k];
      const float next = std::max(alpha[k] - gradient / curvature_[row], 0.0F);
      worst = std::max(worst, alpha[k] > 0 ? std::fabs(gradient) : -gradient);
      step[k] = (next - alpha[k]) * sign[k];
      moved = std::max(moved, std::fabs(step[k]));
      alpha[k] = next;
    }
    if (moved > 1e-7F) move_weights(row, step);
    return {worst, moved > 0};
  }

  const Rows& rows_;
  std::span<const int> column_of_row_;
  int first_;
  std::vector<Lanes> weights_;
  std::vector<Lanes> alphas_;
  std::vector<float> softness_;   // what the squared loss adds to the diagonal of the dual problem
  std::vector<float> curvature_;  // the diagonal itself
};

}  // namespace

std::vector<float> solve_one_against_rest(const Rows& rows, std::span<const int> column_of_row,
                                          std::size_t columns, std::span<const float> row_costs,
                                          const SolverOptions& options,
                                          const std::function<void(double)>& progress) {
  std::vector<float> weights(rows.features * columns);
  const std::size_t blocks = (columns + kLanes - 1) / kLanes;
  std::atomic<std::size_t> next{0};
  std::mutex reporting;
  std::size_t done = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < blocks; i = next++) {
      Columns block(rows, column_of_row, row_costs, options, i * kLanes);
      block.solve(options);
      block.store(weights, columns);
      const std::scoped_lock lock(reporting);
      if (progress) progress(static_cast<double>(++done) / static_cast<double>(blocks));
    }
  };
  const unsigned wanted =
      options.threads > 0 ? options.threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> helpers;
  for (std::size_t i = 1; i < std::min<std::size_t>(wanted, blocks); ++i)
    helpers.emplace_back(work);
  work();
  helpers.clear();
  return weights;
}

}  // namespace parley::intents
