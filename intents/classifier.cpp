#include "intents/classifier.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace parley::intents {
Classifier::Classifier(ClassifierModel model, Asking asking)
    : model_(std::move(model)), asking_(asking), table_(model_.keys) {
  if (!model_.network.empty() && asking != Asking::kNever) network_.emplace(model_.network);
}

void Classifier::read(std::string_view text, Reading& reading) const {
  fold(text, reading.text);
  extract_features(reading.text, reading.occurrences);
  weigh_features(reading.occurrences, table_, reading.features);
  reading.meaning_length = mean_of_words(reading.text, model_.vectors, reading.meaning);
  score(reading);
  reading.asked = false;
  reading.ranked.clear();
  if (reading.features.values.empty() && reading.meaning_length == 0) return;
  rank_intents(model_, reading);
  if (!network_ || (asking_ == Asking::kWhenUnsure && is_sure(model_, reading))) return;
  network_->read(reading.text, reading.occurrences, reading.features.values, reading.network);
  reading.asked = true;
  rank_intents(model_, reading);
}

void Classifier::score(Reading& reading) const {
  const std::size_t columns = model_.columns();
  reading.scores.assign(columns, 0);
  const auto add = [&](std::uint32_t feature, float value) {
    kernels().add_scaled_bytes(value * model_.weights.scales[feature], model_.weights.row(feature), columns,
                               reading.scores.data());
  };
  add(0, 1);
  for (const auto& [feature, value] : reading.features.values)
    add(feature, value);
  const auto first = static_cast<std::uint32_t>(model_.features());
  for (std::uint32_t k = 0; k < reading.meaning.size() && reading.meaning_length > 0; ++k)
    add(first + k, reading.meaning[k]);
}

void Classifier::probabilities(const Reading& reading, std::vector<double>& out) const {
  out.clear();
  double sum = 0;
  for (const std::uint32_t intent : reading.ranked) {
    out.push_back(std::exp(reading.log_odds[intent] - reading.log_odds[reading.ranked.front()]));
    sum += out.back();
  }
  for (double& probability : out)
    probability /= sum;
}

double Classifier::in_scope(const Reading& reading) const {
  if (reading.ranked.empty()) return 0;
  const Calibration& calibration = model_.calibration;
  return in_scope_probability(reading.asked ? calibration.asked_scope : calibration.scope,
                              scope_signals(model_, reading));
}

std::pair<std::size_t, double> Classifier::language(const Reading& reading) const {
  if (model_.languages.size() < 2) return {0, 1};
  const std::span<const float> scores(reading.scores.data() + model_.none_column() + 1,
                                      model_.languages.size());
  const auto best = std::max_element(scores.begin(), scores.end());
  double sum = 0;
  for (const float score : scores)
    sum += std::exp(model_.calibration.language_sharpness * static_cast<double>(score - *best));
  return {static_cast<std::size_t>(best - scores.begin()), 1 / sum};
}

void Classifier::word_weights(const Reading& reading, std::size_t column, std::vector<double>& out) const {
  const auto& occurrences = reading.occurrences;
  out.assign(reading.text.words.size() + 1, 0);
  for (std::size_t i = 0, next = 0, at = 0; i < occurrences.size(); i = next) {
    while (next < occurrences.size() && occurrences[next].key == occurrences[i].key)
      ++next;
    const std::uint32_t feature = table_.find(occurrences[i].key);
    if (feature == 0) continue;
    const double share =
        weight(feature, column) * reading.features.values[at++].value / static_cast<double>(next - i);
    for (std::size_t k = i; k < next; ++k) {
      const Occurrence& occurrence = occurrences[k];
      const bool halved =
          occurrence.pair && occurrence.word > 0 && occurrence.word < reading.text.words.size();
      if (halved) out[occurrence.word - 1U] += share / 2;
      if (occurrence.word == reading.text.words.size())
        out[occurrence.word - 1U] += share;
      else
        out[occurrence.word] += halved ? share / 2 : share;
    }
  }
  out.pop_back();
  if (reading.meaning_length > 0) add_meanings(reading, column, out);
}

