// From scores to probabilities: fits a Calibration to sentences that were held out of training.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "intents/classifier.h"

namespace parley::intents {

/// Scores of one held-out sentence and which of them should have been the highest.
struct HeldOut {
  std::vector<float> scores;
  std::size_t right = 0;
};

/// The sharpness with which the soft maximum gives the right answers the highest likelihood; `otherwise` when
/// there are too few sentences to tell.
double fit_sharpness(std::span<const HeldOut> held_out, double otherwise);

/// The same with the scores of the network: what either counts, so that the right answers get the highest
/// likelihood together.
struct Sharpness {
  double linear = 0;
  double network = 1;
};
struct HeldOutPair {
  std::vector<float> linear;
  std::vector<float> network;
  std::size_t right = 0;
};
Sharpness fit_sharpness(std::span<const HeldOutPair> held_out, Sharpness otherwise);

/// One held-out text with known standing: a sentence of an intent, or a text the bot is not for.
struct ScopeExample {
  ScopeSignals signals{};
  bool in_scope = false;
  double weight = 1;
};

/// Logistic regression, kept close to `start` by a small penalty. A lone group of examples leaves `start` as
/// it is.
ScopeWeights fit_scope(std::span<const ScopeExample> examples, const ScopeWeights& start);

}  // namespace parley::intents
