// What a classifier said about labelled texts, and what that took: the raw material of every measure.
//
// The one place of evaluation that runs a classifier; measures and reports work on Predictions.
//
// Thread rule: pure functions; predict() may run on several threads at once.
#pragma once

#include <string>
#include <vector>

#include "intents/classifier.h"
#include "intents/evaluation/labelled_texts.h"

namespace parley::intents {

struct Prediction {
  std::string text;
  std::string place;
  std::string intent;     // what it should have been; kOutOfScopeLabel
  std::string best;       // "" when the classifier knew nothing of the text
  std::string runner_up;  // "" when there is none
  double certainty = 0;   // of `best`, given that the text is in scope
  double runner_up_certainty = 0;
  double in_scope = 0;  // probability that the text means any intent

  bool wanted_in_scope() const { return intent != kOutOfScopeLabel; }
  bool right() const { return best == intent; }
  /// What a bot compares with its `accept`.
  double probability() const { return certainty * in_scope; }
};

std::vector<Prediction> predict(const Classifier& classifier, const std::vector<LabelledText>& texts);

/// Microseconds that one text takes from bytes to probabilities, on one thread.
struct QueryTime {
  double median = 0;
  double p99 = 0;
};

/// Each text once for warming up and once for the clock.
QueryTime time_queries(const Classifier& classifier, const std::vector<LabelledText>& texts);

}  // namespace parley::intents
