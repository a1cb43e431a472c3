// Splits the source of an expression into tokens, and reads its literals.
//
// A source is at most limits::kExpressionMaxBytes of valid UTF-8. Tokens refer to the source, which must
// outlive them.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "conversations/cel/expression.h"

namespace parley::cel {

enum class TokenKind { kEnd, kName, kQuotedName, kLiteral, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::size_t offset = 0;
  std::string_view text;  // as written; of a quoted name, without its backticks
  Value value;            // of a literal
  /// The literal 9223372036854775808, which only a minus sign before it makes an int.
  bool needs_minus = false;

  bool is(std::string_view symbol) const { return kind == TokenKind::kSymbol && text == symbol; }
};

/// The last token is kEnd. Nullopt after appending a problem.
std::optional<std::vector<Token>> split_tokens(std::string_view source, std::vector<Problem>& problems);

/// Words that may not name a variable; `in` is one of them.
bool is_reserved(std::string_view word);

}  // namespace parley::cel
