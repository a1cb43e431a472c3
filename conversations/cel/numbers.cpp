#include "conversations/cel/numbers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <limits>

namespace parley::cel {
namespace {

constexpr double kPlainBelow = 1e21;
constexpr double kPlainFrom = 1e-6;

std::optional<std::string> not_finite(double number) {
  if (std::isnan(number)) return "NaN";
  if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
  return std::nullopt;
}

std::string print(double number, std::chars_format format) {
  std::array<char, 400> buffer{};  // the smallest double has 324 zeros and up to 17 digits
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, format).ptr;
  return {buffer.data(), end};
}

std::optional<double> parse_not_finite(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char c) { return std::tolower(c); });
  if (lower == "nan") return std::numeric_limits<double>::quiet_NaN();
  if (lower != "inf" && lower != "infinity") return std::nullopt;
  return negative ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
}

// Out of range: too large or too small, which the sign of the exponent tells.
double saturated(std::string_view text) {
  const auto exponent = text.find_first_of("eE");
  const bool tiny = exponent != std::string_view::npos ? text.substr(exponent + 1).starts_with('-')
                                                       : text.find_first_of("123456789") > text.find('.');
  const double size = tiny ? 0.0 : std::numeric_limits<double>::infinity();
  return text.starts_with('-') ? -size : size;
}

}  // namespace

std::string to_text(double number) {
  if (auto text = not_finite(number)) return *text;
  const double size = std::abs(number);
  if (size != 0 && (size >= kPlainBelow || size < kPlainFrom))
    return print(number, std::chars_format::scientific);
  return print(number, std::chars_format::fixed);
}

std::string to_plain_text(double number) {
  if (auto text = not_finite(number)) return *text;
  return print(number, std::chars_format::fixed);
}

std::optional<double> parse_double(std::string_view text) {
  if (text.empty() || text.find_first_of("0123456789") == std::string_view::npos)
    return parse_not_finite(text);
  std::string_view digits = text;
  if (digits.starts_with('+')) digits.remove_prefix(1);
  if ((digits.size() < text.size() && digits.starts_with('-')) ||
      digits.find_first_of("xXnN") != std::string_view::npos)
    return std::nullopt;
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (end != digits.data() + digits.size()) return std::nullopt;
  if (error == std::errc::result_out_of_range) return saturated(digits);
  if (error != std::errc()) return std::nullopt;
  return number;
}

std::optional<std::int64_t> parse_int(std::string_view text) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return std::nullopt;
  }
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<std::uint64_t> parse_uint(std::string_view text) {
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace parley::cel
