// Reads the literals of CEL: numbers and quoted text.
//
// Pure functions over the front of a source; what is wrong comes back as a Problem with its offset.
#pragma once

#include <string_view>
#include <variant>

#include "conversations/cel/expression.h"

namespace parley::cel {

struct Literal {
  std::size_t length = 0;  // bytes of source it takes
  Value value;
  bool needs_minus = false;  // see Token
};

/// `source` from `offset` on begins with a digit, or with a point and a digit.
std::variant<Literal, Problem> read_number(std::string_view source, std::size_t offset);

/// Whether a quoted literal, with its prefix (r, b, br), begins there.
bool begins_quoted(std::string_view source, std::size_t offset);
std::variant<Literal, Problem> read_quoted(std::string_view source, std::size_t offset);

}  // namespace parley::cel
