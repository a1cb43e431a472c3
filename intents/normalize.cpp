// One pass over the code points. ASCII, nearly all that is typed, never reaches ICU: a table says letter,
// blank or mark. Any other code point is folded alone, which is why its origin is known exactly; a composed
// letter and its decomposed spelling still meet, because accents are dropped. Only runs in scripts without
// spaces are shown to ICU's word breaker.
#include "intents/normalize.h"

#include <memory>
#include <unicode/brkiter.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>
#include <unicode/utf8.h>

#include "engine/limits.h"

namespace parley::intents {
namespace {

enum class Role { kWord, kUnspacedWord, kSymbol, kMark, kBlank, kNothing };

const icu::Normalizer2& folding() {
  static const icu::Normalizer2* const kFolding = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKCCasefoldInstance(status);
  }();
  return *kFolding;
}

/// Typographic apostrophes and dashes, as phones put them in, become those of the keyboard.
UChar32 plain_mark(UChar32 c) {
  if (c == 0x2018 || c == 0x2019 || c == 0x02BC) return '\'';
  return c >= 0x2010 && c <= 0x2015 ? '-' : c;
}

bool is_combining_accent(UChar32 c) {
  return c >= 0x0300 && c <= 0x036F;
}
bool is_hangul_syllable(UChar32 c) {
  return c >= 0xAC00 && c <= 0xD7A3;
}

/// Whether the script leaves out spaces between words.
bool is_unspaced(UChar32 c) {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(c, &status);
  return U_SUCCESS(status) && uscript_breaksBetweenLetters(script);
}

Role role_of_ascii(unsigned char c) {
  if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return Role::kWord;
  return c <= ' ' || c == 0x7F ? Role::kBlank : Role::kMark;
}

Role role_of(UChar32 c) {
  if (c < 0) return Role::kBlank;
  if (c < 0x80) return role_of_ascii(static_cast<unsigned char>(c));
  const auto mask = U_GET_GC_MASK(c);
  if (is_combining_accent(c) || (mask & (U_GC_CF_MASK | U_GC_ME_MASK)) ||
      u_hasBinaryProperty(c, UCHAR_VARIATION_SELECTOR))
    return Role::kNothing;
  if (mask & (U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK))
    return is_unspaced(c) ? Role::kUnspacedWord : Role::kWord;
  if (u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER)) return Role::kNothing;
  if (mask & U_GC_SO_MASK) return Role::kSymbol;
  return u_isUWhiteSpace(c) || (mask & U_GC_C_MASK) ? Role::kBlank : Role::kMark;
}

/// Builds a FoldedText code point by code point.
class Folder {
 public:
  explicit Folder(FoldedText& out) : out_(out) {
    out_.text.clear();
    out_.origin.clear();
    out_.words.clear();
  }

  void add(UChar32 c, std::uint32_t at) {
    const Role role = role_of(c);
    if (role == Role::kNothing) return;
    if (role != Role::kWord && role != Role::kUnspacedWord) end_word();
    if (role == Role::kBlank) return add_blank(at);
    const auto begin = static_cast<std::uint32_t>(out_.text.size());
    append(c, at);
    if (role == Role::kMark) return;
    if (role == Role::kSymbol) return add_word({begin, size()});
    if (!in_word_) word_begin_ = begin;
    in_word_ = true;
    unspaced_ = unspaced_ || role == Role::kUnspacedWord;
  }

  void finish(std::uint32_t original_size) {
    end_word();
    out_.origin.push_back(original_size);
  }

 private:
  std::uint32_t size() const { return static_cast<std::uint32_t>(out_.text.size()); }
  void add_word(Word word) {
    if (word.end > word.begin) out_.words.push_back(word);
  }

  void append_byte(char byte, std::uint32_t at) {
    out_.text.push_back(byte);
    out_.origin.push_back(at);
  }

  void add_blank(std::uint32_t at) {
    if (out_.text.empty() || out_.text.back() != ' ') append_byte(' ', at);
  }

  void append(UChar32 c, std::uint32_t at) {
    if (c < 0x80)
      return append_byte(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<char>(c), at);
    icu::UnicodeString parts;
    if (is_hangul_syllable(c) || !folding().getDecomposition(c, parts)) return append_plain(c, at);
    for (std::int32_t i = 0; i < parts.length(); i = parts.moveIndex32(i, 1))
      if (!is_combining_accent(parts.char32At(i))) append_plain(parts.char32At(i), at);
  }

  void append_plain(UChar32 c, std::uint32_t at) {
    char bytes[U8_MAX_LENGTH];
    std::int32_t count = 0;
    U8_APPEND_UNSAFE(bytes, count, c);
    for (std::int32_t i = 0; i < count; ++i)
      append_byte(bytes[i], at);
  }

  void end_word() {
    if (!in_word_) return;
    if (unspaced_)
      cut_unspaced();
    else
      add_word({word_begin_, size()});
    in_word_ = unspaced_ = false;
  }

  void cut_unspaced();

  FoldedText& out_;
  std::uint32_t word_begin_ = 0;
  bool in_word_ = false;
  bool unspaced_ = false;
};

icu::BreakIterator* word_breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> kBreaker = [] {
    UErrorCode status = U_ZERO_ERROR;
    return std::unique_ptr<icu::BreakIterator>(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), status));
  }();
  return kBreaker.get();
}

void Folder::cut_unspaced() {
  icu::BreakIterator* breaker = word_breaker();
  UErrorCode status = U_ZERO_ERROR;
  UText* run = utext_openUTF8(nullptr, out_.text.data() + word_begin_, size() - word_begin_, &status);
  if (breaker && U_SUCCESS(status)) breaker->setText(run, status);
  if (!breaker || U_FAILURE(status)) {
    add_word({word_begin_, size()});
  } else {
    std::int32_t begin = breaker->first();
    for (std::int32_t end = breaker->next(); end != icu::BreakIterator::DONE;
         begin = end, end = breaker->next())
      add_word(
          {word_begin_ + static_cast<std::uint32_t>(begin), word_begin_ + static_cast<std::uint32_t>(end)});
  }
  utext_close(run);
}

}  // namespace

void fold(std::string_view original, FoldedText& out) {
  Folder folder(out);
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(original.data());
  std::int32_t i = 0;
  // Cut before counting in 32 bits: no code point has more than four bytes.
  const auto size = static_cast<std::int32_t>(std::min(original.size(), limits::kTextMaxChars * 4));
  for (std::size_t count = 0; i < size && count < limits::kTextMaxChars; ++count) {
    const auto at = static_cast<std::uint32_t>(i);
    UChar32 c = 0;
    U8_NEXT(bytes, i, size, c);
    folder.add(plain_mark(c), at);
  }
  folder.finish(static_cast<std::uint32_t>(i));
}

FoldedText fold(std::string_view original) {
  FoldedText text;
  fold(original, text);
  return text;
}

std::string word_key(std::string_view original) {
  const FoldedText text = fold(original);
  std::string key;
  for (std::size_t i = 0; i < text.words.size(); ++i)
    (key += i ? " " : "") += text.word(i);
  return key;
}

std::string folded(std::string_view original) {
  const std::string text = fold(original).text;
  const std::size_t begin = text.find_first_not_of(' ');
  return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

}  // namespace parley::intents
