#include "intents/entities/numbers.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace parley::intents {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

template <typename Number>
std::optional<Number> plain_number(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

/// Whether every `separator` stands before exactly three digits, so that it groups thousands.
bool groups_thousands(std::string_view text, char separator) {
  for (std::size_t at = text.find(separator); at != std::string_view::npos;
       at = text.find(separator, at + 1)) {
    std::size_t digits = 0;
    while (at + 1 + digits < text.size() && is_digit(text[at + 1 + digits]))
      ++digits;
    if (digits != 3) return false;
  }
  return true;
}

/// "1.250,50" with the decimal sign ',' -> 1250.5; "12.50" with ',' -> 12.5, since no thousands are grouped.
std::optional<double> parse_digits(std::string_view text, char decimal) {
  const char group = decimal == '.' ? ',' : '.';
  const bool grouped = groups_thousands(text, group);
  const bool decimal_groups = std::count(text.begin(), text.end(), decimal) > 1;
  std::string plain;
  for (const char c : text) {
    if (is_digit(c) || (c == '-' && plain.empty()))
      plain += c;
    else if (c == decimal && !decimal_groups)
      plain += '.';
    else if (c == group && !grouped)
      plain += '.';
  }
  return plain_number<double>(plain);
}

/// The longest word of `table` that `text` begins with.
const std::string* longest_prefix(std::string_view text, const Grammar::Table& table, std::size_t& length) {
  const std::string* value = nullptr;
  length = 0;
  for (const auto& [word, number] : table)
    if (word.size() > length && text.substr(0, word.size()) == word) {
      length = word.size();
      value = &number;
    }
  return value;
}

/// Adds number words up: below a hundred they add, a hundred and above multiply what stands before them.
class WordSum {
 public:
  void add(double value) {
    if (value >= 1000) {
      total_ += std::max(current_, 1.0) * value;
      current_ = 0;
    } else if (value == 100) {
      current_ = std::max(current_, 1.0) * value;
    } else {
      current_ += value;
    }
    any_ = true;
  }
  std::optional<double> value() const { return any_ ? std::optional(total_ + current_) : std::nullopt; }

 private:
  double total_ = 0;
  double current_ = 0;
  bool any_ = false;
};

std::optional<double> parse_words(std::string_view text, const Grammar& grammar,
                                  std::optional<double> start) {
  WordSum sum;
  if (start) sum.add(*start);
  while (!text.empty()) {
    std::size_t length = 0;
    if (const std::string* value = longest_prefix(text, grammar.table("number_word"), length)) {
      sum.add(plain_number<double>(*value).value_or(0));
    } else {
      for (const auto& joiner : grammar.joiners())
        if (text.substr(0, joiner.size()) == joiner) length = std::max(length, joiner.size());
      if (text[0] == ' ' || text[0] == '-') length = std::max<std::size_t>(length, 1);
      if (length == 0) return std::nullopt;
    }
    text.remove_prefix(length);
  }
  return sum.value();
}

}  // namespace

std::optional<double> parse_number(std::string_view text, const Grammar& grammar) {
  if (text.empty()) return std::nullopt;
  if (!is_digit(text[0]) && text[0] != '-') return parse_words(text, grammar, std::nullopt);
  const std::size_t blank = text.find(' ');
  const auto digits = parse_digits(text.substr(0, blank), grammar.decimal());
  if (!digits || blank == std::string_view::npos) return digits;
  std::size_t length = 0;
  const std::string* factor = longest_prefix(text.substr(blank + 1), grammar.table("number_word"), length);
  return factor ? *digits * plain_number<double>(*factor).value_or(1) : *digits;
}

std::optional<double> parse_count(std::string_view text, const Grammar& grammar) {
  if (const std::string* value = grammar.look_up("article", text)) return plain_number<double>(*value);
  return parse_number(text, grammar);
}

std::optional<int> parse_ordinal(std::string_view text, const Grammar& grammar) {
  if (text.empty()) return std::nullopt;
  if (is_digit(text[0])) return plain_number<int>(text);
  if (const std::string* value = grammar.look_up("ordinal", text)) return plain_number<int>(*value);
  const auto number = parse_number(text, grammar);
  return number && *number < 1000 ? std::optional(static_cast<int>(std::lround(*number))) : std::nullopt;
}

}  // namespace parley::intents
