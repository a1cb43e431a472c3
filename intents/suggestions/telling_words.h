// A name for a group of texts: the words that tell it from all others.
//
// A word counts for the share of the group's texts that have it, times how rare it is among all texts. The
// best few, in the order in which the texts use them, make a name: "badge_broken".
//
// Thread rule: immutable after making; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace parley::intents {

/// Words of one name.
inline constexpr std::size_t kNameWords = 3;

class TellingWords {
 public:
  /// `texts`: all that rarity is counted over. `everyday`: sentences whose words tell little.
  TellingWords(const std::vector<std::string>& texts, const std::vector<std::string>& everyday);

  /// A legal name of an intent; "topic" where no word can be written with plain letters.
  std::string name_of(const std::vector<std::string>& group) const;

 private:
  double weight(const std::string& word) const;

  std::unordered_map<std::string, std::size_t> holders_;  // by word: texts that have it
  std::unordered_set<std::string> everyday_;
  std::size_t count_ = 0;
};

}  // namespace parley::intents
