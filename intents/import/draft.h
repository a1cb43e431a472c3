// What an import has gathered so far: readers of foreign formats add to it, and finish() makes a corpus of
// ours.
//
// A reader hands over sentences in pieces and entities under their foreign names; the draft finds legal
// names, turns the usual built-in entities into ours, takes synonyms out of annotations, and leaves out what
// `parley check` would refuse. Whatever does not make it into the corpus is a finding (code `not-carried`) at
// its place in the source, a warning. Errors are only for files that can't be understood.
//
// Thread rule: one thread. Lifetime: refers to the findings, which must outlive it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "intents/corpus.h"

namespace parley::intents {

/// Where something stands in a source file.
struct SourcePlace {
  std::string path;
  config::Position position;
};

/// A piece of a sentence; plain when `entity` is empty.
struct SentencePiece {
  std::string text;
  std::string entity = {};  // by its foreign name
  std::string role = {};
  std::string value = {};  // what the text stands for, when that was said
};

class Draft {
 public:
  /// `language` is that of sources that name none.
  Draft(std::string language, config::Findings& findings);

  const std::string& language() const { return language_; }
  config::Findings& findings() { return findings_; }

  /// `language`: a code or locale such as en-US; "" for the draft's own.
  void add_sentence(const SourcePlace& place, const std::string& intent, const std::string& language,
                    const std::vector<SentencePiece>& pieces);
  /// A word that stands for a value of a list entity.
  void add_word(const SourcePlace& place, const std::string& entity, const std::string& value,
                const std::string& language, const std::string& word);
  void add_pattern(const SourcePlace& place, const std::string& entity, const std::string& pattern);
  /// Words that stand for a value wherever it is annotated, when the source does not say of which entity.
  void add_synonym(const SourcePlace& place, const std::string& value, const std::string& language,
                   const std::string& word);

  void not_carried(const SourcePlace& place, const std::string& what, const std::string& hint = "");
  void bad(const SourcePlace& place, const std::string& what, const std::string& hint = "");

  /// Settles what depends on the whole: loose synonyms and entities without values. Call once.
  Corpus finish();

 private:
  struct Synonym {
    SourcePlace place;
    std::string value, language, word;
  };

  std::string code_of(const std::string& language);
  Intent& intent_of(const std::string& name);
  VocabularyEntity& entity_of(const SourcePlace& place, const std::string& name);
  void annotate(const SourcePlace& place, const std::string& language, const SentencePiece& piece,
                Sentence& into);
  bool is_new(const SourcePlace& place, const std::string& intent, const Sentence& sentence);
  void settle_synonyms();
  void settle_entities();

  std::string language_;
  config::Findings& findings_;
  Corpus corpus_;
  std::map<std::string, std::size_t> intents_, entities_;  // our name -> place in the corpus
  std::map<std::string, std::string> seen_;                // language and words -> intent
  std::map<std::string, std::string> words_;               // entity, language and word -> value
  std::vector<Synonym> synonyms_;
  std::set<std::string> built_in_reported_;
};

}  // namespace parley::intents
