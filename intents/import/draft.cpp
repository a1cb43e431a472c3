#include "intents/import/draft.h"

#include <algorithm>
#include <re2/re2.h>

#include "intents/import/names.h"
#include "intents/normalize.h"
#include "intents/sentence_reader.h"

namespace parley::intents {
namespace {

// As much as `parley check` gives a pattern.
constexpr std::int64_t kPatternMemoryBytes = 1 << 20;

std::string in_quotes(std::string_view text) {
  return "'" + std::string(text) + "'";
}

/// Why `parley check` would refuse this pattern; "" when it would not.
std::string complaint_about(const std::string& pattern) {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kPatternMemoryBytes);
  const RE2 compiled(pattern, options);
  if (!compiled.ok()) return "is not one that RE2 takes (" + compiled.error() + ")";
  return RE2::FullMatch("", compiled) ? "matches the empty text" : "";
}

/// The text with one blank for each run of white space: the rest of a sentence is kept as written.
void append_words(std::string_view text, std::string& into) {
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank)
      into += c;
    else if (!into.empty() && into.back() != ' ')
      into += ' ';
  }
}

}  // namespace

Draft::Draft(std::string language, config::Findings& findings)
    : language_(std::move(language)), findings_(findings) {
  corpus_.languages.clear();
}

void Draft::add_sentence(const SourcePlace& place, const std::string& intent, const std::string& language,
                         const std::vector<SentencePiece>& pieces) {
  Sentence sentence;
  sentence.language = code_of(language);
  sentence.position = place.position;
  for (const SentencePiece& piece : pieces) {
    if (piece.entity.empty())
      append_words(piece.text, sentence.text);
    else
      annotate(place, sentence.language, piece, sentence);
  }
  while (!sentence.text.empty() && sentence.text.back() == ' ')
    sentence.text.pop_back();
  const std::string name = intent_name(intent);
  if (word_key(sentence.text).empty())
    not_carried(place, "a sentence without a letter or digit");
  else if (sentence.text.size() > kSentenceMaxBytes)
    not_carried(place, "a sentence of more than " + std::to_string(kSentenceMaxBytes) + " bytes");
  else if (!parse_annotations(sentence.text).annotations.empty() ||
           !parse_annotations(sentence.text).error.empty())
    not_carried(place, "a sentence whose own text has the form [text](kind)");
  else if (is_new(place, name, sentence))
    intent_of(name).sentences.push_back(std::move(sentence));
}

void Draft::add_word(const SourcePlace& place, const std::string& entity, const std::string& value,
                     const std::string& language, const std::string& word) {
  if (const std::string built_in = built_in_of(entity); !built_in.empty()) {
    if (built_in_reported_.insert(entity).second)
      not_carried(place,
                  "the values of " + in_quotes(entity) + ", which is the built-in kind '" + built_in + "' here",
                  "rename the entity in the source to keep them");
    return;
  }
  const std::string text = trimmed(word), name = legal_name(entity, "entity"), code = code_of(language);
  if (word_key(text).empty() || text.size() > kSentenceMaxBytes || trimmed(value).empty()) {
    not_carried(place, "the value " + in_quotes(text) + " of " + in_quotes(entity) +
                           ": it has no letter or digit, or is too long");
    return;
  }
  const auto [found, added] = words_.try_emplace(name + '\n' + code + '\n' + word_key(text), trimmed(value));
  if (!added) {
    if (found->second != trimmed(value))
      not_carried(place, in_quotes(text) + " for " + in_quotes(trimmed(value)) + ": it already stands for " +
                             in_quotes(found->second));
    return;
  }
  auto& values = entity_of(place, name).values;
  auto same = std::find_if(values.begin(), values.end(),
                           [&](const VocabularyValue& v) { return v.name == found->second; });
  if (same == values.end()) same = values.insert(same, {found->second, {}, place.position});
  same->words[code].push_back(text);
}

void Draft::add_pattern(const SourcePlace& place, const std::string& entity, const std::string& pattern) {
  const std::string name =
      built_in_of(entity).empty() ? legal_name(entity, "entity") : legal_name(entity, "") + "_pattern";
  if (const std::string complaint = complaint_about(pattern); !complaint.empty()) {
    not_carried(place, "the pattern of " + in_quotes(entity) + ": it " + complaint);
    return;
  }
  VocabularyEntity& found = entity_of(place, name);
  if (!found.pattern.empty() && found.pattern != pattern)
    found.pattern = "(?:" + found.pattern + ")|(?:" + pattern + ")";
  else
    found.pattern = pattern;
}

void Draft::add_synonym(const SourcePlace& place, const std::string& value, const std::string& language,
                        const std::string& word) {
  synonyms_.push_back({place, trimmed(value), language, trimmed(word)});
}

void Draft::not_carried(const SourcePlace& place, const std::string& what, const std::string& hint) {
  findings_.add({config::Severity::kWarning, "not-carried", place.path, place.position,
                 "not carried over: " + what, hint, ""});
}

void Draft::bad(const SourcePlace& place, const std::string& what, const std::string& hint) {
  findings_.add({config::Severity::kError, "bad-source", place.path, place.position, what, hint, ""});
}

Corpus Draft::finish() {
  settle_synonyms();
  settle_entities();
  std::erase_if(corpus_.intents, [](const Intent& intent) { return intent.sentences.empty(); });
  if (corpus_.languages.empty()) corpus_.languages = {language_};
  return std::move(corpus_);
}