/// The mean is a sum over words, so each word's part in the score is known.
void Classifier::add_meanings(const Reading& reading, std::size_t column, std::vector<double>& out) const {
  const auto first = static_cast<std::uint32_t>(model_.features());
  std::vector<float> weights(model_.vectors.dimensions());
  for (std::uint32_t k = 0; k < weights.size(); ++k)
    weights[k] = static_cast<float>(weight(first + k, column)) / reading.meaning_length;
  for (std::size_t i = 0; i < std::min(out.size(), kFeatureWordsMax); ++i)
    out[i] += product_with(model_.vectors, reading.text.word(i), weights);
}

std::vector<RunWeight> Classifier::run_weights(const Reading& reading, std::size_t column) const {
  const auto by_key = [](const Occurrence& a, const Occurrence& b) { return a.key < b.key; };
  const auto by_feature = [](const FeatureValue& value, std::uint32_t feature) {
    return value.feature < feature;
  };
  const auto& values = reading.features.values;
  std::vector<RunWeight> weights;
  for (std::size_t i = 0; i < std::min(reading.text.words.size(), kFeatureWordsMax); ++i)
    for (const WordRun& run : runs_of_word(reading.text.word(i))) {
      const std::uint32_t feature = table_.find(run.key);
      if (feature == 0) continue;
      const auto [first, last] = std::equal_range(reading.occurrences.begin(), reading.occurrences.end(),
                                                  Occurrence{run.key, 0, false}, by_key);
      const float value = std::lower_bound(values.begin(), values.end(), feature, by_feature)->value;
      weights.push_back(
          {i, run.begin, run.end, weight(feature, column) * value / static_cast<double>(last - first)});
    }
  return weights;
}

void rank_intents(const ClassifierModel& model, Reading& reading) {
  const Calibration& calibration = model.calibration;
  const auto linear = static_cast<float>(reading.asked ? calibration.asked_sharpness : calibration.sharpness);
  const auto network = static_cast<float>(calibration.network_sharpness);
  reading.log_odds.resize(model.intents.size());
  for (std::size_t i = 0; i < reading.log_odds.size(); ++i)
    reading.log_odds[i] =
        linear * reading.scores[i] + (reading.asked ? network * reading.network.scores[i] : 0.0F);
  reading.ranked.resize(model.intents.size());
  std::iota(reading.ranked.begin(), reading.ranked.end(), 0U);
  const float* const odds = reading.log_odds.data();
  std::sort(reading.ranked.begin(), reading.ranked.end(), [odds](std::uint32_t a, std::uint32_t b) {
    return odds[a] != odds[b] ? odds[a] > odds[b] : a < b;
  });
}

bool is_sure(const ClassifierModel& model, const Reading& reading) {
  const float best = reading.log_odds[reading.ranked.front()];
  double sum = 0;
  for (const float odds : reading.log_odds)
    sum += std::exp(odds - best);
  return in_scope_probability(model.calibration.scope, scope_signals(model, reading)) >= kSure * sum;
}

namespace {

/// Of the network's scores: the best of the intents, its lead over "none of them" and over the second, and
/// the logarithm of its probability.
void add_network_signals(const ClassifierModel& model, const std::vector<float>& scores,
                         ScopeSignals& signals) {
  const std::size_t none = model.none_column();
  double best = -std::numeric_limits<double>::infinity();
  double second = best;
  for (std::size_t i = 0; i < none; ++i) {
    second = std::max(second, std::min<double>(best, scores[i]));
    best = std::max<double>(best, scores[i]);
  }
  double sum = 0;
  for (std::size_t i = 0; i <= none; ++i)
    sum += std::exp(scores[i] - best);
  signals[5] = best;
  signals[6] = best - scores[none];
  signals[7] = none > 1 ? best - second : 0;
  signals[8] = -std::log(sum);
}

}  // namespace

ScopeSignals scope_signals(const ClassifierModel& model, const Reading& reading) {
  const double best = reading.scores[reading.ranked.front()];
  const double second = reading.ranked.size() > 1 ? reading.scores[reading.ranked[1]] : best;
  ScopeSignals signals = {best, best - reading.scores[model.none_column()], reading.features.known_share[0],
                          reading.features.known_share[1], best - second};
  if (reading.asked) add_network_signals(model, reading.network.scores, signals);
  return signals;
}

double in_scope_probability(const ScopeWeights& weights, const ScopeSignals& signals) {
  double odds = weights[0];
  for (std::size_t i = 0; i < kScopeSignals; ++i)
    odds += weights[i + 1] * signals[i];
  return 1 / (1 + std::exp(-odds));
}

}  // namespace parley::intents
