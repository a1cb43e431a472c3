// From which probability on should a bot believe itself? What each threshold lets through and turns away, and
// the one that costs the least.
//
// A false accept is an answer to a text out of scope or with the wrong intent; a false reject a text whose
// intent was right but which was asked about. A false accept costs `cost` times as much as a false reject.
//
// Thread rule: pure functions.
#pragma once

#include <vector>

#include "intents/evaluation/measures.h"

namespace parley::intents {

/// What one wrong answer costs, counted in needless questions, unless somebody says otherwise.
inline constexpr double kWrongAnswerCost = 3;

struct AcceptancePoint {
  double threshold = 0;
  double false_accepts = 0;  // share of all texts
  double false_rejects = 0;  // share of all texts
};

struct AcceptanceCurve {
  double cost = kWrongAnswerCost;
  std::vector<AcceptancePoint> points;  // thresholds 0 to 1 in steps of kThresholdStep
  AcceptancePoint best;
  AcceptancePoint shipped;  // at the bot's `accept`
};

inline constexpr double kThresholdStep = 0.02;

AcceptanceCurve acceptance_curve(const std::vector<Prediction>& predictions, double accept, double cost);

}  // namespace parley::intents
