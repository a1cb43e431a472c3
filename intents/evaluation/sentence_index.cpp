#include "intents/evaluation/sentence_index.h"

#include <algorithm>
#include <cmath>

namespace parley::intents {
namespace {

constexpr std::size_t kSmallCollection = 200;
constexpr double kCommonShare = 0.25;

std::vector<Occurrence> occurrences_of(std::string_view text) {
  std::vector<Occurrence> occurrences;
  extract_features(fold(text), occurrences);
  return occurrences;
}

std::vector<FeatureKey> keys_of(const std::vector<std::string>& sentences) {
  std::vector<FeatureKey> keys;
  for (const std::string& sentence : sentences)
    for (const Occurrence& occurrence : occurrences_of(sentence))
      keys.push_back(occurrence.key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  return keys;
}

}  // namespace

SentenceIndex::SentenceIndex(const std::vector<std::string>& sentences)
    : table_(keys_of(sentences)), count_(sentences.size()) {
  const std::size_t features = table_.keys().size() + 1;
  rarity_.assign(features, 1);
  std::vector<std::size_t> holders(features);
  for (const std::string& sentence : sentences)
    for (const FeatureValue& value : weighed(sentence).values)
      ++holders[value.feature];
  for (std::size_t i = 1; i < features; ++i) {
    const bool common = count_ > kSmallCollection &&
                        static_cast<double>(holders[i]) > kCommonShare * static_cast<double>(count_);
    rarity_[i] = common ? 0 : std::log(1 + static_cast<float>(count_) / static_cast<float>(holders[i]));
  }
  rarity_[0] = 0;
  postings_.resize(features);
  for (std::size_t i = 0; i < count_; ++i)
    for (const FeatureValue& value : weighed(sentences[i]).values)
      postings_[value.feature].push_back({static_cast<std::uint32_t>(i), value.value});
}

std::vector<Neighbour> SentenceIndex::nearest(std::string_view text, std::size_t count,
                                              const std::function<bool(std::size_t)>& wanted) const {
  std::vector<float> similarity(count_);
  for (const FeatureValue& value : weighed(text).values)
    for (const Posting& posting : postings_[value.feature])
      similarity[posting.sentence] += value.value * posting.value;
  std::vector<Neighbour> found;
  for (std::size_t i = 0; i < count_; ++i)
    if (similarity[i] > 0 && (!wanted || wanted(i))) found.push_back({i, std::min(1.0F, similarity[i])});
  const auto nearer = [](const Neighbour& a, const Neighbour& b) {
    return a.similarity != b.similarity ? a.similarity > b.similarity : a.sentence < b.sentence;
  };
  const auto end = found.begin() + static_cast<std::ptrdiff_t>(std::min(count, found.size()));
  std::partial_sort(found.begin(), end, found.end(), nearer);
  found.erase(end, found.end());
  return found;
}

FeatureVector SentenceIndex::weighed(std::string_view text) const {
  FeatureVector vector;
  weigh_features(occurrences_of(text), table_, vector);
  double length = 0;
  for (FeatureValue& value : vector.values) {
    value.value *= rarity_[value.feature];
    length += static_cast<double>(value.value) * value.value;
  }
  if (length == 0) return {};
  float known = 0;
  for (const float share : vector.known_share)
    known += share / static_cast<float>(kFeatureGroups);
  for (FeatureValue& value : vector.values)
    value.value *= known / static_cast<float>(std::sqrt(length));
  std::erase_if(vector.values, [](const FeatureValue& value) { return value.value == 0; });
  return vector;
}

}  // namespace parley::intents
