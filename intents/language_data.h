// What is known about a language: word tables, phrases, shapes of entities, everyday sentences. Read from
// language/<code>.yaml, which is compiled in: a new language is a new file there.
//
// Thread rule: built once on first use, immutable, any thread. Lifetime: for ever.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intents/entities/phrases.h"
#include "intents/entities/shapes.h"

namespace parley::intents {

struct LanguageData {
  std::string language;
  std::string country;                  // where most of it is written, when a bot names none
  std::vector<std::string> everyday;    // sentences about other things than any bot's business
  std::vector<std::string> links;       // words between two clauses
  std::vector<std::string> stop_words;  // folded, sorted: words that say nothing about what a text is about
  Phrases phrases;                      // with the rules that all languages share
  Shapes shapes;                        // of "common" only
};

/// The data of `language`; empty tables for one that has no file. "common" holds what all languages share.
const LanguageData& language_data(std::string_view language);

/// The languages that have a file.
std::vector<std::string> known_languages();

}  // namespace parley::intents
