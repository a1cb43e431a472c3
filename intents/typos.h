// Misspelt copies of sentences, as people make them on a keyboard: for training and for measuring robustness.
//
// Deterministic: the same text and seed give the same typos on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parley::intents {

struct TypoRate {
  double share = 0.3;             // of the words that are long enough
  std::size_t shortest_word = 4;  // characters
};

/// `text` with one edit (a letter left out, doubled, replaced by a neighbour on the keyboard, or two swapped)
/// in some words. Words are runs of ASCII letters; everything else stays as it is.
std::string with_typos(std::string_view text, const TypoRate& rate, std::uint64_t seed);

}  // namespace parley::intents
