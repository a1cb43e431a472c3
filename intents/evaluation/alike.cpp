#include "intents/evaluation/alike.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>

#include "intents/evaluation/cross_validation.h"
#include "intents/evaluation/likeness.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

constexpr std::size_t kPairsShown = 3;

using Pair = std::pair<std::string, std::string>;  // the strays' own intent, and the other

std::string quoted(const LabelledText& sentence) {
  return "\"" + sentence.text + "\" (" + sentence.place + ")";
}

std::string shown_pairs(const std::vector<const LikePair*>& strays) {
  std::string text = "keep them apart, or make one intent of both: ";
  for (std::size_t i = 0; i < std::min(strays.size(), kPairsShown); ++i)
    text += (i > 0 ? "; " : "") + quoted(strays[i]->sentence) + " is like " + quoted(strays[i]->other);
  return text;
}

const Intent* find_intent(const Corpus& corpus, const std::string& name) {
  const auto found = std::find_if(corpus.intents.begin(), corpus.intents.end(),
                                  [&](const Intent& intent) { return intent.name == name; });
  return found == corpus.intents.end() ? nullptr : &*found;
}

bool is_many(std::size_t strays, std::size_t sentences) {
  return strays >= kStraysOfPairMin &&
         static_cast<double>(strays) >= kStrayShareMin * static_cast<double>(sentences);
}

/// Whether some sentence has the words of a value, or what the pattern takes, or an annotation of the kind.
class Examples {
 public:
  explicit Examples(const Corpus& corpus) {
    for (const Intent& intent : corpus.intents)
      for (const Sentence& sentence : intent.sentences) {
        texts_.push_back(&sentence.text);
        keys_.push_back(" " + word_key(sentence.text) + " ");
        for (const Annotation& annotation : sentence.annotations)
          annotated_.insert(annotation.kind);
      }
  }

  bool has(const VocabularyEntity& entity) const {
    if (annotated_.contains(entity.name)) return true;
    if (!entity.pattern.empty()) return has_pattern(entity.pattern);
    return std::any_of(entity.values.begin(), entity.values.end(),
                       [&](const VocabularyValue& value) { return has_value(value); });
  }

 private:
  bool has_pattern(const std::string& pattern) const {
    const RE2 compiled(pattern, RE2::Quiet);
    return compiled.ok() && std::any_of(texts_.begin(), texts_.end(), [&](const std::string* text) {
             return RE2::PartialMatch(*text, compiled);
           });
  }

  bool has_value(const VocabularyValue& value) const {
    for (const auto& [language, words] : value.words)
      for (const std::string& word : words) {
        const std::string key = " " + word_key(word) + " ";
        if (std::any_of(keys_.begin(), keys_.end(),
                        [&](const std::string& sentence) { return sentence.find(key) != sentence.npos; }))
          return true;
      }
    return false;
  }

  std::vector<const std::string*> texts_;
  std::vector<std::string> keys_;
  std::set<std::string> annotated_;
};

}  // namespace

void check_alike_intents(const Corpus& corpus, config::Findings& findings) {
  const std::vector<LabelledText> sentences = labelled_texts_of(corpus);
  if (sentences.size() > kSentencesCompared) return;
  std::vector<std::string> texts;
  for (const LabelledText& sentence : sentences)
    texts.push_back(sentence.text);
  const std::vector<LikePair> strays = find_strays(sentences, SentenceIndex(texts));
  std::map<Pair, std::vector<const LikePair*>> by_pair;
  for (const LikePair& stray : strays)
    if (stray.sentence.intent != kNoneIntent && stray.other.intent != kNoneIntent)
      by_pair[{stray.sentence.intent, stray.other.intent}].push_back(&stray);
  std::erase_if(by_pair, [&](const auto& one) {
    const Intent* intent = find_intent(corpus, one.first.first);
    return !intent || !is_many(one.second.size(), intent->sentences.size());
  });
  for (const auto& [pair, found] : by_pair) {
    // Two intents are alike once: told from the side that has more to show.
    const auto back = by_pair.find({pair.second, pair.first});
    const std::size_t other_way = back == by_pair.end() ? 0 : back->second.size();
    if (other_way > found.size() || (other_way == found.size() && pair.second < pair.first)) continue;
    const Intent* intent = find_intent(corpus, pair.first);
    findings.add({config::Severity::kWarning, "alike-intents", intent->path, intent->position,
                  std::to_string(found.size()) + " of the " + std::to_string(intent->sentences.size()) +
                      " sentences of '" + pair.first + "' are nearer to '" + pair.second + "'",
                  shown_pairs(found), "intent: " + pair.first});
  }
}

void check_entity_examples(const Corpus& corpus, const std::set<std::string>& wanted,
                           config::Findings& findings) {
  const Examples examples(corpus);
  for (const VocabularyEntity& entity : corpus.vocabulary) {
    if (!wanted.contains(entity.name) || !entity.parts.empty() || examples.has(entity)) continue;
    findings.add({config::Severity::kWarning, "entity-without-example", entity.path, entity.position,
                  "a flow asks for '" + entity.name + "', but no example sentence has one",
                  "write sentences as people say them with it, such as: I want [" +
                      (entity.values.empty() ? std::string("...") : entity.values.front().name) + "](" +
                      entity.name + ")",
                  "entity: " + entity.name});
  }
}

}  // namespace parley::intents
