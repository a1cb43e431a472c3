#include "intents/held_out.h"

#include <algorithm>

namespace parley::intents {
namespace {

std::vector<float> first(const std::vector<float>& scores, std::size_t count) {
  return {scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(count)};
}

}  // namespace

void HeldOutTexts::add(const Classifier& classifier, const std::string& text, const Example& example,
                       Standing standing) {
  Reading reading;
  classifier.read(text, reading);
  if (reading.ranked.empty()) return;
  Text& held = texts_.emplace_back();
  held.standing = standing;
  held.intent = static_cast<std::size_t>(std::max(0, example.intent));
  held.language = standing == Standing::kGibberish ? kNoColumn : example.language;
  held.reading.scores = std::move(reading.scores);
  held.reading.asked = reading.asked;
  held.reading.network.scores = std::move(reading.network.scores);
  held.reading.features.known_share = reading.features.known_share;
}

void HeldOutTexts::calibrate(ClassifierModel& model) {
  weigh();
  const bool asked = !texts_.empty() && texts_.front().reading.asked;
  for (Text& text : texts_)
    text.reading.asked = false;
  calibrate_linear(model);
  calibrate_languages(model);
  if (asked) calibrate_network(model);
}

/// Each standing counts its share of what a bot hears: about one text in four is taken to be none of its
/// business, and half of these sound like a neighbouring intent.
void HeldOutTexts::weigh() {
  constexpr std::array<double, kStandings> kShares = {1.0, 0.15, 0.2, 0.05};
  std::array<double, kStandings> counts{};
  for (const Text& text : texts_)
    ++counts[static_cast<std::size_t>(text.standing)];
  for (Text& text : texts_) {
    const auto standing = static_cast<std::size_t>(text.standing);
    text.weight = kShares[standing] * std::max(1.0, counts[0]) / counts[standing];
  }
}

void HeldOutTexts::calibrate_linear(ClassifierModel& model) {
  std::vector<HeldOut> in_scope;
  for (const Text& text : texts_)
    if (text.standing == Standing::kInScope)
      in_scope.push_back({first(text.reading.scores, model.intents.size()), text.intent});
  model.calibration.sharpness = fit_sharpness(in_scope, model.calibration.sharpness);
  std::vector<ScopeExample> examples;
  for (Text& text : texts_) {
    rank_intents(model, text.reading);
    examples.push_back(
        {scope_signals(model, text.reading), text.standing == Standing::kInScope, text.weight});
  }
  model.calibration.scope = fit_scope(examples, model.calibration.scope);
}

void HeldOutTexts::calibrate_languages(ClassifierModel& model) const {
  if (model.languages.size() < 2) return;
  std::vector<HeldOut> held_out;
  for (const Text& text : texts_) {
    if (text.language == kNoColumn) continue;
    const auto begin = text.reading.scores.begin() + static_cast<std::ptrdiff_t>(model.none_column() + 1);
    held_out.push_back({{begin, text.reading.scores.end()}, static_cast<std::size_t>(text.language)});
  }
  model.calibration.language_sharpness = fit_sharpness(held_out, model.calibration.language_sharpness);
}

/// Only from the texts of which the linear scores are not sure: about others it will not be asked.
void HeldOutTexts::calibrate_network(ClassifierModel& model) {
  std::erase_if(texts_, [&](const Text& text) { return is_sure(model, text.reading); });
  std::vector<HeldOutPair> pairs;
  const std::size_t count = model.intents.size();
  for (const Text& text : texts_)
    if (text.standing == Standing::kInScope)
      pairs.push_back(
          {first(text.reading.scores, count), first(text.reading.network.scores, count), text.intent});
  const Sharpness sharpness = fit_sharpness(pairs, {});
  model.calibration.asked_sharpness = sharpness.linear;
  model.calibration.network_sharpness = sharpness.network;
  std::vector<ScopeExample> examples;
  for (Text& text : texts_) {
    text.reading.asked = true;
    rank_intents(model, text.reading);
    examples.push_back(
        {scope_signals(model, text.reading), text.standing == Standing::kInScope, text.weight});
  }
  model.calibration.asked_scope = fit_scope(examples, model.calibration.asked_scope);
}

}  // namespace parley::intents
