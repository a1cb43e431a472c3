#include "intents/calibration.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace parley::intents {
namespace {

constexpr std::size_t kEnoughSentences = 10;
constexpr std::size_t kSize = kScopeSignals + 1;
using Vector = std::array<double, kSize>;
using Matrix = std::array<Vector, kSize>;

double log_likelihood(std::span<const HeldOut> held_out, double sharpness) {
  double total = 0;
  for (const auto& [scores, right] : held_out) {
    const double best = *std::max_element(scores.begin(), scores.end());
    double sum = 0;
    for (const double score : scores)
      sum += std::exp(sharpness * (score - best));
    total += sharpness * (scores[right] - best) - std::log(sum);
  }
  return total;
}

/// Solves matrix * x = right by elimination; the matrix is positive definite.
Vector solved(Matrix matrix, Vector right) {
  for (std::size_t i = 0; i < kSize; ++i)
    for (std::size_t row = i + 1; row < kSize; ++row) {
      const double factor = matrix[row][i] / matrix[i][i];
      for (std::size_t k = i; k < kSize; ++k)
        matrix[row][k] -= factor * matrix[i][k];
      right[row] -= factor * right[i];
    }
  for (std::size_t i = kSize; i-- > 0;) {
    for (std::size_t k = i + 1; k < kSize; ++k)
      right[i] -= matrix[i][k] * right[k];
    right[i] /= matrix[i][i];
  }
  return right;
}

/// One Newton step of the penalised logistic regression.
Vector newton_step(std::span<const ScopeExample> examples, const Vector& at, const Vector& start,
                   double penalty) {
  Matrix curvature{};
  Vector gradient{};
  for (std::size_t i = 0; i < kSize; ++i) {
    curvature[i][i] = penalty;
    gradient[i] = penalty * (at[i] - start[i]);
  }
  for (const auto& [signals, in_scope, weight] : examples) {
    Vector inputs{1};
    std::copy(signals.begin(), signals.end(), inputs.begin() + 1);
    double odds = 0;
    for (std::size_t i = 0; i < kSize; ++i)
      odds += at[i] * inputs[i];
    const double probability = 1 / (1 + std::exp(-odds));
    const double slope = std::max(probability * (1 - probability), 1e-6) * weight;
    for (std::size_t i = 0; i < kSize; ++i) {
      gradient[i] += weight * (probability - (in_scope ? 1 : 0)) * inputs[i];
      for (std::size_t k = 0; k < kSize; ++k)
        curvature[i][k] += slope * inputs[i] * inputs[k];
    }
  }
  return solved(curvature, gradient);
}

}  // namespace

double fit_sharpness(std::span<const HeldOut> held_out, double otherwise) {
  if (held_out.size() < kEnoughSentences) return otherwise;
  // The likelihood has one peak over the logarithm of the sharpness: close in on it by thirds.
  double low = std::log(0.25);
  double high = std::log(30.0);
  for (int i = 0; i < 40; ++i) {
    const double left = low + (high - low) / 3;
    const double right = high - (high - low) / 3;
    const bool rising = log_likelihood(held_out, std::exp(left)) < log_likelihood(held_out, std::exp(right));
    (rising ? low : high) = rising ? left : right;
  }
  return std::exp((low + high) / 2);
}

Sharpness fit_sharpness(std::span<const HeldOutPair> held_out, Sharpness otherwise) {
  if (held_out.size() < kEnoughSentences) return otherwise;
  Sharpness best = otherwise;
  double most = -std::numeric_limits<double>::infinity();
  for (const double linear_to_network : {0.0, 0.25, 0.5, 1.0, 2.0, 4.0}) {
    std::vector<HeldOut> sums;
    for (const auto& [linear, network, right] : held_out) {
      HeldOut& sum = sums.emplace_back(HeldOut{linear, right});
      for (std::size_t i = 0; i < linear.size(); ++i)
        sum.scores[i] = static_cast<float>(linear_to_network) * linear[i] + network[i];
    }
    const double sharpness = fit_sharpness(sums, 1);
    const double likelihood = log_likelihood(sums, sharpness);
    if (likelihood <= most) continue;
    most = likelihood;
    best = {sharpness * linear_to_network, sharpness};
  }
  return best;
}

ScopeWeights fit_scope(std::span<const ScopeExample> examples, const ScopeWeights& start) {
  const auto inside =
      std::count_if(examples.begin(), examples.end(), [](const auto& e) { return e.in_scope; });
  if (inside == 0 || inside == static_cast<std::ptrdiff_t>(examples.size())) return start;
  constexpr double kPenalty = 1.0;
  Vector at = start;
  for (int i = 0; i < 30; ++i) {
    const Vector step = newton_step(examples, at, start, kPenalty);
    // Halved at first: a full step from far away may overshoot.
    for (std::size_t k = 0; k < kSize; ++k)
      at[k] -= (i < 4 ? 0.5 : 1.0) * step[k];
  }
  return at;
}

}  // namespace parley::intents
