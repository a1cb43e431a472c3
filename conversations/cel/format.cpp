// `"%s is %d".format([name, age])`: the string extension's formatting.
//
// A clause is % [.precision] letter: s any value, d whole or other numbers, f and e numbers with so many
// digits behind the point (6 when not said), x X o b numbers in base 16, 8 and 2, and x X also the bytes of a
// text. %% is a percent sign. Source:
// https://github.com/google/cel-spec/blob/master/doc/extensions/strings.md
#include <array>
#include <charconv>
#include <cmath>
#include <optional>

#include "conversations/cel/functions.h"
#include "conversations/cel/numbers.h"

namespace parley::cel {
namespace {

constexpr int kPrecisionDefault = 6;
constexpr int kPrecisionMax = 1000;
constexpr std::size_t kDigitsMax = 310;  // of a double before its point

Value misfit(char letter, const Value& value) {
  return Value::error("error during formatting: %" + std::string(1, letter) + " does not take a " +
                      value.type_name());
}

std::string in_base(std::uint64_t magnitude, bool negative, int base) {
  std::array<char, 65> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude, base).ptr;
  return (negative ? "-" : "") + std::string(buffer.data(), end);
}

// Of an int or uint.
std::string whole_in_base(const Value& value, int base) {
  if (value.is(Kind::kUint)) return in_base(value.as_uint(), false, base);
  const auto bits = static_cast<std::uint64_t>(value.as_int());
  return in_base(value.as_int() < 0 ? 0 - bits : bits, value.as_int() < 0, base);
}

std::string hex_bytes(const std::string& bytes) {
  static constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes)
    text.append(1, kDigits[static_cast<unsigned char>(c) >> 4])
        .append(1, kDigits[static_cast<unsigned char>(c) & 15]);
  return text;
}

std::string upper(std::string text) {
  for (char& c : text)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return text;
}

double as_number(const Value& value) {
  if (value.is(Kind::kInt)) return static_cast<double>(value.as_int());
  return value.is(Kind::kUint) ? static_cast<double>(value.as_uint()) : value.as_double();
}

std::string with_precision(double number, char letter, int precision) {
  if (!std::isfinite(number)) return to_text(number);
  std::string buffer(kDigitsMax + static_cast<std::size_t>(precision) + 10, '\0');
  const auto style = letter == 'f' ? std::chars_format::fixed : std::chars_format::scientific;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number, style, precision).ptr;
  return {buffer.data(), end};
}

// Nullopt: the letter does not take this kind of value.
std::optional<std::string> clause(char letter, int precision, const Value& value) {
  const bool whole = value.is(Kind::kInt) || value.is(Kind::kUint);
  switch (letter) {
    case 's':
      return to_text(value);
    case 'd':
      return value.is_number() ? std::optional(to_text(value)) : std::nullopt;
    case 'f':
    case 'e':
      return value.is_number() ? std::optional(with_precision(as_number(value), letter, precision))
                               : std::nullopt;
    case 'o':
      return whole ? std::optional(whole_in_base(value, 8)) : std::nullopt;
    case 'b':
      if (value.is(Kind::kBool)) return value.as_bool() ? "1" : "0";
      return whole ? std::optional(whole_in_base(value, 2)) : std::nullopt;
    case 'x':
      if (value.is(Kind::kString)) return hex_bytes(value.as_text());
      if (value.is(Kind::kBytes)) return hex_bytes(value.as_bytes());
      return whole ? std::optional(whole_in_base(value, 16)) : std::nullopt;
    case 'X':
      if (auto text = clause('x', precision, value)) return upper(*text);
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

// Reads ".12" at the front and takes it off. Nullopt: malformed or too large.
std::optional<int> take_precision(std::string_view& rest) {
  if (!rest.starts_with('.')) return kPrecisionDefault;
  int precision = 0;
  const auto [end, error] = std::from_chars(rest.data() + 1, rest.data() + rest.size(), precision);
  if (error != std::errc() || precision < 0 || precision > kPrecisionMax) return std::nullopt;
  rest.remove_prefix(static_cast<std::size_t>(end - rest.data()));
  return precision;
}

}  // namespace

Value format_text(const std::string& format, const ListValue& arguments, Budget& budget) {
  std::string text;
  std::size_t used = 0;
  for (std::string_view rest = format; !rest.empty();) {
    const std::size_t percent = std::min(rest.find('%'), rest.size());
    text += rest.substr(0, percent);
    rest.remove_prefix(percent);
    if (rest.empty()) break;
    rest.remove_prefix(1);
    if (rest.starts_with('%')) {
      text += '%';
      rest.remove_prefix(1);
      continue;
    }
    const auto precision = take_precision(rest);
    if (!precision) return Value::error("error during formatting: a precision is a number from 0 to 1000");
    if (rest.empty()) return Value::error("error during formatting: unexpected end of format string");
    const char letter = rest.front();
    rest.remove_prefix(1);
    if (std::string_view("sdfexXob").find(letter) == std::string_view::npos)
      return Value::error("error during formatting: unrecognized formatting clause \"" +
                          std::string(1, letter) + "\"");
    if (used >= arguments.size())
      return Value::error("error during formatting: index " + std::to_string(used) + " out of range");
    const Value& argument = arguments[used++];
    if (!budget.charge(1 + argument.weight() + static_cast<std::size_t>(*precision) / 64))
      return over_budget();
    const auto piece = clause(letter, *precision, argument);
    if (!piece) return misfit(letter, argument);
    text += *piece;
  }
  return Value::text(std::move(text));
}

}  // namespace parley::cel
