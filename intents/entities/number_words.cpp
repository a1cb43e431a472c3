#include "intents/entities/number_words.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <string>

namespace parley::intents {
namespace {

constexpr std::size_t kDigitsMax = 300;  // a double holds no more
constexpr std::size_t kNumberTokensMax = 24;
constexpr std::size_t kWordBytesMax = 80;   // of one compound number word
constexpr std::size_t kPiecesMax = 12;      // of one compound number word
constexpr std::size_t kPieceBytesMax = 24;  // of one part of it

/// Adds number words up as they are said, and knows which may follow which.
class Sum {
 public:
  explicit Sum(bool units_first) : units_first_(units_first) {}

  /// False: `value` cannot follow. `joined`: a joiner stands between ("five-and-twenty", "hundred and one").
  bool add(double value, bool joined) {
    if (value >= 1000) return scale(value);
    if (value == 100) return hundred();
    if (units_first_ && value >= 20 && current_is_unit() && joined) return put(value);  // vijf-en-twintig
    const double below = last_ == 100 || last_ >= 1000 || last_ == 0 ? 100
                         : last_ >= 20 && last_ < 100                ? 10
                                                                     : 0;
    if (any_ && (value >= below || value == 0)) return false;
    return put(value);
  }
  double value() const { return total_ + current_; }
  bool any() const { return any_; }

 private:
  bool current_is_unit() const { return any_ && last_ > 0 && last_ < 10; }
  bool put(double value) {
    current_ += value;
    last_ = value == 0 ? -1 : value;
    any_ = true;
    return true;
  }
  bool hundred() {
    const double units = current_ - (current_ >= 100 ? 100 * static_cast<int>(current_ / 100) : 0);
    if (any_ && (current_ >= 100 || units == 0) && last_ < 1000) return false;
    current_ = std::max(current_, 1.0) * 100;
    last_ = 100;
    return any_ = true;
  }
  bool scale(double value) {
    if (any_ && current_ == 0 && last_ < 1000) return false;
    if (any_ && last_ >= 1000 && current_ == 0) {  // a hundred thousand million: all of it is multiplied
      total_ *= value;
    } else {
      if (total_ > 0 && smallest_scale_ <= value) {
        current_ += total_;
        total_ = 0;
      }
      total_ += std::max(current_, 1.0) * value;
    }
    smallest_scale_ = value;
    current_ = 0;
    last_ = value;
    return any_ = true;
  }

