#include "intents/suggestions/suggestions.h"

#include <algorithm>
#include <map>
#include <set>

#include "intents/evaluation/sentence_index.h"
#include "intents/language_data.h"
#include "intents/normalize.h"
#include "intents/suggestions/clusters.h"
#include "intents/suggestions/masking.h"
#include "intents/suggestions/telling_words.h"

namespace parley::intents {
namespace {

/// A text that the model is not clear about.
struct UnclearText {
  SuggestedSentence sentence;
  std::vector<IntentScore> intents;
};

bool is_clear(const Understanding& understood, const SuggestOptions& options) {
  if (understood.intents.empty()) return false;
  const double best = understood.intents[0].probability;
  const double second = understood.intents.size() > 1 ? understood.intents[1].probability : 0;
  return best >= options.accept + options.margin && best - second >= options.margin;
}

/// "Yes", "1", "friday": an answer that fitted no question is no example of a request.
bool is_only_values(const std::string& text, const std::vector<Entity>& entities) {
  const std::vector<std::string>& kinds = built_in_kinds();
  const FoldedText words = fold(text);
  return !words.words.empty() && std::all_of(words.words.begin(), words.words.end(), [&](const Word& word) {
    const std::size_t at = words.origin[word.begin];
    return std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
      return entity.begin <= at && at < entity.end &&
             std::find(kinds.begin(), kinds.end(), entity.kind) != kinds.end();
    });
  });
}

/// Square brackets would be taken for an annotation.
std::string without_marks(std::string text) {
  std::replace(text.begin(), text.end(), '[', '(');
  std::replace(text.begin(), text.end(), ']', ')');
  return text;
}

std::string one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const bool blank = static_cast<unsigned char>(c) <= ' ' || c == '\x7F';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (!line.empty() && line.back() == ' ')
    line.pop_back();
  return line;
}

class Suggester {
 public:
  Suggester(const Corpus& corpus, const BotUnderstander& understander, const SuggestOptions& options)
      : corpus_(corpus), understander_(understander), options_(options) {
    for (const Intent& intent : corpus.intents) {
      names_.insert(intent.name);
      for (const Sentence& sentence : intent.sentences)
        known_.insert(word_key(sentence.text));
    }
  }

  Suggestions run(const HeardTexts& heard) {
    for (const HeardText& text : heard.texts)
      take(text);
    limit();
    suggestions_.unclear = texts_.size();
    if (!texts_.empty()) group();
    return std::move(suggestions_);
  }

 private:
  void take(const HeardText& heard) {
    if (known_.contains(word_key(heard.text))) return void(++suggestions_.known);
    const Understanding understood =
        understander_.understand(heard.text, {.language = "", .timezone = options_.timezone});
    if (is_clear(understood, options_) || is_only_values(heard.text, understood.entities))
      return void(++suggestions_.clear);
    std::string text = without_marks(one_line(masked(heard.text, understood.entities)));
    const std::string key = word_key(text);
    if (text.size() > kSentenceMaxBytes || key.empty()) return void(++suggestions_.left_out);
    const auto [same, added] = places_.try_emplace(key, texts_.size());
    if (added)
      texts_.push_back({{std::move(text), language_of(heard, understood), heard.count}, understood.intents});
    else
      texts_[same->second].sentence.count += heard.count;
  }

  /// The text's own language; the conversation's where the text says nothing.
  std::string language_of(const HeardText& heard, const Understanding& understood) const {
    const auto& languages = corpus_.languages;
    const bool has_it = std::find(languages.begin(), languages.end(), heard.language) != languages.end();
    return understood.intents.empty() && has_it ? heard.language : understood.language;
  }

  void limit() {
    std::stable_sort(texts_.begin(), texts_.end(), [](const UnclearText& a, const UnclearText& b) {
      return a.sentence.count > b.sentence.count;
    });
    if (texts_.size() <= kGroupedTextsMax) return;
    suggestions_.left_out += texts_.size() - kGroupedTextsMax;
    texts_.resize(kGroupedTextsMax);
  }

  /// The unclear texts first, then what else shows how rare a word is.
  std::vector<std::string> all_texts() const {
    std::vector<std::string> all;
    for (const UnclearText& text : texts_)
      all.push_back(text.sentence.text);
    for (const Intent& intent : corpus_.intents)
      for (const Sentence& sentence : intent.sentences)
        all.push_back(sentence.text);
    return all;
  }

