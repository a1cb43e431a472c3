// A folded text cut for the phrase grammar: runs of letters, runs of digits, and single marks.
//
// "at 10:30am" is at | 10 | : | 30 | am. A token knows whether white space stands before it, so that a rule
// can ask for "10am" but not "1 0 am".
//
// Thread rule: pure functions. Lifetime: a token's text points into the folded text.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace parley::intents {

enum class TokenKind : std::uint8_t { kLetters, kDigits, kMark };

struct Token {
  std::uint32_t begin = 0;  // bytes of the folded text
  std::uint32_t end = 0;
  TokenKind kind = TokenKind::kMark;
  bool spaced = false;  // white space stands before it, or it is the first
  std::string_view text;
};

/// Appends the tokens of `folded` to `into`; invalid UTF-8 is cut into single bytes.
void tokenize(std::string_view folded, std::vector<Token>& into);

/// Whether a phrase may begin at `at`: not inside a word such as "a29" or "b3".
bool begins_word(const std::vector<Token>& tokens, std::size_t at);
/// Whether a phrase may end before `at`.
bool ends_word(const std::vector<Token>& tokens, std::size_t at);

}  // namespace parley::intents
