// The stem of a word, by Snowball: "laptops" and "laptop" have the same.
//
// Thread rule: any thread; each keeps its own stemmers.
#pragma once

#include <string>
#include <string_view>

namespace parley::intents {

/// The stem of a folded word; the word itself in a language without a stemmer.
std::string stem(std::string_view word, const std::string& language);

}  // namespace parley::intents
