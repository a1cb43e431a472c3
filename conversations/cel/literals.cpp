#include "conversations/cel/literals.h"

#include <charconv>
#include <cstdint>
#include <limits>

#include "conversations/cel/numbers.h"
#include "conversations/cel/unicode.h"

namespace parley::cel {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char at(std::string_view source, std::size_t index) {
  return index < source.size() ? source[index] : '\0';
}

std::size_t skip_digits(std::string_view source, std::size_t index) {
  while (is_digit(at(source, index)))
    ++index;
  return index;
}

// Behind the fraction and exponent of a number whose whole digits end at `index`; the same index when there
// is neither.
std::size_t skip_fraction(std::string_view source, std::size_t index) {
  if (at(source, index) == '.' && is_digit(at(source, index + 1))) index = skip_digits(source, index + 1);
  const char e = at(source, index), sign = at(source, index + 1);
  if (e != 'e' && e != 'E') return index;
  const std::size_t digits = index + (sign == '+' || sign == '-' ? 2 : 1);
  return is_digit(at(source, digits)) ? skip_digits(source, digits) : index;
}

std::variant<Literal, Problem> make_whole(std::size_t length, std::uint64_t magnitude, bool is_unsigned,
                                          std::size_t offset) {
  constexpr std::uint64_t kIntMax = std::numeric_limits<std::int64_t>::max();
  if (is_unsigned) return Literal{length, Value::unsigned_integer(magnitude)};
  if (magnitude <= kIntMax) return Literal{length, Value::integer(static_cast<std::int64_t>(magnitude))};
  if (magnitude == kIntMax + 1)
    return Literal{length, Value::integer(std::numeric_limits<std::int64_t>::min()), true};
  return Problem{offset, "this number is too large for an int",
                 "write it as a uint (with u behind it) or with a decimal point"};
}

// Reads what stands between the quotes.
class QuotedText {
 public:
  QuotedText(std::string_view source, std::size_t offset) : source_(source), start_(offset), index_(offset) {
    for (; at(source_, index_) != '"' && at(source_, index_) != '\''; ++index_) {
      bytes_ |= at(source_, index_) == 'b' || at(source_, index_) == 'B';
      raw_ |= at(source_, index_) == 'r' || at(source_, index_) == 'R';
    }
    const std::string triple(3, source_[index_]);
    quote_ = source_.substr(index_, source_.substr(index_, 3) == triple ? 3 : 1);
    index_ += quote_.size();
  }

  std::variant<Literal, Problem> read() {
    while (source_.substr(index_, quote_.size()) != quote_) {
      const char c = at(source_, index_);
      if (index_ >= source_.size())
        return Problem{start_, "this text has no closing " + std::string(quote_), ""};
      if (quote_.size() == 1 && (c == '\n' || c == '\r'))
        return Problem{start_, "a text in single quote marks ends on its line",
                       "use three quote marks for several lines"};
      if (c != '\\' || raw_) {
        text_ += c;
        ++index_;
      } else if (!escape()) {
        return Problem{index_, "this escape is not known here",
                       bytes_ ? "in bytes: \\n \\t \\\\ \\\" \\xFF \\377"
                              : "known: \\n \\t \\\\ \\\" \\xFF \\u00FF \\U0001F600 \\377"};
      }
    }
    const std::size_t length = index_ + quote_.size() - start_;
    return Literal{length, bytes_ ? Value::bytes(std::move(text_)) : Value::text(std::move(text_))};
  }

 private:
  // At a backslash: appends what it stands for and moves behind it.
  bool escape() {
    static constexpr std::string_view kLetters = "abfnrtv\\?\"'`";
    static constexpr std::string_view kMeanings = "\a\b\f\n\r\t\v\\?\"'`";
    const char letter = at(source_, index_ + 1);
    const std::size_t simple = kLetters.find(letter);
    if (letter != '\0' && simple != std::string_view::npos) {
      text_ += kMeanings[simple];
      index_ += 2;
      return true;
    }
    if (letter == 'x' || letter == 'X') return octet(2, 2, 16);
    if (letter >= '0' && letter <= '3') return octet(1, 3, 8);
    if (bytes_) return false;
    return (letter == 'u' && code_point(4)) || (letter == 'U' && code_point(8));
  }

  // `count` digits from `skip` bytes on; negative when they are not there.
  std::int64_t digits(std::size_t skip, std::size_t count, int base) const {
    std::int64_t value = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const int digit = hex_digit(at(source_, index_ + skip + i));
      if (digit < 0 || digit >= base) return -1;
      value = value * base + digit;
    }
    return value;
  }

  bool octet(std::size_t skip, std::size_t count, int base) {
    const std::int64_t value = digits(skip, count, base);
    if (value < 0) return false;
    if (bytes_) text_ += static_cast<char>(value);
    if (!bytes_) append_utf8(text_, static_cast<char32_t>(value));
    index_ += skip + count;
    return true;
  }

  bool code_point(std::size_t count) {
    std::int64_t value = digits(2, count, 16);
    if (value < 0 || value > 0x10FFFF || (value >= 0xDC00 && value <= 0xDFFF)) return false;
    index_ += 2 + count;
    if (value >= 0xD800 && value <= 0xDBFF) {  // the first half of a pair
      const bool paired = at(source_, index_) == '\\' && at(source_, index_ + 1) == 'u';
      const std::int64_t low = paired ? digits(2, 4, 16) : -1;
      if (low < 0xDC00 || low > 0xDFFF) return false;
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
      index_ += 6;
    }
    append_utf8(text_, static_cast<char32_t>(value));
    return true;
  }

  std::string_view source_, quote_;
  std::size_t start_, index_;
  bool raw_ = false, bytes_ = false;
  std::string text_;
};

}  // namespace

std::variant<Literal, Problem> read_number(std::string_view source, std::size_t offset) {
  const bool hex =
      at(source, offset) == '0' && at(source, offset + 1) == 'x' && hex_digit(at(source, offset + 2)) >= 0;
  std::size_t end = hex ? offset + 2 : skip_digits(source, offset);
  while (hex && hex_digit(at(source, end)) >= 0)
    ++end;
  const std::size_t fraction_end = hex ? end : skip_fraction(source, end);
  if (fraction_end > end) {
    const auto number = parse_double(source.substr(offset, fraction_end - offset));
    return Literal{fraction_end - offset, Value::number(number.value_or(0))};
  }
  std::uint64_t magnitude = 0;
  const std::size_t first = offset + (hex ? 2 : 0);
  const auto result = std::from_chars(source.data() + first, source.data() + end, magnitude, hex ? 16 : 10);
  if (result.ec != std::errc()) return Problem{offset, "this number is too large for an int or uint", ""};
  const bool is_unsigned = at(source, end) == 'u' || at(source, end) == 'U';
  return make_whole(end - offset + (is_unsigned ? 1 : 0), magnitude, is_unsigned, offset);
}

bool begins_quoted(std::string_view source, std::size_t offset) {
  if (at(source, offset) == 'b' || at(source, offset) == 'B') ++offset;
  if (at(source, offset) == 'r' || at(source, offset) == 'R') ++offset;
  return at(source, offset) == '"' || at(source, offset) == '\'';
}

std::variant<Literal, Problem> read_quoted(std::string_view source, std::size_t offset) {
  return QuotedText(source, offset).read();
}

}  // namespace parley::cel
