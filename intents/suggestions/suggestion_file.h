// The file that an author reviews: suggestions as YAML documents that look like those of an intents file.
//
//   ---
//   # 14 messages
//   intent: badge_broken
//   new: yes                        # an intent of this name may be made
//   accept: no                      # the author's decision
//   en:
//     - my badge is broken  # 11
//
// Reading reports to the findings: `unknown-key`, `missing-key`, `type`, `bad-name`, `unknown-intent` (not
// `new`, and the bot has none of that name), `unknown-language`, and for accepted suggestions those of
// sentence_reader.h, `duplicate-sentence` (a warning: it is passed over) and `ambiguous-sentence` (the same
// sentence in another intent).
//
// Thread rule: one thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"
#include "intents/corpus.h"
#include "intents/suggestions/suggestions.h"

namespace parley::intents {

/// The whole file. `title` says in one line what it was made from.
std::string suggestions_yaml(const Suggestions& suggestions, const Corpus& corpus, std::string_view title);

struct AcceptedSentence {
  std::string written;  // with annotation marks
  std::string language;
};

/// One document of the file.
struct ReviewedSuggestion {
  std::string intent;
  bool accepted = false;
  config::Position position;
  std::vector<AcceptedSentence> sentences;  // of an accepted one, without those that the intent has already
};

std::vector<ReviewedSuggestion> read_suggestions(const config::YamlFile& file, const Corpus& corpus);

/// The file without those of its documents for which `leaves` is true, all else byte for byte; "" when none
/// is left.
std::string without_documents(const config::YamlFile& file, const std::vector<bool>& leaves);

}  // namespace parley::intents
