// What the dialogue would do with an understanding, and from which thresholds on it would do something else.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <vector>

#include "engine/understanding.h"

namespace parley::cli {

/// One stretch of `accept` values with one outcome.
struct ThresholdOutcome {
  double from = 0, to = 1;
  std::string outcome;  // "taken", "asked" (which of the near ones was meant), "not understood"
};

/// By rising `accept`, the whole of 0 to 1, for a bot with this `margin`.
std::vector<ThresholdOutcome> threshold_outcomes(const Understanding& understanding, double margin);

/// The smallest margin at which the runner-up would be asked about; 1 without a runner-up.
double margin_for_question(const Understanding& understanding);

}  // namespace parley::cli
