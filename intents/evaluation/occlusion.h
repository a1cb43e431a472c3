// Which words and word sequences speak for an answer, and which against it? Each is left out in turn, and the
// answer's probability without it is compared with the whole text's.
//
// That asks the model itself, whatever its kind, instead of reading its weights: "vpn" may weigh much and
// still change nothing, because the other words decide alone.
//
// Cost: a few readings of the text for every word. Thread rule: pure; calls `probability_of` on the caller's
// thread.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

/// A sequence of one to kOcclusionWordsMax neighbouring words.
struct PhraseEffect {
  std::string phrase;  // as written
  double change = 0;   // the probability with it less that without it: above 0 it speaks for the answer
};

inline constexpr std::size_t kOcclusionWordsMax = 3;
/// Only so many words from the beginning are looked at.
inline constexpr std::size_t kOcclusionTextWords = 60;

/// Strongest first. A longer phrase is listed only where it changes clearly more than each phrase inside it.
std::vector<PhraseEffect> phrase_effects(std::string_view text,
                                         const std::function<double(const std::string&)>& probability_of);

}  // namespace parley::intents
