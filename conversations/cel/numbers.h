// Numbers as text and back, without a locale.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::cel {

/// The shortest digits that read back as the same double: "2", "-0.0045", "1e+30" from 21 digits on, "NaN",
/// "-Infinity".
std::string to_text(double number);
/// Never with an exponent, as %s of format wants it.
std::string to_plain_text(double number);
/// Reads all of `text`: digits with an optional sign, point and exponent, or NaN, Inf, Infinity in any case.
/// What is too large for a double is infinite.
std::optional<double> parse_double(std::string_view text);
std::optional<std::int64_t> parse_int(std::string_view text);    // decimal, with an optional sign
std::optional<std::uint64_t> parse_uint(std::string_view text);  // decimal, no sign

}  // namespace parley::cel
