// Messages of the language server protocol on a stream of bytes: headers, an empty line, and as many bytes of
// content as Content-Length says.
//
//   Content-Length: 52\r\n\r\n{"jsonrpc":"2.0","id":1,"method":"shutdown"}...
//
// Source: LSP 3.17, base protocol. Header names are compared without regard to case; other headers are passed
// over. A content that is too large is passed over, too, so that the next message can be read; behind a
// header that cannot be read nobody knows where the next message begins, so reading ends there.
// Thread rule: one thread a stream.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace parley::lsp {

inline constexpr std::size_t kFrameHeaderMaxBytes = 4 * 1024;           // all header lines of one message
inline constexpr std::size_t kFrameContentMaxBytes = 64 * 1024 * 1024;  // a document and its escapes

struct Frame {
  enum class Kind { kContent, kTooLarge, kBadHeader, kEnd };
  Kind kind = Kind::kEnd;
  std::string content;
};

/// Blocks. kEnd: the stream ended between two messages; within one, kBadHeader.
Frame read_frame(std::istream& stream);

/// Writes and flushes.
void write_frame(std::ostream& stream, std::string_view content);

}  // namespace parley::lsp
