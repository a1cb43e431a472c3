#include "intents/evaluation/confusions.h"

#include <algorithm>
#include <map>
#include <utility>

namespace parley::intents {
namespace {

LabelledText most_like(const Prediction& prediction, const std::vector<LabelledText>& sentences,
                       const SentenceIndex& index) {
  const auto found = index.nearest(prediction.text, 1,
                                   [&](std::size_t i) { return sentences[i].intent == prediction.best; });
  return found.empty() ? LabelledText{} : sentences[found.front().sentence];
}

void sort_by_certainty(std::vector<ConfusedSentence>& sentences) {
  std::stable_sort(sentences.begin(), sentences.end(),
                   [](const auto& a, const auto& b) { return a.certainty > b.certainty; });
}

}  // namespace

std::vector<Confusion> find_confusions(const std::vector<Prediction>& predictions,
                                       const std::vector<LabelledText>& sentences,
                                       const SentenceIndex& index) {
  std::map<std::pair<std::string, std::string>, Confusion> pairs;
  for (const Prediction& prediction : predictions) {
    if (!prediction.wanted_in_scope() || prediction.right() || prediction.best.empty()) continue;
    const auto [left, right] = std::minmax(prediction.intent, prediction.best);
    Confusion& pair = pairs[{left, right}];
    pair.left = left;
    pair.right = right;
    auto& side = prediction.intent == left ? pair.left_as_right : pair.right_as_left;
    side.push_back({{prediction.text, prediction.intent, prediction.place},
                    prediction.certainty,
                    most_like(prediction, sentences, index)});
  }
  std::vector<Confusion> all;
  for (auto& [names, pair] : pairs) {
    sort_by_certainty(pair.left_as_right);
    sort_by_certainty(pair.right_as_left);
    all.push_back(std::move(pair));
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Confusion& a, const Confusion& b) { return a.count() > b.count(); });
  return all;
}

}  // namespace parley::intents
