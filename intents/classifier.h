// The classifier: how likely is each intent of a text, and is it for the bot at all?
//
// A ClassifierModel is what training makes and a model file holds: plain data. A Classifier is that data
// ready for use. Linear weights over the n-grams come first. Columns of the weights: one for every intent,
// one for "none of them", and, in a bot of several languages, one for every language. Weights are stored in
// one byte each with one scale a feature. A thorough model has a network as well, which is asked only about
// texts of which the linear scores are not certain: it costs ten times as much.
//
// Thread rule: a Classifier is immutable and shared; a Reading is scratch memory of one thread, reused
// between texts.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/features.h"
#include "intents/network/network.h"
#include "intents/normalize.h"
#include "intents/word_vectors.h"

namespace parley::intents {

/// What in_scope is computed from; see scope_signals().
inline constexpr std::size_t kScopeSignals = 9;
using ScopeSignals = std::array<double, kScopeSignals>;
using ScopeWeights = std::array<double, kScopeSignals + 1>;  // log-odds of being in scope: constant, signals

/// How scores become probabilities; fitted on sentences held out of training.
struct Calibration {
  double sharpness = 4;           // of the soft maximum over intents
  double language_sharpness = 4;  // the same over languages
  ScopeWeights scope = {0, 1};
  // Of texts about which the network was asked: what either score counts in the soft maximum.
  double asked_sharpness = 0;
  double network_sharpness = 1;
  ScopeWeights asked_scope = {0, 1};
};

struct ClassifierModel {
  std::vector<std::string> intents;
  std::vector<std::string> languages;
  Block<FeatureKey> keys;  // sorted; feature i+1 is keys[i], feature 0 stands in every text
  WordVectors vectors;     // may be empty
  ByteRows weights;        // by feature, then by dimension of the vectors; in each by column
  NetworkModel network;    // empty in a fast model; its outputs are the intents and "none of them"
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
  std::vector<float> meaning;         // mean of the words' vectors; empty in a model without any
  float meaning_length = 0;           // of their sum; 0: no word has a vector
  std::vector<float> scores;          // by column
  bool asked = false;                 // whether the network was asked
  NetworkReading network;             // filled when it was
  std::vector<float> log_odds;        // by intent: the soft maximum over them gives the probabilities
  std::vector<std::uint32_t> ranked;  // intents, best first
};

/// What one run of characters said.
struct RunWeight {
  std::size_t word = 0;   // its index
  std::size_t begin = 0;  // bytes into the word
  std::size_t end = 0;
  double weight = 0;
};

/// When is the network asked?
enum class Asking { kNever, kWhenUnsure, kAlways };
/// Above this probability of its best intent, scope included, the linear classifier is sure.
inline constexpr double kSure = 0.9;

class Classifier {
 public:
  explicit Classifier(ClassifierModel model, Asking asking = Asking::kWhenUnsure);

  const ClassifierModel& model() const { return model_; }
  bool knows(FeatureKey key) const { return table_.find(key) != 0; }
  /// Fills all of `reading`. Without a known feature `ranked` is empty.
  void read(std::string_view text, Reading& reading) const;

  /// Probability of each intent, in the order of reading.ranked, given that the text is in scope.
  void probabilities(const Reading& reading, std::vector<double>& out) const;
  double in_scope(const Reading& reading) const;
  /// The most probable language and its probability; languages.front() and 1 in a bot of one language.
  std::pair<std::size_t, double> language(const Reading& reading) const;

  /// How much the runs of characters inside each word spoke for a column.
  std::vector<RunWeight> run_weights(const Reading& reading, std::size_t column) const;
  /// How much each word spoke for a column, by word index.
  void word_weights(const Reading& reading, std::size_t column, std::vector<double>& out) const;

 private:
  float weight(std::uint32_t feature, std::size_t column) const {
    return model_.weights.scales[feature] * static_cast<float>(model_.weights.row(feature)[column]);
  }
  void score(Reading& reading) const;
  void add_meanings(const Reading& reading, std::size_t column, std::vector<double>& out) const;

  ClassifierModel model_;
  Asking asking_;
  std::optional<Network> network_;
  FeatureTable table_;
};

/// Fills log_odds and ranked from the scores: those of the network count where it was asked.
void rank_intents(const ClassifierModel& model, Reading& reading);
/// Whether the linear scores of a ranked reading need no second opinion.
bool is_sure(const ClassifierModel& model, const Reading& reading);

/// The signals of a reading: best score, its lead over "none of them", the known share of words and of runs,
/// and the lead over the second-best intent; where the network was asked, also its best score, the lead of
/// that over "none of them" and over the second-best, and the logarithm of its best probability.
ScopeSignals scope_signals(const ClassifierModel& model, const Reading& reading);
double in_scope_probability(const ScopeWeights& weights, const ScopeSignals& signals);

}  // namespace parley::intents
