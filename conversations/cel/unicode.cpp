#include "conversations/cel/unicode.h"

#include <unicode/utf8.h>

namespace parley::cel {
namespace {

// The code point at `index`, which moves behind it; negative where the bytes are not UTF-8.
UChar32 next(std::string_view text, int32_t& index) {
  UChar32 code_point = 0;
  U8_NEXT(text.data(), index, static_cast<int32_t>(text.size()), code_point);
  return code_point;
}

}  // namespace

bool is_utf8(std::string_view text) {
  for (int32_t index = 0; index < static_cast<int32_t>(text.size());)
    if (next(text, index) < 0) return false;
  return true;
}

std::size_t count_code_points(std::string_view utf8) {
  std::size_t count = 0;
  for (int32_t index = 0; index < static_cast<int32_t>(utf8.size()); ++count)
    next(utf8, index);
  return count;
}

std::u32string decode_utf8(std::string_view utf8) {
  std::u32string code_points;
  bool after_bad = false;
  for (int32_t index = 0; index < static_cast<int32_t>(utf8.size());) {
    const UChar32 code_point = next(utf8, index);
    if (code_point >= 0) code_points.push_back(static_cast<char32_t>(code_point));
    if (code_point < 0 && !after_bad) code_points.push_back(0xFFFD);
    after_bad = code_point < 0;
  }
  return code_points;
}

std::string encode_utf8(std::u32string_view code_points) {
  std::string text;
  for (const char32_t code_point : code_points)
    append_utf8(text, code_point);
  return text;
}

void append_utf8(std::string& text, char32_t code_point) {
  char buffer[U8_MAX_LENGTH];
  int32_t length = 0;
  U8_APPEND_UNSAFE(buffer, length, static_cast<UChar32>(code_point));
  text.append(buffer, static_cast<std::size_t>(length));
}

}  // namespace parley::cel
