#include "intents/entities/tokens.h"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace parley::intents {
namespace {

bool is_letter(UChar32 c) {
  if (c < 0x80) return c >= 'a' && c <= 'z';
  return (U_GET_GC_MASK(c) & (U_GC_L_MASK | U_GC_M_MASK)) != 0;
}

/// Other scripts' digits were folded to ASCII or stay marks; no arithmetic is done with them.
TokenKind kind_of(UChar32 c) {
  if (c >= '0' && c <= '9') return TokenKind::kDigits;
  return c >= 0 && is_letter(c) ? TokenKind::kLetters : TokenKind::kMark;
}

bool glued_alike(const std::vector<Token>& tokens, std::size_t at) {
  if (at == 0 || at >= tokens.size() || tokens[at].spaced) return false;
  return tokens[at].kind != TokenKind::kMark && tokens[at - 1].kind != TokenKind::kMark;
}

}  // namespace

void tokenize(std::string_view folded, std::vector<Token>& into) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(folded.data());
  const auto size = static_cast<std::int32_t>(folded.size());
  bool spaced = true;
  for (std::int32_t i = 0; i < size;) {
    const std::int32_t begin = i;
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    if (c == ' ') {
      spaced = true;
      continue;
    }
    const TokenKind kind = kind_of(c);
    if (!spaced && kind != TokenKind::kMark && into.back().kind == kind)
      into.back().end = static_cast<std::uint32_t>(i);
    else
      into.push_back({static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(i), kind, spaced, {}});
    Token& token = into.back();
    token.text = folded.substr(token.begin, token.end - token.begin);
    spaced = false;
  }
}

bool begins_word(const std::vector<Token>& tokens, std::size_t at) {
  return !glued_alike(tokens, at);
}

bool ends_word(const std::vector<Token>& tokens, std::size_t at) {
  return !glued_alike(tokens, at);
}

}  // namespace parley::intents
