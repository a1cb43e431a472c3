#include "intents/word_vectors.h"

#include <algorithm>
#include <cmath>

#include "intents/model_file.h"

namespace parley::intents {
namespace {

template <typename T>
std::string_view bytes_of(const Block<T>& block) {
  return {reinterpret_cast<const char*>(block.data()), block.size() * sizeof(T)};
}

constexpr std::size_t kNone = static_cast<std::size_t>(-1);

std::size_t row_of(const WordVectors& vectors, std::string_view word) {
  const FeatureKey key = key_of_word(word);
  const auto found = std::lower_bound(vectors.keys.begin(), vectors.keys.end(), key);
  const bool known = found != vectors.keys.end() && *found == key;
  return known ? static_cast<std::size_t>(found - vectors.keys.begin()) : kNone;
}

}  // namespace

float mean_of_words(const FoldedText& text, const WordVectors& vectors, std::vector<float>& out) {
  out.assign(vectors.dimensions(), 0);
  if (vectors.empty()) return 0;
  for (std::size_t i = 0; i < std::min(text.words.size(), kFeatureWordsMax); ++i) {
    const std::size_t row = row_of(vectors, text.word(i));
    if (row == kNone) continue;
    for (std::size_t k = 0; k < out.size(); ++k)
      out[k] += vectors.rows.scales[row] * static_cast<float>(vectors.rows.row(row)[k]);
  }
  float squares = 0;
  for (const float number : out)
    squares += number * number;
  const float length = std::sqrt(squares);
  for (float& number : out)
    number = length > 0 ? number / length : 0;
  return length;
}

float product_with(const WordVectors& vectors, std::string_view word, std::span<const float> weights) {
  const std::size_t row = row_of(vectors, word);
  float sum = 0;
  for (std::size_t k = 0; row != kNone && k < weights.size(); ++k)
    sum += weights[k] * static_cast<float>(vectors.rows.row(row)[k]);
  return row == kNone ? 0 : sum * vectors.rows.scales[row];
}

std::string digest_of(const WordVectors& vectors) {
  if (vectors.empty()) return "";
  return hex_digest(std::to_string(vectors.dimensions()) + hex_digest(bytes_of(vectors.keys)) +
                    hex_digest(bytes_of(vectors.rows.scales)) + hex_digest(bytes_of(vectors.rows.numbers)));
}

}  // namespace parley::intents
