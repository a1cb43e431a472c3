#include "intents/suggestions/telling_words.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "intents/import/names.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

// A word must be worth at least this share of the best word to stand in the name too.
constexpr double kWorthMin = 0.6;
// Words as short as "b" and "an", and words of everyday sentences, tell half as much.
constexpr std::size_t kShortWord = 2;
constexpr double kDullWorth = 0.5;

struct WordUse {
  std::string word;
  std::size_t texts = 0;
  double places = 0;  // sum over the texts, each from 0 (its beginning) to 1
  double worth = 0;
};

bool has_plain_letter(const std::string& word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

std::vector<WordUse> uses_of(const std::vector<std::string>& group) {
  std::map<std::string, WordUse> uses;
  for (const std::string& text : group) {
    const FoldedText read = fold(text);
    std::set<std::string> seen;
    for (std::size_t i = 0; i < read.words.size(); ++i) {
      const std::string word(read.word(i));
      if (!has_plain_letter(word) || !seen.insert(word).second) continue;
      WordUse& use = uses.try_emplace(word, WordUse{word}).first->second;
      ++use.texts;
      use.places += static_cast<double>(i) / static_cast<double>(read.words.size());
    }
  }
  std::vector<WordUse> list;
  for (auto& [word, use] : uses)
    list.push_back(std::move(use));
  return list;
}

}  // namespace

TellingWords::TellingWords(const std::vector<std::string>& texts, const std::vector<std::string>& everyday)
    : count_(texts.size()) {
  for (const std::string& text : texts) {
    const FoldedText read = fold(text);
    std::set<std::string_view> seen;
    for (std::size_t i = 0; i < read.words.size(); ++i)
      if (seen.insert(read.word(i)).second) ++holders_[std::string(read.word(i))];
  }
  for (const std::string& text : everyday) {
    const FoldedText read = fold(text);
    for (std::size_t i = 0; i < read.words.size(); ++i)
      everyday_.insert(std::string(read.word(i)));
  }
}

std::string TellingWords::name_of(const std::vector<std::string>& group) const {
  std::vector<WordUse> uses = uses_of(group);
  for (WordUse& use : uses)
    use.worth = static_cast<double>(use.texts) / static_cast<double>(group.size()) * weight(use.word);
  std::stable_sort(uses.begin(), uses.end(),
                   [](const WordUse& a, const WordUse& b) { return a.worth > b.worth; });
  if (uses.size() > kNameWords) uses.resize(kNameWords);
  std::erase_if(uses, [&, best = uses.empty() ? 0 : uses.front().worth](const WordUse& use) {
    return use.worth < kWorthMin * best;
  });
  std::stable_sort(uses.begin(), uses.end(), [](const WordUse& a, const WordUse& b) {
    return a.places * static_cast<double>(b.texts) < b.places * static_cast<double>(a.texts);
  });
  std::string words;
  for (const WordUse& use : uses)
    words += (words.empty() ? "" : "_") + use.word;
  return legal_name(words, "topic");
}

double TellingWords::weight(const std::string& word) const {
  const auto found = holders_.find(word);
  const std::size_t holders = found == holders_.end() ? 0 : found->second;
  const bool dull = word.size() <= kShortWord || everyday_.contains(word);
  return (dull ? kDullWorth : 1) *
         std::log(static_cast<double>(count_ + 1) / static_cast<double>(holders + 1));
}

}  // namespace parley::intents