  std::vector<std::string> everyday_sentences() const {
    std::vector<std::string> all;
    for (const std::string& language : corpus_.languages)
      for (const std::string& sentence : language_data(language).everyday)
        all.push_back(sentence);
    return all;
  }

  void group() {
    const std::vector<std::string> all = all_texts();
    const SentenceIndex index(all);
    Likeness likeness(texts_.size());
    const auto is_unclear = [&](std::size_t i) { return i < texts_.size(); };
    for (std::size_t i = 0; i < texts_.size(); ++i)
      for (const Neighbour& near : index.nearest(all[i], texts_.size(), is_unclear))
        likeness.set(i, near.sentence, static_cast<float>(near.similarity));
    const TellingWords words(all, everyday_sentences());
    Suggestion none{.intent = std::string(kNoneIntent)};
    for (const auto& members : cluster(std::move(likeness), kGroupLikeness))
      place(members, words, none);
    std::stable_sort(suggestions_.list.begin(), suggestions_.list.end(),
                     [](const Suggestion& a, const Suggestion& b) { return a.messages > b.messages; });
    if (!none.sentences.empty()) add(std::move(none));
  }

  void place(const std::vector<std::size_t>& members, const TellingWords& words, Suggestion& none) {
    const std::string existing = existing_intent(members);
    if (existing.empty() && members.size() < kNewIntentTexts) return fill(members, none);
    Suggestion suggestion{.intent = existing.empty() ? new_name(members, words) : existing,
                          .is_new = existing.empty()};
    fill(members, suggestion);
    add(std::move(suggestion));
  }

  /// The intent with the highest mean probability, where that is high enough; else "".
  std::string existing_intent(const std::vector<std::size_t>& members) const {
    std::map<std::string, double> sums;
    for (const std::size_t member : members)
      for (const IntentScore& score : texts_[member].intents)
        sums[score.intent] += score.probability;
    const auto best = std::max_element(sums.begin(), sums.end(),
                                       [](const auto& a, const auto& b) { return a.second < b.second; });
    const double least = kExistingProbability * static_cast<double>(members.size());
    return best != sums.end() && best->second >= least ? best->first : "";
  }

  std::string new_name(const std::vector<std::size_t>& members, const TellingWords& words) {
    std::vector<std::string> group;
    for (const std::size_t member : members)
      group.push_back(texts_[member].sentence.text);
    const std::string telling = words.name_of(group);
    std::string name = telling;
    for (int number = 2; !names_.insert(name).second; ++number)
      name = telling + "_" + std::to_string(number);
    return name;
  }

  void fill(const std::vector<std::size_t>& members, Suggestion& suggestion) const {
    for (const std::size_t member : members) {
      const SuggestedSentence& sentence = texts_[member].sentence;
      suggestion.messages += sentence.count;
      suggestion.sentences.push_back(sentence);
    }
  }

  void add(Suggestion suggestion) {
    std::stable_sort(
        suggestion.sentences.begin(), suggestion.sentences.end(),
        [](const SuggestedSentence& a, const SuggestedSentence& b) { return a.count > b.count; });
    if (suggestion.sentences.size() > kSuggestedSentencesMax) {
      suggestion.unlisted = suggestion.sentences.size() - kSuggestedSentencesMax;
      suggestion.sentences.resize(kSuggestedSentencesMax);
    }
    suggestions_.list.push_back(std::move(suggestion));
  }

  const Corpus& corpus_;
  const BotUnderstander& understander_;
  const SuggestOptions& options_;
  std::set<std::string> names_;                // of intents, taken or proposed
  std::set<std::string> known_;                // words of the bot's sentences
  std::map<std::string, std::size_t> places_;  // words of a text -> its place in texts_
  std::vector<UnclearText> texts_;
  Suggestions suggestions_;
};

}  // namespace

Suggestions suggest(const HeardTexts& heard, const Corpus& corpus, const BotUnderstander& understander,
                    const SuggestOptions& options) {
  return Suggester(corpus, understander, options).run(heard);
}

}  // namespace parley::intents
