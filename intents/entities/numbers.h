// Numbers as people write them: "3", "1.250,50", "two hundred and fifty", "vijfentwintig".
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string_view>

#include "intents/entities/grammar.h"

namespace parley::intents {

/// The value of folded number text. Digits: the language's decimal sign, and the other one between groups of
/// three. Words: the language's table, in any composition ("two hundred and fifty", "tweehonderdvijftig").
std::optional<double> parse_number(std::string_view text, const Grammar& grammar);

/// A number, or a word of the table `article` ("a", "een", "a couple of").
std::optional<double> parse_count(std::string_view text, const Grammar& grammar);

/// Digits with or without an ending ("3rd", "3e"), an ordinal word, or a number word.
std::optional<int> parse_ordinal(std::string_view text, const Grammar& grammar);

}  // namespace parley::intents
