// The linear classifier: scores for every intent from the n-grams of a text, and what they mean as
// probabilities.
//
// A ClassifierModel is what training makes and a model file holds: plain data. A Classifier is that data
// ready for use. Columns of the weights: one for every intent, one for "none of them", and, in a bot of
// several languages, one for every language. Weights are stored in one byte each with one scale a feature.
//
// Thread rule: a Classifier is immutable and shared; a Reading is scratch memory of one thread, reused
// between texts.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/features.h"
#include "intents/normalize.h"

namespace parley::intents {

/// What in_scope is computed from; see scope_signals().
inline constexpr std::size_t kScopeSignals = 5;
using ScopeSignals = std::array<double, kScopeSignals>;

/// How scores become probabilities; fitted on sentences held out of training.
struct Calibration {
  double sharpness = 4;           // of the soft maximum over intents
  double language_sharpness = 4;  // the same over languages
  std::array<double, kScopeSignals + 1> scope = {0, 1, 0,
                                                 0, 0, 0};  // log-odds of being in scope: constant, signals
};

struct ClassifierModel {
  std::vector<std::string> intents;
  std::vector<std::string> languages;
  std::vector<FeatureKey> keys;      // sorted; feature i+1 is keys[i], feature 0 stands in every text
  std::vector<float> scales;         // by feature
  std::vector<std::int8_t> weights;  // by feature, then by column: the weight is weights * scales
  Calibration calibration;

  std::size_t none_column() const { return intents.size(); }
  std::size_t columns() const { return intents.size() + 1 + (languages.size() > 1 ? languages.size() : 0); }
  std::size_t features() const { return keys.size() + 1; }
};

/// One text on its way through the classifier.
struct Reading {
  FoldedText text;
  std::vector<Occurrence> occurrences;
  FeatureVector features;
  std::vector<float> scores;          // by column
  std::vector<std::uint32_t> ranked;  // intents, best first
};

class Classifier {
 public:
  explicit Classifier(ClassifierModel model);

  const ClassifierModel& model() const { return model_; }
  bool knows(FeatureKey key) const { return table_.find(key) != 0; }
  /// Fills all of `reading`. Without a known feature `ranked` is empty.
  void read(std::string_view text, Reading& reading) const;

  /// Probability of each intent, in the order of reading.ranked, given that the text is in scope.
  void probabilities(const Reading& reading, std::vector<double>& out) const;
  double in_scope(const Reading& reading) const;
  /// The most probable language and its probability; languages.front() and 1 in a bot of one language.
  std::pair<std::size_t, double> language(const Reading& reading) const;

  /// How much each word spoke for a column, by word index.
  void word_weights(const Reading& reading, std::size_t column, std::vector<double>& out) const;

 private:
  float weight(std::uint32_t feature, std::size_t column) const {
    return model_.scales[feature] * static_cast<float>(model_.weights[feature * model_.columns() + column]);
  }

  ClassifierModel model_;
  FeatureTable table_;
};

/// The signals of a reading: best score, its lead over "none of them", the known share of words and of runs,
/// and the lead over the second-best intent.
ScopeSignals scope_signals(const ClassifierModel& model, const Reading& reading);
double in_scope_probability(const Calibration& calibration, const ScopeSignals& signals);

/// Stores float weights in one byte each. `weights` is by feature, then by column.
void quantize(std::span<const float> weights, ClassifierModel& model);

}  // namespace parley::intents
