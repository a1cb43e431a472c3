#include "intents/classifier.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace parley::intents {
namespace {

constexpr float kByteMax = 127;

/// softmax over scores[ranked]; `best` is the largest of them.
template <typename Scores>
void soft_maximum(const Scores& scores, double sharpness, std::vector<double>& out) {
  double sum = 0;
  out.clear();
  const double best = *std::max_element(scores.begin(), scores.end());
  for (const double score : scores) {
    out.push_back(std::exp(sharpness * (score - best)));
    sum += out.back();
  }
  for (double& probability : out)
    probability /= sum;
}

}  // namespace

Classifier::Classifier(ClassifierModel model) : model_(std::move(model)), table_(model_.keys) {}

void Classifier::read(std::string_view text, Reading& reading) const {
  fold(text, reading.text);
  extract_features(reading.text, reading.occurrences);
  weigh_features(reading.occurrences, table_, reading.features);
  const std::size_t columns = model_.columns();
  reading.scores.assign(columns, 0);
  float* const scores = reading.scores.data();
  const auto add = [&](std::uint32_t feature, float value) {
    const std::int8_t* const weights = model_.weights.data() + feature * columns;
    const float factor = value * model_.scales[feature];
    for (std::size_t k = 0; k < columns; ++k)
      scores[k] += factor * static_cast<float>(weights[k]);
  };
  add(0, 1);
  for (const auto& [feature, value] : reading.features.values)
    add(feature, value);
  reading.ranked.clear();
  if (reading.features.values.empty()) return;
  reading.ranked.resize(model_.intents.size());
  std::iota(reading.ranked.begin(), reading.ranked.end(), 0U);
  std::sort(reading.ranked.begin(), reading.ranked.end(), [&](std::uint32_t a, std::uint32_t b) {
    return scores[a] != scores[b] ? scores[a] > scores[b] : a < b;
  });
}

void Classifier::probabilities(const Reading& reading, std::vector<double>& out) const {
  out.clear();
  double sum = 0;
  for (const std::uint32_t intent : reading.ranked) {
    const double behind = reading.scores[intent] - reading.scores[reading.ranked.front()];
    out.push_back(std::exp(model_.calibration.sharpness * behind));
    sum += out.back();
  }
  for (double& probability : out)
    probability /= sum;
}

double Classifier::in_scope(const Reading& reading) const {
  if (reading.ranked.empty()) return 0;
  return in_scope_probability(model_.calibration, scope_signals(model_, reading));
}

std::pair<std::size_t, double> Classifier::language(const Reading& reading) const {
  if (model_.languages.size() < 2) return {0, 1};
  const std::span<const float> scores(reading.scores.data() + model_.none_column() + 1,
                                      model_.languages.size());
  std::vector<double> probabilities;
  soft_maximum(scores, model_.calibration.language_sharpness, probabilities);
  const auto best = std::max_element(probabilities.begin(), probabilities.end());
  return {static_cast<std::size_t>(best - probabilities.begin()), *best};
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
}

ScopeSignals scope_signals(const ClassifierModel& model, const Reading& reading) {
  const double best = reading.scores[reading.ranked.front()];
  const double second = reading.ranked.size() > 1 ? reading.scores[reading.ranked[1]] : best;
  return {best, best - reading.scores[model.none_column()], reading.features.known_share[0],
          reading.features.known_share[1], best - second};
}

double in_scope_probability(const Calibration& calibration, const ScopeSignals& signals) {
  double odds = calibration.scope[0];
  for (std::size_t i = 0; i < kScopeSignals; ++i)
    odds += calibration.scope[i + 1] * signals[i];
  return 1 / (1 + std::exp(-odds));
}

void quantize(std::span<const float> weights, ClassifierModel& model) {
  const std::size_t columns = model.columns();
  model.scales.assign(model.features(), 0);
  model.weights.assign(weights.size(), 0);
  for (std::size_t f = 0; f < model.features(); ++f) {
    const auto row = weights.subspan(f * columns, columns);
    float largest = 0;
    for (const float weight : row)
      largest = std::max(largest, std::fabs(weight));
    if (largest == 0) continue;
    model.scales[f] = largest / kByteMax;
    for (std::size_t k = 0; k < columns; ++k)
      model.weights[f * columns + k] = static_cast<std::int8_t>(std::lround(row[k] / largest * kByteMax));
  }
}

}  // namespace parley::intents
