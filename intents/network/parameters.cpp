#include "intents/network/parameters.h"

#include <algorithm>
#include <cmath>

#include "intents/random.h"

namespace parley::intents {
namespace {

/// Fills with numbers of the given spread around 0, evenly distributed.
void scatter(std::vector<float>& numbers, std::size_t count, double spread, Random& random) {
  numbers.resize(count);
  for (float& number : numbers)
    number = static_cast<float>((random.share() * 2 - 1) * std::sqrt(3.0) * spread);
}

}  // namespace

void look_up_tokens(const FoldedText& text, const std::vector<Occurrence>& occurrences,
                    const FeatureTable& table, NetworkInput& input) {
  const std::size_t words = std::min(text.words.size(), kNetworkWordsMax);
  std::array<std::uint16_t, kNetworkWordsMax> runs{};
  input.tokens = std::max<std::size_t>(1, words);
  input.parts.clear();
  for (const Occurrence& occurrence : occurrences) {
    if (occurrence.pair || occurrence.word >= words) continue;
    const std::uint32_t row = table.find(occurrence.key);
    if (row == 0) continue;
    const bool run = group_of(occurrence.key) == 1;
    runs[occurrence.word] += run ? 1 : 0;
    input.parts.push_back({occurrence.word, row, 1, !run});
  }
  for (TokenPart& part : input.parts)
    if (!part.is_word) part.factor = 1.0F / static_cast<float>(runs[part.token]);
}

void PackedParameters::take(const Parameters& parameters) {
  for (std::size_t w = 0; w < kWidths.size(); ++w) {
    filters[w].resize(parameters.filters[w].size());
    pack(parameters.filters[w].data(), kChannels, kWidths[w] * kEmbedding, filters[w].data());
  }
  output.resize(parameters.output.size());
  pack(parameters.output.data(), whole_panels(parameters.outputs), kHidden, output.data());
}

Parameters initial_parameters(std::size_t embedding_rows, std::size_t features, std::size_t outputs,
                              std::uint64_t seed) {
  Random random(seed);
  Parameters result;
  result.outputs = outputs;
  scatter(result.embedding, embedding_rows * kEmbedding, 0.1, random);
  scatter(result.wide, features * kWide, 0.05, random);
  for (std::size_t w = 0; w < kWidths.size(); ++w) {
    const std::size_t depth = kWidths[w] * kEmbedding;
    scatter(result.filters[w], kChannels * depth, 1 / std::sqrt(static_cast<double>(depth)), random);
  }
  result.filter_bias.assign(kConvolved, 0);
  scatter(result.output, whole_panels(outputs) * kHidden, 1 / std::sqrt(static_cast<double>(kHidden)),
          random);
  result.output_bias.assign(whole_panels(outputs), 0);
  return result;
}

}  // namespace parley::intents
