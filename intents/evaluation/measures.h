// How good are predictions? The figures of an evaluation, all in plain numbers between 0 and 1.
//
// Accuracy, F1 and calibration look at the texts in scope and at the best intent, whatever its probability.
// Scope measures ask how well texts that the bot is not for can be told apart. Acceptance is what a person
// meets: an answer counts as accepted when its probability reaches the bot's `accept`.
//
// Definitions: macro-F1 is the plain mean of the intents' F1 over all intents that occur as label or as
// answer; AUROC the chance that a text in scope has a higher in_scope than one that is not (ties count half);
// ECE the expected calibration error over 15 bins of equal width (Guo et al. 2017, "On Calibration of Modern
// Neural Networks").
//
// Thread rule: pure functions.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "intents/evaluation/predictions.h"

namespace parley::intents {

struct IntentMeasures {
  std::string intent;
  std::size_t texts = 0;      // that mean it
  std::size_t predicted = 0;  // texts in scope taken for it
  std::size_t right = 0;

  double precision() const;
  double recall() const;
  double f1() const;
};

inline constexpr std::size_t kCalibrationBins = 15;

struct CalibrationBin {
  std::size_t count = 0;
  double mean_certainty = 0;
  double share_right = 0;
};

/// The threshold on in_scope that finds a share of the texts out of scope, and what it costs.
struct ScopePoint {
  double oos_recall = 0;
  double threshold = 0;
  double accuracy = 0;  // share of the texts in scope that pass it and are right
};

/// Of all texts of its kind at one threshold on the probability.
struct Acceptance {
  double threshold = 0;
  double right = 0;         // in scope, accepted with the right intent
  double wrong = 0;         // in scope, accepted with a wrong intent
  double rejected = 0;      // in scope, the right intent, but below the threshold
  double out_of_scope = 0;  // out of scope, accepted with any intent
};

struct Measures {
  std::size_t in_scope_count = 0;
  std::size_t out_of_scope_count = 0;
  double accuracy = 0;
  double macro_f1 = 0;
  double ece = 0;
  std::array<CalibrationBin, kCalibrationBins> bins{};
  std::vector<IntentMeasures> intents;   // by name
  std::optional<double> oos_auroc;       // none without texts out of scope
  std::optional<double> oos_recall;      // share of them below `accept`
  std::vector<ScopePoint> scope_points;  // at the recalls of kScopeRecalls
  Acceptance acceptance;                 // at `accept`
};

inline constexpr std::array kScopeRecalls{0.5, 0.6, 0.7, 0.8, 0.9};

Measures measure(const std::vector<Prediction>& predictions, double accept);

Acceptance acceptance_at(const std::vector<Prediction>& predictions, double threshold);

/// The chance that one of `high` is above one of `low`; ties count half. Neither may be empty.
double chance_above(const std::vector<double>& high, std::vector<double> low);

}  // namespace parley::intents
