#include "cli/lsp/framing.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <istream>
#include <limits>
#include <optional>
#include <ostream>

namespace parley::lsp {
namespace {

enum class Line { kRead, kEnd, kTooLong };

// One line without its end; `budget` is what is left for all headers of this message.
Line read_line(std::istream& stream, std::string& line, std::size_t& budget) {
  line.clear();
  for (int c = stream.get(); c != std::istream::traits_type::eof(); c = stream.get()) {
    if (budget-- == 0) return Line::kTooLong;
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return Line::kRead;
    }
    line += static_cast<char>(c);
  }
  return Line::kEnd;
}

bool is_content_length(std::string_view name) {
  constexpr std::string_view kName = "content-length";
  return std::equal(name.begin(), name.end(), kName.begin(), kName.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == b; });
}

std::optional<std::size_t> number_in(std::string_view text) {
  while (text.starts_with(' '))
    text.remove_prefix(1);
  while (text.ends_with(' '))
    text.remove_suffix(1);
  std::size_t number = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = problem == std::errc{} && end == text.data() + text.size();
  return whole ? std::optional<std::size_t>(number) : std::nullopt;
}

Frame read_content(std::istream& stream, std::size_t length) {
  if (length > kFrameContentMaxBytes) {
    if (length > static_cast<std::size_t>(std::numeric_limits<std::streamsize>::max()))
      return {Frame::Kind::kBadHeader, ""};
    stream.ignore(static_cast<std::streamsize>(length));
    return {Frame::Kind::kTooLarge, ""};
  }
  Frame frame{Frame::Kind::kContent, std::string(length, '\0')};
  stream.read(frame.content.data(), static_cast<std::streamsize>(length));
  if (static_cast<std::size_t>(stream.gcount()) < length) frame.kind = Frame::Kind::kBadHeader;
  return frame;
}

}  // namespace

Frame read_frame(std::istream& stream) {
  std::optional<std::size_t> length;
  std::size_t budget = kFrameHeaderMaxBytes;
  bool begun = false;
  for (std::string line;;) {
    const Line read = read_line(stream, line, budget);
    if (read == Line::kEnd && !begun && line.empty()) return {Frame::Kind::kEnd, ""};
    if (read != Line::kRead) return {Frame::Kind::kBadHeader, ""};
    begun = true;
    if (line.empty()) break;
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos) return {Frame::Kind::kBadHeader, ""};
    if (!is_content_length(std::string_view(line).substr(0, colon))) continue;
    length = number_in(std::string_view(line).substr(colon + 1));
    if (!length) return {Frame::Kind::kBadHeader, ""};
  }
  return length ? read_content(stream, *length) : Frame{Frame::Kind::kBadHeader, ""};
}

void write_frame(std::ostream& stream, std::string_view content) {
  stream << "Content-Length: " << content.size() << "\r\n\r\n" << content << std::flush;
}

}  // namespace parley::lsp
