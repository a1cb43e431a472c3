// One sentence of an author's file: checked, and its annotation marks taken out.
//
// Findings: `type`, `too-long`, `bad-annotation`, `empty-sentence`, `unknown-entity`. Whether a sentence
// stands somewhere else too is for the caller to find out.
//
// Thread rule: one thread, that of the findings.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"
#include "intents/corpus.h"

namespace parley::intents {

/// A sentence with its annotation marks taken out; `error` says what is wrong with the marks, "" when nothing
/// is.
struct AnnotatedText {
  std::string text;
  std::vector<Annotation> annotations;
  std::string error;
  std::string hint;  // what to write instead; may be empty
};
AnnotatedText parse_annotations(std::string_view source);

class SentenceReader {
 public:
  /// Annotations may name built-in kinds and entities of `vocabulary`.
  explicit SentenceReader(const std::vector<VocabularyEntity>& vocabulary);

  std::optional<Sentence> read(const config::Node& item, const std::string& language) const;

 private:
  void check_kinds(const config::Node& item, const std::vector<Annotation>& annotations) const;

  std::vector<std::string> kinds_;
};

/// Lower-case letters, digits, - and _, beginning with a letter: a name of an intent, an entity or a slot.
bool is_name(std::string_view text);

/// Without white space at both ends.
std::string trimmed(std::string_view text);

}  // namespace parley::intents
