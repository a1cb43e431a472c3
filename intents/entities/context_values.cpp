#include "intents/entities/context_values.h"

#include <algorithm>

#include "intents/language_data.h"

namespace parley::intents {
namespace {

constexpr double kCueShare = 0.5;

/// Kinds whose values the author lists; a pattern says itself what fits.
std::set<std::string> listed_kinds(const Corpus& corpus) {
  std::set<std::string> kinds;
  for (const VocabularyEntity& entity : corpus.vocabulary)
    if (entity.pattern.empty()) kinds.insert(entity.name);
  return kinds;
}

const Annotation* annotation_at(const Sentence& sentence, std::size_t byte) {
  for (const Annotation& mark : sentence.annotations)
    if (mark.begin <= byte && byte < mark.end) return &mark;
  return nullptr;
}

const Entity* entity_at(const std::vector<Entity>& entities, std::size_t byte) {
  for (const Entity& entity : entities)
    if (entity.begin <= byte && byte < entity.end) return &entity;
  return nullptr;
}

std::size_t begin_of(const FoldedText& text, std::size_t word) {
  return text.origin[text.words[word].begin];
}

std::size_t end_of(const FoldedText& text, std::size_t word) {
  return text.origin[text.words[word].end];
}

/// Whether a mark such as a comma stands between a word and the next.
bool is_cut(std::string_view original, const FoldedText& text, std::size_t word) {
  const std::string_view between =
      original.substr(end_of(text, word), begin_of(text, word + 1) - end_of(text, word));
  return between.find_first_of(".,;:!?()\"\n") != std::string_view::npos;
}

}  // namespace

ContextValues::ContextValues(const Corpus& corpus, const std::unordered_set<std::string>& common)
    : common_(common) {
  for (const std::string& language : corpus.languages)
    for (const char* table : {"the", "article"})
      for (const auto& [word, value] : language_data(language).phrases.table(table))
        articles_.insert(word);
  const std::set<std::string> kinds = listed_kinds(corpus);
  for (const Intent& intent : corpus.intents)
    learn(intent, kinds);
}

void ContextValues::learn(const Intent& intent, const std::set<std::string>& kinds) {
  std::map<std::string, double> uses;
  std::map<Cue, double> leads;
  for (const Sentence& sentence : intent.sentences) {
    const FoldedText text = fold(sentence.text);
    std::string last;
    const Annotation* inside = nullptr;
    for (std::size_t i = 0; i < text.words.size(); ++i) {
      const Annotation* mark = annotation_at(sentence, begin_of(text, i));
      if (mark && mark != inside && kinds.contains(mark->kind) && !last.empty())
        leads[{last, mark->kind}] += 1;
      inside = mark;
      if (mark || skipped(text.word(i))) continue;
      last = text.word(i);
      uses[last] += 1;
      own_words_.insert(last);
    }
  }
  for (const auto& [cue, count] : leads)
    if (count >= kCueShare * uses[cue.word]) cues_[intent.name].insert(cue);
}

void ContextValues::find(std::string_view original, const FoldedText& text, std::string_view intent,
                         std::vector<Entity>& entities) const {
  const auto cues = cues_.find(intent);
  if (cues == cues_.end()) return;
  std::set<std::string> found;
  for (const Entity& entity : entities)
    found.insert(entity.kind);
  for (std::size_t i = 0; i + 1 < text.words.size(); ++i)
    for (const Cue& cue : cues->second)
      if (cue.word == text.word(i) && !found.contains(cue.kind) &&
          add_after(i, cue.kind, original, text, entities))
        found.insert(cue.kind);
}

bool ContextValues::add_after(std::size_t at, const std::string& kind, std::string_view original,
                              const FoldedText& text, std::vector<Entity>& entities) const {
  const auto is_number = [&](std::size_t word) {
    const Entity* entity = entity_at(entities, begin_of(text, word));
    return entity && entity->kind == "number";
  };
  std::size_t first = at + 1;
  while (first < text.words.size() && !is_cut(original, text, first - 1) &&
         (skipped(text.word(first)) || is_number(first)))
    ++first;
  std::size_t end = first;
  bool telling = false;  // a word that is not said every day
  while (end < text.words.size() && end - first < kUnseenWordsMax && !is_cut(original, text, end - 1) &&
         !entity_at(entities, begin_of(text, end)) && !own_words_.contains(std::string(text.word(end)))) {
    telling = telling || !common_.contains(std::string(text.word(end)));
    ++end;
  }
  if (end == first || !telling) return false;
  Entity entity;
  entity.kind = kind;
  entity.begin = begin_of(text, first);
  entity.end = end_of(text, end - 1);
  entity.text = original.substr(entity.begin, entity.end - entity.begin);
  entity.value = entity.text;
  entity.confidence = kUnseenConfidence;
  const auto place = std::find_if(entities.begin(), entities.end(),
                                  [&](const Entity& other) { return other.begin > entity.begin; });
  entities.insert(place, std::move(entity));
  return true;
}

}  // namespace parley::intents
