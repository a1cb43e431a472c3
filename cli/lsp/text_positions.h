// Places in a text, as the three parties that meet in an editor count them:
//
//   the client      line and UTF-16 code unit, both from 0; a line ends with \n, \r\n or \r (LSP 3.17)
//   findings        line and code point, both from 1; a line ends with \n (config/diagnostic.h)
//   our own code    bytes of UTF-8
//
// In "é😀x" the x is at character 3 of the client, column 3 of a finding, byte 6. A place outside the text
// becomes the nearest one inside, and one in the middle of a character the character's begin.
//
// Immutable; refers to the text, which must outlive it. Source: LSP 3.17, "Position".
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "engine/message.h"

namespace parley::lsp {

struct ClientPosition {
  std::size_t line = 0;
  std::size_t character = 0;

  bool operator==(const ClientPosition&) const = default;
};

/// Bytes, without the one at `end`.
struct ByteRange {
  std::size_t begin = 0, end = 0;

  bool operator==(const ByteRange&) const = default;
};

class TextPositions {
 public:
  explicit TextPositions(std::string_view text);

  ClientPosition client(std::size_t byte) const;
  std::size_t byte(ClientPosition position) const;
  /// Column 0 counts as 1, line 0 as the first.
  std::size_t byte(config::Position position) const;

  std::string_view text() const { return text_; }

 private:
  std::string_view text_;
  std::vector<std::size_t> client_lines_;   // where each begins
  std::vector<std::size_t> finding_lines_;  // the same by \n alone
};

Json to_json(ClientPosition position);
Json to_json(const TextPositions& positions, ByteRange range);

}  // namespace parley::lsp
