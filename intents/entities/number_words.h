// Numbers as people write them: "3", "1.250,50", "two hundred and fifty", "vijfentwintig", "twentieth".
//
// Digits: the language's decimal sign, and the other one (or blanks, from two groups on) between groups of
// three; where that does not work out, a lone sign of either kind is taken for the decimal sign. Words: the
// tables number_word and ordinal, put together in words, with hyphens, or with the language's joiners ("and",
// "en", "und"), as long as every part may follow the one before: "twenty one" is a number, "one twenty" is
// two.
//
// Thread rule: pure functions. A value too large for a double is no number.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "intents/entities/phrases.h"
#include "intents/entities/tokens.h"

namespace parley::intents {

struct FoundNumber {
  std::string_view symbol;  // "decimal" (digits of any form), "cardinal" or "ordinal" (words)
  std::uint32_t end = 0;    // token after its last
  double value = 0;
  std::string_view text;
};

/// The numbers that begin at token `at`, of every length that makes sense, longest first.
std::vector<FoundNumber> written_numbers(const std::vector<Token>& tokens, std::uint32_t at,
                                         const Phrases& grammar);

/// The value of a run of digits; of one too long to matter, infinity.
double digits_value(std::string_view digits);

}  // namespace parley::intents
