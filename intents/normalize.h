// From raw text to words: case and accents folded, cut into words of any script, every byte traceable to the
// original.
//
// Folding is Unicode's NFKC case folding, then combining accents (U+0300 to U+036F) are dropped: "Één" and
// "een" are the same word, full-width digits are digits. Scripts that write without spaces (Han, kana, Thai
// ...) are cut by ICU's dictionary. Symbols such as emoji are words of their own; punctuation separates.
// Invalid UTF-8 separates too.
//
// Thread rule: fold() may run on any thread; a FoldedText belongs to one. Reusing a FoldedText avoids
// allocation.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

struct Word {
  std::uint32_t begin = 0;  // bytes into FoldedText::text
  std::uint32_t end = 0;
};

struct FoldedText {
  std::string text;  // folded; each run of white space and controls is one blank
  std::vector<std::uint32_t>
      origin;  // byte of the original where each byte of `text` came from; one more for the end
  std::vector<Word> words;

  std::string_view word(std::size_t index) const {
    return std::string_view(text).substr(words[index].begin, words[index].end - words[index].begin);
  }
};

/// Folds at most the first limits::kTextMaxChars code points of `original` into `out`, whose old content is
/// dropped.
void fold(std::string_view original, FoldedText& out);
FoldedText fold(std::string_view original);

/// The words with one blank between them: equal for sentences that the classifier cannot tell apart.
std::string word_key(std::string_view original);

/// The folded text alone, blanks at both ends removed.
std::string folded(std::string_view original);

}  // namespace parley::intents
