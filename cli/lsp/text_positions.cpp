#include "cli/lsp/text_positions.h"

#include <algorithm>

namespace parley::lsp {
namespace {

bool continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

// UTF-16 code units of the character that begins with this byte.
std::size_t units_of(char first) {
  return static_cast<unsigned char>(first) >= 0xF0 ? 2 : 1;
}

bool is_line_end(char c) {
  return c == '\n' || c == '\r';
}

std::size_t next_character(std::string_view text, std::size_t at) {
  ++at;
  while (at < text.size() && continues(text[at]))
    ++at;
  return at;
}

}  // namespace

TextPositions::TextPositions(std::string_view text) : text_(text), client_lines_{0}, finding_lines_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') finding_lines_.push_back(i + 1);
    const bool half_of_pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
    if (is_line_end(text[i]) && !half_of_pair) client_lines_.push_back(i + 1);
  }
}

ClientPosition TextPositions::client(std::size_t byte) const {
  byte = std::min(byte, text_.size());
  const auto after = std::upper_bound(client_lines_.begin(), client_lines_.end(), byte);
  ClientPosition position{static_cast<std::size_t>(after - client_lines_.begin()) - 1, 0};
  for (std::size_t at = *std::prev(after); at < byte; at = next_character(text_, at))
    position.character += units_of(text_[at]);
  return position;
}

std::size_t TextPositions::byte(ClientPosition position) const {
  if (position.line >= client_lines_.size()) return text_.size();
  std::size_t at = client_lines_[position.line];
  for (std::size_t units = 0; at < text_.size() && !is_line_end(text_[at]);) {
    units += units_of(text_[at]);
    if (units > position.character) break;
    at = next_character(text_, at);
  }
  return at;
}

std::size_t TextPositions::byte(config::Position position) const {
  const auto line = static_cast<std::size_t>(std::max(position.line, 1)) - 1;
  if (line >= finding_lines_.size()) return text_.size();
  std::size_t at = finding_lines_[line];
  for (int column = 1; column < position.column && at < text_.size() && text_[at] != '\n'; ++column)
    at = next_character(text_, at);
  return at;
}

Json to_json(ClientPosition position) {
  return {{"line", position.line}, {"character", position.character}};
}

Json to_json(const TextPositions& positions, ByteRange range) {
  return {{"start", to_json(positions.client(range.begin))}, {"end", to_json(positions.client(range.end))}};
}

}  // namespace parley::lsp
