// What a bot's authors wrote about meaning: intents with example sentences, and the vocabulary. The trainer's
// only input.
//
// read_corpus reads <bot>/intents/*.yaml and <bot>/vocabulary/*.yaml (format: docs/authoring.md) and reports
// every mistake to the findings; what is wrong is left out of the corpus, so that reading goes on. A corpus
// made while there were errors must not be trained from. Annotations are taken out of the texts:
// `[monday](date:start)` leaves "monday" and an Annotation with byte offsets into that text.
//
// Codes of findings: unknown-key, missing-key, type, duplicate-key, syntax (all of config/yaml.h); bad-name,
// duplicate-intent, duplicate-entity, duplicate-value, duplicate-synonym, duplicate-sentence,
// ambiguous-sentence, empty-sentence, too-long, few-sentences, no-sentences, unknown-language,
// bad-annotation, unknown-entity, bad-pattern, bad-parts, built-in-name.
//
// Thread rule: plain values, made on one thread; read-only afterwards.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "intents/word_vectors.h"

namespace parley::intents {

/// Its sentences are examples of what the bot is not for. Never an answer of the classifier.
inline constexpr std::string_view kNoneIntent = "none";

/// Fewer sentences than this in one language draw the warning `few-sentences`.
inline constexpr std::size_t kFewSentences = 5;
/// A longer example sentence, in bytes, is refused: it would not be one sentence.
inline constexpr std::size_t kSentenceMaxBytes = 1'000;

/// A value made of values has at most so many parts; fewer than two are none.
inline constexpr std::size_t kValuePartsMax = 8;

struct Annotation {
  std::size_t begin = 0;  // bytes into Sentence::text
  std::size_t end = 0;
  std::string kind;  // a vocabulary entity or a built-in kind
  std::string slot;  // "" when not named
};

struct Sentence {
  std::string text;  // without annotation marks, trimmed
  std::string language;
  std::vector<Annotation> annotations;  // by begin, never overlapping
  config::Position position;
};

struct Intent {
  std::string name;
  std::string title;  // "" when not given
  std::string path;   // as findings show it
  config::Position position;
  std::vector<Sentence> sentences;
};

struct VocabularyValue {
  std::string name;
  std::map<std::string, std::vector<std::string>> words;  // language -> synonyms
  config::Position position;
};

/// Either values, or a pattern, or parts.
struct VocabularyEntity {
  std::string name;
  std::string path;
  config::Position position;
  std::vector<VocabularyValue> values;
  std::string pattern;                       // RE2; "" for none
  std::map<std::string, std::string> parts;  // of a composite: name -> kind
};

struct Corpus {
  std::vector<std::string> languages = {"en"};  // of the bot; the first is its main one
  std::string country = "US";                   // 3/4 is a date how?
  std::vector<Intent> intents;                  // in file order, perhaps with kNoneIntent among them
  std::vector<VocabularyEntity> vocabulary;
  std::shared_ptr<const WordVectors> vectors;  // of words in general; null: none
};

/// Reads the corpus of manifest.folder. Findings show paths as manifest.folder begins them.
Corpus read_corpus(const config::BotManifest& manifest, config::Findings& findings);

/// The built-in entity kinds, as docs/entities.md lists them.
const std::vector<std::string>& built_in_kinds();

}  // namespace parley::intents
