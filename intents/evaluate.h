// How good is a classifier on sentences it has not seen?
//
// Files are tab separated with a header line: text, intent. The label `oos` marks texts out of scope.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"
#include "intents/classifier.h"
#include "intents/corpus.h"

namespace parley::intents {

inline constexpr std::string_view kOutOfScopeLabel = "oos";

struct LabelledText {
  std::string text;
  std::string intent;
};

/// kNotFound: can't be read; kInvalid: a line without exactly one tab, with its number.
Result<std::vector<LabelledText>> read_labelled_texts(const std::filesystem::path& path);

/// A corpus of one language from labelled texts; `oos` becomes the intent `none`.
Corpus corpus_of(const std::vector<LabelledText>& texts, const std::string& language);

struct Evaluation {
  std::size_t in_scope_count = 0;
  std::size_t out_of_scope_count = 0;
  double accuracy = 0;  // right best intent, of the texts in scope
  double auroc = 0;     // of in_scope: the chance that a text in scope gets more than one that is not
  double calibration_error =
      0;  // expected, 15 bins of equal width, texts in scope, given that they are in scope
  double accepted_right = 0;         // share of the texts in scope with the right intent at 0.5 or above
  double accepted_wrong = 0;         // share of the texts in scope with a wrong intent at 0.5 or above
  double accepted_out_of_scope = 0;  // share of the texts out of scope with any intent at 0.5 or above
};

Evaluation evaluate(const Classifier& classifier, const std::vector<LabelledText>& texts);

}  // namespace parley::intents