  bool units_first_;
  double total_ = 0;
  double current_ = 0;
  double last_ = 0;
  double smallest_scale_ = std::numeric_limits<double>::infinity();
  bool any_ = false;
};

double number_of(const std::string& text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// One piece of a number word.
struct Piece {
  double value = 0;
  bool joined = false;
  bool ordinal = false;
  bool plural = false;  // "fifths"
};

const std::string* plural_ordinal(std::string_view word, const Phrases& grammar) {
  const std::string& ending = grammar.plural_ordinal();
  if (ending.empty() || !word.ends_with(ending)) return nullptr;
  return grammar.look_up("ordinal", word.substr(0, word.size() - ending.size()));
}

/// Cuts a word into number words: "honderdvijfentwintigste" -> 100, 5, en, 20th.
bool cut(std::string_view word, const Phrases& grammar, bool joined, std::vector<Piece>& pieces) {
  if (word.empty()) return !pieces.empty() && !joined;
  if (pieces.size() == kPiecesMax || (!pieces.empty() && pieces.back().ordinal)) return false;
  for (std::size_t length = std::min(word.size(), kPieceBytesMax); length >= 2; --length) {
    const std::string_view start = word.substr(0, length);
    const std::string* value = grammar.look_up("number_word", start);
    const bool last = length == word.size();
    const std::string* ordinal = last ? grammar.look_up("ordinal", start) : nullptr;
    const std::string* plural = last && !ordinal ? plural_ordinal(start, grammar) : nullptr;
    if (plural) ordinal = plural;
    if (!value && !ordinal) continue;
    pieces.push_back({number_of(ordinal ? *ordinal : *value), joined, ordinal != nullptr, plural != nullptr});
    if (cut(word.substr(length), grammar, false, pieces)) return true;
    pieces.pop_back();
  }
  for (const auto& joiner : grammar.joiners())
    if (!pieces.empty() && !joined && word.starts_with(joiner) &&
        cut(word.substr(joiner.size()), grammar, true, pieces))
      return true;
  return false;
}

class WordReader {
 public:
  WordReader(const std::vector<Token>& tokens, std::uint32_t at, const Phrases& grammar)
      : tokens_(tokens), begin_(at), grammar_(grammar), sum_(grammar.units_first()) {}

  void read(std::vector<FoundNumber>& into) {
    bool joined = false;
    std::vector<Piece> pieces;
    const std::size_t last = std::min<std::size_t>(tokens_.size(), begin_ + kNumberTokensMax);
    for (std::size_t i = begin_; i < last; ++i) {
      const Token& token = tokens_[i];
      if (i > begin_ && is_joint(token)) {
        if (joined) return;
        joined = token.text != "-";
        continue;
      }
      pieces.clear();
      if (token.kind != TokenKind::kLetters || token.text.size() > kWordBytesMax ||
          !cut(token.text, grammar_, false, pieces))
        return;
      pieces.front().joined = joined;
      if (!add(pieces)) return;
      const bool ordinal = pieces.back().ordinal;
      into.push_back({pieces.back().plural ? "ordinals"
                      : ordinal            ? "ordinal"
                                           : "cardinal",
                      static_cast<std::uint32_t>(i + 1), sum_.value(),
                      i == begin_ ? token.text : std::string_view()});
      if (ordinal) return;
      joined = false;
    }
  }

 private:
  bool is_joint(const Token& token) const {
    const auto& joiners = grammar_.joiners();
    return token.text == "-" || std::find(joiners.begin(), joiners.end(), token.text) != joiners.end();
  }
  bool add(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces)
      if (!sum_.add(piece.value, piece.joined)) return false;
    return true;
  }

  const std::vector<Token>& tokens_;
  std::uint32_t begin_;
  const Phrases& grammar_;
  Sum sum_;
};

/// Digits with signs between: reads from token `at` and keeps what could be the whole number.
class DigitReader {
 public:
  DigitReader(const std::vector<Token>& tokens, std::uint32_t at, char decimal)
      : tokens_(tokens), at_(at), decimal_(decimal), group_(decimal == '.' ? ',' : '.') {}

  void read(std::vector<FoundNumber>& into) {
    const bool negative = is("-") && may_be_sign();
    if (negative) ++at_;
    std::string plain = negative ? "-" : "";
    if (!read_whole(plain)) return;
    double value = 0;
    const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
    if (error == std::errc{} && plain.size() <= kDigitsMax) into.push_back({"decimal", at_, value, {}});
  }

