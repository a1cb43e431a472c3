#include "conversations/dialogue/words.h"

#include <algorithm>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace parley::conversations {

namespace {

/// Case-folded, compatibility forms unified, letters and their accents apart.
icu::UnicodeString folded(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString result =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(status);
  const icu::Normalizer2* decompose = icu::Normalizer2::getNFDInstance(status);
  if (U_FAILURE(status)) return result;
  icu::UnicodeString normal = decompose->normalize(fold->normalize(result, status), status);
  return U_SUCCESS(status) ? normal : result;
}

bool is_mark(UChar32 character) {
  return (U_GET_GC_MASK(character) & U_GC_M_MASK) != 0;
}
bool is_apostrophe(UChar32 character) {
  return character == '\'' || character == 0x2019;
}

}  // namespace

Words words_of(std::string_view text) {
  const icu::UnicodeString normal = folded(text);
  Words words;
  icu::UnicodeString word;
  const auto close_word = [&] {
    if (word.isEmpty()) return;
    word.toUTF8String(words.emplace_back());
    word.remove();
  };
  for (int at = 0; at < normal.length(); at = normal.moveIndex32(at, 1)) {
    const UChar32 character = normal.char32At(at);
    const bool one_letter_before = character == '-' && word.countChar32() == 1 && u_isalpha(word.char32At(0));
    if (u_isalnum(character)) {
      word.append(character);
    } else if (one_letter_before) {
      continue;
    } else if (!is_mark(character) && !is_apostrophe(character)) {
      close_word();
    }
  }
  close_word();
  return words;
}

std::size_t find_phrase(const Words& words, const Words& phrase) {
  if (phrase.empty()) return std::string::npos;
  const auto found = std::search(words.begin(), words.end(), phrase.begin(), phrase.end());
  return found == words.end() ? std::string::npos : static_cast<std::size_t>(found - words.begin());
}

bool starts_with(const Words& words, const Words& phrase) {
  return !phrase.empty() && phrase.size() <= words.size() &&
         std::equal(phrase.begin(), phrase.end(), words.begin());
}

bool contains_word(const Words& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

Words without(const Words& words, const Words& fillers) {
  Words kept;
  for (const std::string& word : words) {
    if (!contains_word(fillers, word)) kept.push_back(word);
  }
  return kept.empty() ? words : kept;
}

std::string valid_utf8(std::string_view text) {
  std::string result;
  icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())))
      .toUTF8String(result);
  return result;
}

std::size_t count_code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char byte) { return (byte & 0xC0) != 0x80; }));
}

}  // namespace parley::conversations
