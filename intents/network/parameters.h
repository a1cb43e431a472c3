// The numbers of the network while it is trained, in floats, and what one text gives it.
//
//   words and runs -> token vectors -> filters of width 1, 2, 3, 5 -> largest over the text -+
//   all n-grams, weighted as for the linear classifier -> sum of their rows (wide) ----------+-> scores
//
// A token's vector is the row of its word, where training knew it, plus the mean of the rows of its runs of
// characters. Two boundary vectors stand before and after the text. Source: Kim, "Convolutional Neural
// Networks for Sentence Classification" (EMNLP 2014), with the wide branch of Cheng et al. (2016).
//
// Thread rule: plain data.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "intents/features.h"
#include "intents/network/kernels.h"

namespace parley::intents {

inline constexpr std::size_t kEmbedding = 128;  // numbers of a token vector
inline constexpr std::array<std::size_t, 4> kWidths = {1, 2, 3, 5};
inline constexpr std::size_t kBoundary = 2;    // boundary vectors on either side
inline constexpr std::size_t kChannels = 256;  // filters of each width
inline constexpr std::size_t kConvolved = kWidths.size() * kChannels;
inline constexpr std::size_t kWide = 192;
inline constexpr std::size_t kHidden = kConvolved + kWide;
inline constexpr std::size_t kBoundaryRow = 0;       // of the embedding
inline constexpr std::size_t kNetworkWordsMax = 64;  // words of one text that the network looks at

/// `row` of the embedding, times `factor`, belongs to the vector of `token`.
struct TokenPart {
  std::uint32_t token = 0;
  std::uint32_t row = 0;
  float factor = 0;
  bool is_word = false;  // not a run of characters
};

struct NetworkInput {
  std::size_t tokens = 1;          // at least one, so that there is always a largest
  std::vector<TokenPart> parts;    // by token or by key
  std::vector<FeatureValue> wide;  // without the constant feature 0
};

/// Fills `input.parts`; `table` numbers the rows from 1. Occurrences are ordered by key.
void look_up_tokens(const FoldedText& text, const std::vector<Occurrence>& occurrences,
                    const FeatureTable& table, NetworkInput& input);

inline std::size_t whole_panels(std::size_t columns) {
  return (columns + kPanelColumns - 1) / kPanelColumns * kPanelColumns;
}

/// Where the windows of one width over a text begin, when its tokens begin at row `first` of a matrix.
struct Windows {
  std::size_t begin = 0;
  std::size_t end = 0;
};
inline Windows windows_of(std::size_t first, std::size_t tokens, std::size_t width) {
  const std::size_t begin = first - width / 2;
  return {begin, first + tokens + width / 2 - (width - 1)};
}

struct Parameters {
  std::size_t outputs = 0;
  std::vector<float> embedding;                            // by row
  std::vector<float> wide;                                 // by feature; feature 0 is the bias
  std::array<std::vector<float>, kWidths.size()> filters;  // by channel: width * kEmbedding numbers
  std::vector<float> filter_bias;                          // kConvolved
  std::vector<float> output;                               // whole_panels(outputs) rows of kHidden
  std::vector<float> output_bias;                          // whole_panels(outputs)
};

/// The parameters that products read, laid out for them.
struct PackedParameters {
  std::array<std::vector<float>, kWidths.size()> filters;
  std::vector<float> output;

  void take(const Parameters& parameters);
};

/// Small random numbers.
Parameters initial_parameters(std::size_t embedding_rows, std::size_t features, std::size_t outputs,
                              std::uint64_t seed);

}  // namespace parley::intents
