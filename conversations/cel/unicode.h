// UTF-8 as code points and back; CEL counts text in code points.
#pragma once

#include <string>
#include <string_view>

namespace parley::cel {

bool is_utf8(std::string_view text);
std::size_t count_code_points(std::string_view utf8);
/// Each run of bytes that is not UTF-8 becomes one U+FFFD.
std::u32string decode_utf8(std::string_view utf8);
std::string encode_utf8(std::u32string_view code_points);
void append_utf8(std::string& text, char32_t code_point);

}  // namespace parley::cel