 private:
  bool is(std::string_view text) const { return at_ < tokens_.size() && tokens_[at_].text == text; }
  bool digits_at(std::size_t at, bool glued) const {
    return at < tokens_.size() && tokens_[at].kind == TokenKind::kDigits && (!glued || !tokens_[at].spaced);
  }
  bool may_be_sign() const {
    return digits_at(at_ + 1, true) &&
           (at_ == 0 || tokens_[at_].spaced || tokens_[at_ - 1].text == "^" || tokens_[at_ - 1].text == "(");
  }
  /// Whether `sign` and a run of digits follow without white space.
  bool sign_follows(char sign) const {
    return at_ + 1 < tokens_.size() && !tokens_[at_].spaced &&
           tokens_[at_].text == std::string_view(&sign, 1) && digits_at(at_ + 1, true);
  }
  bool take_sign_and_digits(std::string& plain, char sign) {
    plain += sign;
    plain += tokens_[at_ + 1].text;
    at_ += 2;
    return true;
  }
  bool read_whole(std::string& plain) {
    if ((is(".") || is({&decimal_, 1})) && (at_ == 0 || tokens_[at_].spaced) && digits_at(at_ + 1, true)) {
      plain += '0';
      return take_sign_and_digits(plain, '.');
    }
    if (!digits_at(at_, false)) return false;
    const std::size_t first = tokens_[at_].text.size();
    plain += tokens_[at_++].text;
    const bool grouped =
        first <= 3 && (read_groups(plain) || read_lakh_groups(plain, first) || read_blank_groups(plain));
    if (sign_follows(decimal_) && !is_repeated(decimal_)) return take_sign_and_digits(plain, '.');
    if (!grouped && sign_follows(group_) && !is_repeated(group_) && !is_listed())
      return take_sign_and_digits(plain, '.');
    return true;
  }
  /// "1.2.3": neither sign is a decimal sign.
  bool is_repeated(char sign) const {
    return at_ + 3 < tokens_.size() && digits_at(at_ + 3, true) && !tokens_[at_ + 2].spaced &&
           tokens_[at_ + 2].text == std::string_view(&sign, 1);
  }
  /// The last of "22,24,26": the same sign stands before it too.
  bool is_listed() const {
    return at_ >= 3 && !tokens_[at_ - 1].spaced && !tokens_[at_ - 2].spaced &&
           tokens_[at_ - 2].text == std::string_view(&group_, 1) &&
           tokens_[at_ - 3].kind == TokenKind::kDigits;
  }
  /// "12,34,567": pairs of digits before the last three, as in India.
  bool read_lakh_groups(std::string& plain, std::size_t first) {
    std::uint32_t at = at_;
    std::string digits;
    const auto group = [&](std::size_t size) {
      const bool found = digits.size() < kDigitsMax && at + 1 < tokens_.size() && !tokens_[at].spaced &&
                         tokens_[at].text == std::string_view(&group_, 1) && digits_at(at + 1, true) &&
                         tokens_[at + 1].text.size() == size;
      if (!found) return false;
      digits += tokens_[at + 1].text;
      at += 2;
      return true;
    };
    if (first > 2 || !group(2)) return false;
    while (group(2)) {
    }
    if (!group(3)) return false;
    plain += digits;
    at_ = at;
    return true;
  }
  bool read_groups(std::string& plain) {
    std::uint32_t at = at_;
    std::string digits;
    while (digits.size() < kDigitsMax && at + 1 < tokens_.size() && !tokens_[at].spaced &&
           tokens_[at].text == std::string_view(&group_, 1) && digits_at(at + 1, true) &&
           tokens_[at + 1].text.size() == 3) {
      digits += tokens_[at + 1].text;
      at += 2;
    }
    const bool broken = at + 1 < tokens_.size() && !tokens_[at].spaced &&
                        tokens_[at].text == std::string_view(&group_, 1) && digits_at(at + 1, true);
    if (digits.empty() || broken) return false;
    plain += digits;
    at_ = at;
    return true;
  }
  bool read_blank_groups(std::string& plain) {
    std::uint32_t at = at_;
    std::string digits;
    while (digits.size() < kDigitsMax && digits_at(at, false) && tokens_[at].spaced &&
           tokens_[at].text.size() == 3)
      digits += tokens_[at++].text;
    if (at - at_ < 2) return false;
    plain += digits;
    at_ = at;
    return true;
  }

  const std::vector<Token>& tokens_;
  std::uint32_t at_;
  char decimal_;
  char group_;
};

}  // namespace

std::vector<FoundNumber> written_numbers(const std::vector<Token>& tokens, std::uint32_t at,
                                         const Phrases& grammar) {
  std::vector<FoundNumber> found;
  if (tokens[at].kind == TokenKind::kLetters)
    WordReader(tokens, at, grammar).read(found);
  else
    DigitReader(tokens, at, grammar.decimal()).read(found);
  std::reverse(found.begin(), found.end());
  return found;
}

double digits_value(std::string_view digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return error == std::errc{} ? value : std::numeric_limits<double>::infinity();
}

}  // namespace parley::intents
