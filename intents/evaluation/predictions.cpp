#include "intents/evaluation/predictions.h"

#include <algorithm>
#include <chrono>

namespace parley::intents {

std::vector<Prediction> predict(const Classifier& classifier, const std::vector<LabelledText>& texts) {
  std::vector<Prediction> predictions;
  predictions.reserve(texts.size());
  const auto& names = classifier.model().intents;
  Reading reading;
  std::vector<double> probabilities;
  for (const auto& [text, intent, place] : texts) {
    classifier.read(text, reading);
    classifier.probabilities(reading, probabilities);
    Prediction prediction{text, place, intent, "", "", 0, 0, classifier.in_scope(reading)};
    if (!reading.ranked.empty()) {
      prediction.best = names[reading.ranked[0]];
      prediction.certainty = probabilities[0];
    }
    if (reading.ranked.size() > 1) {
      prediction.runner_up = names[reading.ranked[1]];
      prediction.runner_up_certainty = probabilities[1];
    }
    predictions.push_back(std::move(prediction));
  }
  return predictions;
}

QueryTime time_queries(const Classifier& classifier, const std::vector<LabelledText>& texts) {
  if (texts.empty()) return {};
  using Clock = std::chrono::steady_clock;
  Reading reading;
  std::vector<double> probabilities;
  std::vector<double> times(texts.size());
  for (int round = 0; round < 2; ++round)
    for (std::size_t i = 0; i < texts.size(); ++i) {
      const auto begin = Clock::now();
      classifier.read(texts[i].text, reading);
      classifier.probabilities(reading, probabilities);
      classifier.in_scope(reading);
      times[i] = std::chrono::duration<double, std::micro>(Clock::now() - begin).count();
    }
  std::sort(times.begin(), times.end());
  return {times[times.size() / 2], times[times.size() * 99 / 100]};
}

}  // namespace parley::intents
