#include "intents/entities/vocabulary.h"

#include <algorithm>

#include "intents/entities/stemmer.h"

namespace parley::intents {
namespace {

constexpr std::size_t kWordsLookedAt = 400;  // of one text
constexpr std::size_t kMatchesMax = 256;     // of one text, before the best are chosen
constexpr std::int64_t kPatternMemoryBytes = 1 << 20;

}  // namespace

Vocabulary::Vocabulary(const Corpus& corpus, std::unordered_set<std::string> common_words)
    : languages_(corpus.languages), common_words_(std::move(common_words)) {
  for (const VocabularyEntity& entity : corpus.vocabulary)
    add(entity);
  for (auto& [first, phrases] : phrases_by_first_word_)
    std::stable_sort(phrases.begin(), phrases.end(),
                     [](const Phrase& a, const Phrase& b) { return a.words.size() > b.words.size(); });
  spelling_ = SpellingIndex(words_);
}

void Vocabulary::add(const VocabularyEntity& entity) {
  if (!entity.pattern.empty()) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_max_mem(kPatternMemoryBytes);
    patterns_.push_back({entity.name, std::make_unique<RE2>(entity.pattern, options)});
    return;
  }
  for (const VocabularyValue& value : entity.values) {
    values_.push_back({entity.name, value.name});
    for (const auto& [language, words] : value.words)
      for (const auto& word : words)
        add_phrase(word, static_cast<std::uint32_t>(values_.size() - 1));
  }
}

void Vocabulary::add_phrase(const std::string& text, std::uint32_t value) {
  const FoldedText folded_text = fold(text);
  Phrase phrase{{}, value};
  for (std::size_t i = 0; i < folded_text.words.size(); ++i)
    phrase.words.push_back(word_number(folded_text.word(i)));
  if (!phrase.words.empty()) phrases_by_first_word_[phrase.words.front()].push_back(std::move(phrase));
}

std::uint32_t Vocabulary::word_number(std::string_view word) {
  const auto next = static_cast<std::uint32_t>(words_.size());
  const auto [found, added] = word_numbers_.try_emplace(std::string(word), next);
  if (!added) return found->second;
  words_.emplace_back(word);
  for (const auto& language : languages_)
    words_by_stem_[stem(word, language)].push_back(next);
  return next;
}

void Vocabulary::read_word(std::string_view word, std::vector<Reading>& into) const {
  const std::string text(word);
  if (const auto same = word_numbers_.find(text); same != word_numbers_.end())
    into.push_back({same->second, 2});
  const bool common = common_words_.contains(text);
  for (const auto& language : languages_) {
    const auto inflected = words_by_stem_.find(stem(word, language));
    if (inflected == words_by_stem_.end()) continue;
    for (const std::uint32_t number : inflected->second)
      if (words_[number] != text && !common) into.push_back({number, 1});
  }
  if (!into.empty() || common) return;
  const std::size_t near = spelling_.nearest(word);
  if (near != SpellingIndex::kNothing) into.push_back({static_cast<std::uint32_t>(near), 0});
}

void Vocabulary::find(std::string_view original, const FoldedText& text,
                      std::vector<VocabularyMatch>& into) const {
  find_patterns(original, into);
  if (words_.empty()) return;
  thread_local std::vector<std::vector<Reading>> readings;
  const std::size_t count = std::min(text.words.size(), kWordsLookedAt);
  readings.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    readings[i].clear();
    read_word(text.word(i), readings[i]);
  }
  for (std::size_t i = 0; i < count && into.size() < kMatchesMax; ++i)
    find_phrases(text, readings, i, into);
}

void Vocabulary::find_phrases(const FoldedText& text, const std::vector<std::vector<Reading>>& readings,
                              std::size_t first, std::vector<VocabularyMatch>& into) const {
  for (const Reading& start : readings[first]) {
    const auto phrases = phrases_by_first_word_.find(start.word);
    if (phrases == phrases_by_first_word_.end()) continue;
    for (const Phrase& phrase : phrases->second) {
      if (first + phrase.words.size() > readings.size()) continue;
      int certainty = start.certainty;
      bool fits = true;
      for (std::size_t i = 1; fits && i < phrase.words.size(); ++i) {
        const auto& choices = readings[first + i];
        const auto choice = std::find_if(choices.begin(), choices.end(), [&](const Reading& reading) {
          return reading.word == phrase.words[i];
        });
        fits = choice != choices.end();
        if (fits) certainty = std::min(certainty, choice->certainty);
      }
      if (!fits) continue;
      const Word& last = text.words[first + phrase.words.size() - 1];
      const Value& value = values_[phrase.value];
      into.push_back(
          {text.origin[text.words[first].begin], text.origin[last.end], &value.kind, &value.name, certainty});
    }
  }
}

void Vocabulary::find_patterns(std::string_view original, std::vector<VocabularyMatch>& into) const {
  for (const Pattern& pattern : patterns_) {
    const re2::StringPiece whole(original.data(), original.size());
    re2::StringPiece found;
    std::size_t at = 0;
    while (into.size() < kMatchesMax && at < original.size() &&
           pattern.expression->Match(whole, at, whole.size(), RE2::UNANCHORED, &found, 1) && !found.empty()) {
      const auto begin = static_cast<std::size_t>(found.data() - whole.data());
      into.push_back({begin, begin + found.size(), &pattern.kind, nullptr, 2});
      at = begin + found.size();
    }
  }
}

}  // namespace parley::intents
