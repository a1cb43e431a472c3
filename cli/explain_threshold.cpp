// The rules are those of conversations/dialogue/intent.cpp for intents that each have their flow: a text must
// be in scope, the intents within the margin together reach `accept`, and one of them is taken, several are
// asked about.

#include "cli/explain_threshold.h"

#include <algorithm>

namespace parley::cli {

std::vector<ThresholdOutcome> threshold_outcomes(const Understanding& understanding, double margin) {
  if (understanding.intents.empty()) return {{0, 1, "not understood"}};
  const double best = understanding.intents.front().probability;
  double together = 0;
  std::size_t close = 0;
  for (const IntentScore& score : understanding.intents) {
    if (score.probability < best - margin) continue;
    together += score.probability;
    ++close;
  }
  const double reached = std::min(1.0, std::min(understanding.in_scope, together));
  return {{0, reached, close > 1 ? "asked" : "taken"}, {reached, 1, "not understood"}};
}

double margin_for_question(const Understanding& understanding) {
  if (understanding.intents.size() < 2) return 1;
  return understanding.intents[0].probability - understanding.intents[1].probability;
}

}  // namespace parley::cli
