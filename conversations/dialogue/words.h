// Texts as bare words, for matching answers against titles and phrases: "Nee, ik bedoel: één!" is nee ik
// bedoel een.
//
// Words are case-folded, without accents and punctuation; an apostrophe inside a word is dropped ("don't":
// dont), and so is a hyphen behind one letter ("e-mail": email). Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::conversations {

using Words = std::vector<std::string>;

Words words_of(std::string_view text);

/// Where `phrase` begins in `words`, or npos. An empty phrase is nowhere.
std::size_t find_phrase(const Words& words, const Words& phrase);
bool starts_with(const Words& words, const Words& phrase);
bool contains_word(const Words& words, std::string_view word);
/// `words` without those of `fillers`; all of them when nothing would be left.
Words without(const Words& words, const Words& fillers);

/// `text` with every malformed byte sequence replaced by U+FFFD, so that it can always be written as JSON.
std::string valid_utf8(std::string_view text);
std::size_t count_code_points(std::string_view text);

}  // namespace parley::conversations
