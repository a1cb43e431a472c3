// Finds the word of a list that a misspelt word was meant to be.
//
// How far a word may be off grows with its length: under 4 characters not at all, up to 7 by one edit, from 8
// by two. An edit is a character too many, too few, another one, or two swapped. The first character must be
// right unless it is swapped with the second: people rarely miss it, and most false alarms do.
//
// Every list word is indexed under all its forms with up to that many characters left out; a query looks up
// its own such forms, so the cost does not grow with the list (the idea of SymSpell). A table of bits says of
// most forms that no list word has them. Bytes stand for characters: folded Latin text. At most kComparedMax
// list words are compared for one query: in a list so dense that there are more, the nearest of the first.
//
// Thread rule: immutable after making.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley::intents {

inline constexpr std::size_t kComparedMax = 256;

class SpellingIndex {
 public:
  SpellingIndex() = default;
  explicit SpellingIndex(std::vector<std::string> words);

  static constexpr std::size_t kNothing = static_cast<std::size_t>(-1);
  /// The index of the nearest word within its tolerance, or kNothing; of equally near ones the first.
  std::size_t nearest(std::string_view word) const;
  /// List words compared in the last nearest() on this thread.
  static std::size_t compared_last();
  const std::string& word(std::size_t index) const { return words_[index]; }

 private:
  std::vector<std::string> words_;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> forms_;  // hash of a form and word, sorted
  std::vector<bool> present_;                                   // by the low bits of such a hash
};

/// The number of edits that `word` may be off.
std::size_t typo_tolerance(std::string_view word);

/// Edits from one to the other, counting a swap of neighbours as one; `limit` + 1 when there are more than
/// `limit`.
std::size_t edit_distance(std::string_view from, std::string_view to, std::size_t limit);

}  // namespace parley::intents
