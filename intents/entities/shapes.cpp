#include "intents/entities/shapes.h"

#include <algorithm>
#include <array>

namespace parley::intents {
namespace {

constexpr std::int64_t kPatternMemoryBytes = 4 << 20;
constexpr std::size_t kMatchesMax = 256;  // of one kind in one text
constexpr std::size_t kIbanMin = 15, kIbanMax = 34;
constexpr std::size_t kPhoneMin = 7, kPhoneMax = 13;  // digits of a national number, its leading 0 included
constexpr std::size_t kNationalMin = 5;               // digits after a calling code
constexpr std::size_t kInternationalMax = 15;         // E.164, without + or 00; one more for a (0)
constexpr std::size_t kCardMin = 13, kCardMax = 19;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Calling codes of ITU-T E.164: one digit for zones 1 and 7, two for these, three for all others.
constexpr std::array<std::string_view, 44> kTwoDigitCodes = {
    "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
    "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
    "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95", "98"};

/// How many digits of an international number are its calling code, 0 when there is none such.
std::size_t calling_code(std::string_view digits) {
  if (digits.empty() || digits[0] == '0') return 0;
  if (digits[0] == '1' || digits[0] == '7') return 1;
  const bool two =
      std::find(kTwoDigitCodes.begin(), kTwoDigitCodes.end(), digits.substr(0, 2)) != kTwoDigitCodes.end();
  return two ? 2 : 3;
}

bool passes(std::string_view kind, std::string_view text) {
  if (kind == "iban") return is_iban(text);
  if (kind == "card") return is_card_number(text);
  return kind != "phone" || is_phone_number(text);
}

/// Marks that end a sentence or close a bracket are not part of an address.
std::size_t trimmed_end(std::string_view text, std::size_t begin, std::size_t end) {
  while (end > begin + 1 && std::string_view(".,;:!?'\")]}>").find(text[end - 1]) != std::string_view::npos)
    --end;
  return end;
}

}  // namespace

Shapes::Shapes(const config::Node& root) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_case_sensitive(false);
  options.set_longest_match(true);
  options.set_max_mem(kPatternMemoryBytes);
  for (const auto& kind : root.get("shapes").entries())
    for (const auto& pattern : kind.value.items()) {
      auto compiled = std::make_unique<RE2>(pattern.text().value_or(""), options);
      if (!compiled->ok() || compiled->NumberOfCapturingGroups() < 1)
        pattern.error("bad-pattern", "a shape needs one group around the entity: " + compiled->error());
      else
        shapes_.push_back({kind.name, std::move(compiled)});
    }
}

void Shapes::find(std::string_view text, std::vector<ShapeMatch>& into) const {
  const re2::StringPiece whole(text.data(), text.size());
  for (const Shape& shape : shapes_) {
    std::size_t at = 0, count = 0;
    re2::StringPiece groups[2];
    while (at < text.size() && count < kMatchesMax &&
           shape.pattern->Match(whole, at, whole.size(), RE2::UNANCHORED, groups, 2) && !groups[1].empty()) {
      const auto begin = static_cast<std::size_t>(groups[1].data() - whole.data());
      const std::size_t end =
          shape.kind == "url" ? trimmed_end(text, begin, begin + groups[1].size()) : begin + groups[1].size();
      if (passes(shape.kind, text.substr(begin, end - begin))) into.push_back({shape.kind, begin, end});
      at = std::max(end, begin + 1);
      ++count;
    }
  }
}

std::string compact(std::string_view text) {
  std::string result;
  for (const char c : text)
    if (c != ' ' && c != '-' && c != '.') result += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return result;
}

bool is_iban(std::string_view text) {
  const std::string plain = compact(text);
  if (plain.size() < kIbanMin || plain.size() > kIbanMax) return false;
  int rest = 0;
  for (const char c : plain.substr(4) + plain.substr(0, 4)) {
    if (is_digit(c))
      rest = (rest * 10 + (c - '0')) % 97;
    else if (c >= 'A' && c <= 'Z')
      rest = (rest * 100 + (c - 'A' + 10)) % 97;
    else
      return false;
  }
  return rest == 1;
}

bool is_card_number(std::string_view text) {
  const std::string plain = compact(text);
  if (plain.size() < kCardMin || plain.size() > kCardMax ||
      !std::all_of(plain.begin(), plain.end(), is_digit))
    return false;
  int sum = 0;
  bool doubled = false;
  for (auto c = plain.rbegin(); c != plain.rend(); ++c, doubled = !doubled) {
    const int digit = (*c - '0') * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 == 0;
}

bool is_phone_number(std::string_view text) {
  text = text.substr(0, text.find_first_of("xXeE"));  // an extension does not count
  std::string digits;
  for (const char c : text)
    if (is_digit(c)) digits += c;
  const bool plus = text.find('+') != std::string_view::npos;
  const bool international = plus || digits.starts_with("00");
  if (!international) return digits.size() >= kPhoneMin && digits.size() <= kPhoneMax;
  if (!plus) digits.erase(0, 2);
  const std::size_t code = calling_code(digits);
  if (code == 0) return false;
  const std::size_t national = digits.size() - code;
  return national >= kNationalMin && digits.size() <= kInternationalMax;
}

}  // namespace parley::intents
