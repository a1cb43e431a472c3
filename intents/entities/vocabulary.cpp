#include "intents/entities/vocabulary.h"

#include <algorithm>

#include "intents/entities/stemmer.h"

namespace parley::intents {
namespace {

constexpr std::int64_t kPatternMemoryBytes = 1 << 20;

struct Steps {
  std::size_t spellings = 0;  // compared
  std::size_t tree = 0;
};

Steps& steps() {
  thread_local Steps count;
  return count;
}

std::uint64_t edge(std::uint32_t node, std::uint32_t word) {
  return std::uint64_t{node} << 32 | word;
}

}  // namespace

std::size_t Vocabulary::steps_of_last_find() {
  return steps().spellings + steps().tree;
}

Vocabulary::Vocabulary(const Corpus& corpus, std::unordered_set<std::string> common_words)
    : languages_(corpus.languages), common_words_(std::move(common_words)) {
  for (const VocabularyEntity& entity : corpus.vocabulary)
    add(entity);
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
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < folded_text.words.size(); ++i) {
    const auto next = static_cast<std::uint32_t>(tree_.size());
    const auto [found, added] = node_after_.try_emplace(edge(node, word_number(folded_text.word(i))), next);
    if (added) tree_.emplace_back();
    node = found->second;
  }
  Values& values = tree_[node];
  const bool known = std::find(values.begin(), values.end(), value) != values.end();
  if (node != 0 && !known && values.size() < kValuesOfPhraseMax) values.push_back(value);
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
      if (words_[number] != text && !common && into.size() < kReadingsMax) into.push_back({number, 1});
  }
  if (!into.empty() || common) return;
  const std::size_t near = spelling_.nearest(word);
  steps().spellings += SpellingIndex::compared_last();
  if (near != SpellingIndex::kNothing) into.push_back({static_cast<std::uint32_t>(near), 0});
}

void Vocabulary::find(std::string_view original, const FoldedText& text,
                      std::vector<VocabularyMatch>& into) const {
  steps() = {};
  find_patterns(original, into);
  if (words_.empty()) return;
  thread_local Readings readings;
  const std::size_t count = std::min(text.words.size(), kWordsLookedAt);
  readings.resize(count);
  for (std::size_t i = 0; i < count; ++i) {
    readings[i].clear();
    read_word(text.word(i), readings[i]);
  }
  for (std::size_t i = 0; i < count; ++i)
    follow(text, readings, i, i, 0, 2, into);
}

void Vocabulary::follow(const FoldedText& text, const Readings& readings, std::size_t first, std::size_t at,
                        std::uint32_t node, int certainty, std::vector<VocabularyMatch>& into) const {
  if (at == readings.size()) return;
  for (const Reading& reading : readings[at]) {
    if (++steps().tree > kTreeStepsMax) return;
    const auto next = node_after_.find(edge(node, reading.word));
    if (next == node_after_.end()) continue;
    const int so_far = std::min(certainty, reading.certainty);
    for (const std::uint32_t number : tree_[next->second]) {
      if (into.size() == kVocabularyMatchesMax) return;
      const Value& value = values_[number];
      into.push_back({text.origin[text.words[first].begin], text.origin[text.words[at].end], &value.kind,
                      &value.name, so_far});
    }
    follow(text, readings, first, at + 1, next->second, so_far, into);
  }
}

void Vocabulary::find_patterns(std::string_view original, std::vector<VocabularyMatch>& into) const {
  for (const Pattern& pattern : patterns_) {
    const re2::StringPiece whole(original.data(), original.size());
    re2::StringPiece found;
    std::size_t at = 0;
    while (into.size() < kVocabularyMatchesMax && at < original.size() &&
           pattern.expression->Match(whole, at, whole.size(), RE2::UNANCHORED, &found, 1) && !found.empty()) {
      const auto begin = static_cast<std::size_t>(found.data() - whole.data());
      into.push_back({begin, begin + found.size(), &pattern.kind, nullptr, 2});
      at = begin + found.size();
    }
  }
}

}  // namespace parley::intents
