// The names inside one scalar: in an expression, in a text with {expressions}, in a sentence with
// [words](kind:slot).
//
// Tolerant: of what is not well formed, the names that can be seen. Offsets are bytes of the scalar's value.
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/lsp/text_positions.h"

namespace parley::lsp {

struct InnerName {
  enum class What { kVariable, kFunction, kKind, kSlot, kValue };
  What what = What::kVariable;
  std::string text;
  ByteRange range;
  std::string compared_with;  // of a kValue: the variable that it is compared with, device == 'laptop'
};

std::vector<InnerName> names_in_expression(std::string_view expression);
std::vector<InnerName> names_in_text(std::string_view text);
std::vector<InnerName> names_in_sentence(std::string_view sentence);

}  // namespace parley::lsp
