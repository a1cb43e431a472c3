// From a byte of a scalar's value back to its place in the file.
//
// yaml-cpp tells only where a scalar begins. Its text in the file and its value are walked side by side:
// quotes, escapes and the white space of folded lines are where they differ. White space is matched run
// against run, since folding turns a line end and the next line's indentation into one space.
//
//   file    - say: >-\n    Hello {nam},\n    you      value   Hello {nam}, you
//
// Exact for plain, quoted and block scalars; behind an unusual escape the column may be off by a few.
#include <algorithm>

#include "config/yaml.h"

namespace parley::config {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  while (at < text.size() && is_space(text[at]))
    ++at;
  return at;
}

// Bytes of the file that an escape of a double-quoted scalar takes.
std::size_t escape_length(std::string_view source, std::size_t at) {
  const char kind = at + 1 < source.size() ? source[at + 1] : '\0';
  return kind == 'x' ? 4 : kind == 'u' ? 6 : kind == 'U' ? 10 : 2;
}

// Bytes of the value from `at` that one escape made: one code point.
std::size_t code_point_length(std::string_view value, std::size_t at) {
  std::size_t length = 1;
  while (at + length < value.size() && (static_cast<unsigned char>(value[at + length]) & 0xC0) == 0x80)
    ++length;
  return length;
}

// The first byte of a scalar's own text: behind tags, anchors and the opening quote or block indicator.
// `style` is the quote or indicator, or 0 for a plain scalar.
std::size_t content_start(std::string_view source, std::size_t at, char& style) {
  while (at < source.size() && (source[at] == '!' || source[at] == '&')) {
    while (at < source.size() && !is_space(source[at]))
      ++at;
    at = skip_spaces(source, at);
  }
  style = at < source.size() ? source[at] : '\0';
  if (style == '"' || style == '\'') return at + 1;
  if (style != '|' && style != '>') {
    style = '\0';
    return at;
  }
  return skip_spaces(source, std::min(source.find('\n', at), source.size()));
}

// Walks `source` from `at` until `offset` bytes of `value` are passed.
std::size_t walk(std::string_view source, std::size_t at, char style, std::string_view value,
                 std::size_t offset) {
  std::size_t passed = 0;
  while (passed < offset && at < source.size()) {
    if (style == '"' && source[at] == '\\' && at + 1 < source.size() && is_space(source[at + 1])) {
      at = skip_spaces(source, at + 1);  // an escaped line end stands for nothing
    } else if (style == '"' && source[at] == '\\') {
      at += escape_length(source, at);
      passed += code_point_length(value, passed);
    } else if (is_space(value[passed]) && is_space(source[at])) {
      const bool folded =
          source.substr(at, skip_spaces(source, at) - at).find('\n') != std::string_view::npos;
      at = folded ? skip_spaces(source, at) : at + 1;
      passed = folded ? skip_spaces(value, passed) : passed + 1;
    } else {
      at += style == '\'' && source[at] == '\'' ? 2 : 1;
      ++passed;
    }
  }
  return std::min(at, source.size());
}

}  // namespace

Position Node::position_at(std::size_t offset) const {
  if (!is_scalar()) return position_;
  const std::string& value = yaml_.Scalar();
  const std::string_view source = file_->text();
  char style = '\0';
  const std::size_t start = content_start(source, file_->byte_at(position_), style);
  return file_->position_of_byte(walk(source, start, style, value, std::min(offset, value.size())));
}

std::size_t YamlFile::byte_at(Position position) const {
  if (position.line < 1 || static_cast<std::size_t>(position.line) > line_starts_.size()) return 0;
  std::size_t at = line_starts_[static_cast<std::size_t>(position.line) - 1];
  for (int column = 1; column < position.column && at < text_.size(); ++column) {
    ++at;
    while (at < text_.size() && (static_cast<unsigned char>(text_[at]) & 0xC0) == 0x80)
      ++at;
  }
  return at;
}

Position YamlFile::position_of_byte(std::size_t byte) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), byte);
  const std::size_t line = static_cast<std::size_t>(after - line_starts_.begin());
  if (line == 0) return {};
  const std::string_view before =
      std::string_view(text_).substr(line_starts_[line - 1], byte - line_starts_[line - 1]);
  const auto starts_character = [](unsigned char c) { return (c & 0xC0) != 0x80; };
  return {static_cast<int>(line),
          1 + static_cast<int>(std::count_if(before.begin(), before.end(), starts_character))};
}

}  // namespace parley::config