std::string Draft::code_of(const std::string& language) {
  std::string code = language_of_locale(language);
  if (code.empty()) code = language_;
  auto& languages = corpus_.languages;
  if (std::find(languages.begin(), languages.end(), code) == languages.end()) languages.push_back(code);
  return code;
}

Intent& Draft::intent_of(const std::string& name) {
  const auto [found, added] = intents_.try_emplace(name, corpus_.intents.size());
  if (added) corpus_.intents.push_back({name, "", "", {}, {}});
  return corpus_.intents[found->second];
}

VocabularyEntity& Draft::entity_of(const SourcePlace& place, const std::string& name) {
  const auto [found, added] = entities_.try_emplace(name, corpus_.vocabulary.size());
  if (added) corpus_.vocabulary.push_back({name, place.path, place.position, {}, ""});
  return corpus_.vocabulary[found->second];
}

void Draft::annotate(const SourcePlace& place, const std::string& language, const SentencePiece& piece,
                     Sentence& into) {
  const std::string built_in = built_in_of(piece.entity);
  const std::string text = trimmed(piece.text);
  if (word_key(text).empty() || text.find_first_of("[]()") != std::string::npos) {
    append_words(piece.text, into.text);
    if (!text.empty()) not_carried(place, "the mark of " + in_quotes(piece.entity) + " on " + in_quotes(text));
    return;
  }
  if (piece.text.front() == ' ') append_words(" ", into.text);
  const std::size_t begin = into.text.size();
  append_words(text, into.text);
  const std::string kind = built_in.empty() ? legal_name(piece.entity, "entity") : built_in;
  into.annotations.push_back(
      {begin, into.text.size(), kind, piece.role.empty() ? "" : legal_name(piece.role, "role")});
  if (piece.text.back() == ' ') append_words(" ", into.text);
  if (!built_in.empty()) return;
  entity_of(place, kind);
  if (!piece.value.empty()) add_word(place, kind, piece.value, language, text);
}

bool Draft::is_new(const SourcePlace& place, const std::string& intent, const Sentence& sentence) {
  const auto [found, added] = seen_.try_emplace(sentence.language + '\n' + word_key(sentence.text), intent);
  if (!added && found->second != intent)
    not_carried(place, in_quotes(sentence.text) + ": it already stands in the intent '" + found->second + "'");
  return added;
}

/// A synonym belongs to the entities that have its value, or whose annotated texts are the value.
void Draft::settle_synonyms() {
  std::map<std::string, std::set<std::string>> kinds_of;  // words of an annotated text -> entities
  for (const Intent& intent : corpus_.intents)
    for (const Sentence& sentence : intent.sentences)
      for (const Annotation& annotation : sentence.annotations)
        if (entities_.contains(annotation.kind))
          kinds_of[word_key(sentence.text.substr(annotation.begin, annotation.end - annotation.begin))]
              .insert(annotation.kind);
  for (const VocabularyEntity& entity : corpus_.vocabulary)
    for (const VocabularyValue& value : entity.values)
      kinds_of[word_key(value.name)].insert(entity.name);
  for (const Synonym& synonym : synonyms_) {
    std::set<std::string> kinds = kinds_of[word_key(synonym.value)];
    kinds.merge(std::set<std::string>(kinds_of[word_key(synonym.word)]));
    if (kinds.empty())
      not_carried(synonym.place,
                  "the synonym " + in_quotes(synonym.word) + " of " + in_quotes(synonym.value) +
                      ": no entity has that value",
                  "mark it in a sentence, or list it");
    for (const std::string& kind : kinds) {
      add_word(synonym.place, kind, synonym.value, synonym.language, synonym.value);
      add_word(synonym.place, kind, synonym.value, synonym.language, synonym.word);
    }
  }
}

/// An entity needs values or a pattern, not both: annotated texts become values where there is no pattern,
/// and a pattern beside values becomes an entity of its own.
void Draft::settle_entities() {
  for (const Intent& intent : corpus_.intents)
    for (const Sentence& sentence : intent.sentences)
      for (const Annotation& annotation : sentence.annotations) {
        const auto found = entities_.find(annotation.kind);
        if (found == entities_.end() || !corpus_.vocabulary[found->second].pattern.empty()) continue;
        const std::string text = sentence.text.substr(annotation.begin, annotation.end - annotation.begin);
        if (!words_.contains(annotation.kind + '\n' + sentence.language + '\n' + word_key(text)))
          add_word({corpus_.vocabulary[found->second].path, sentence.position}, annotation.kind, text,
                   sentence.language, text);
      }
  const std::size_t count = corpus_.vocabulary.size();
  for (std::size_t i = 0; i < count; ++i) {
    const VocabularyEntity entity = corpus_.vocabulary[i];
    if (entity.values.empty() || entity.pattern.empty()) continue;
    corpus_.vocabulary[i].pattern.clear();
    entity_of({entity.path, entity.position}, entity.name + "_pattern").pattern = entity.pattern;
    not_carried({entity.path, entity.position},
                "the pattern of " + in_quotes(entity.name) + " beside its values",
                "it is now the entity '" + entity.name + "_pattern'");
  }
  std::erase_if(corpus_.vocabulary,
                [](const VocabularyEntity& e) { return e.values.empty() && e.pattern.empty(); });
}

}  // namespace parley::intents
