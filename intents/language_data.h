// What is known about a language: word tables, entity grammar, everyday sentences. Read from
// language/<code>.yaml, which is compiled in: a new language is a new file there.
//
// Thread rule: built once on first use, immutable, any thread. Lifetime: for ever.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intents/entities/grammar.h"

namespace parley::intents {

struct LanguageData {
  std::string language;
  std::vector<std::string> everyday;  // sentences about other things than any bot's business
  Grammar grammar;
};

/// The data of `language`; empty tables for one that has no file. "common" holds what all languages share.
const LanguageData& language_data(std::string_view language);

}  // namespace parley::intents
