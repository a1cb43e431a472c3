// How well a bot's pages answer a list of questions: for choosing `knowledge: {accept}`.
//
// Thread rule: plain functions; any thread.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/knowledge.h"
#include "engine/result.h"
#include "intents/evaluation/labelled_texts.h"

namespace parley::cli {

struct PageQuestion {
  std::string text;
  std::string page;   // that answers it, its path within the language's folder; "": none should
  std::string found;  // of the best passage; "": none was found
  std::string heading;
  double score = 0;
};

/// What comes of all questions with one threshold.
struct PageOutcome {
  double accept = 0;
  std::size_t right = 0, wrong = 0, silent = 0;  // of questions that a page answers
  std::size_t false_accepts = 0;                 // of those that none should
};

/// `questions` are labelled with a page, or `oos` where none should answer. kInvalid for a label that is no
/// page of `language`.
Result<std::vector<PageQuestion>> ask_pages(const Knowledge& knowledge,
                                            const std::vector<intents::LabelledText>& questions,
                                            const KnowledgeQuery& asker);

/// For thresholds from 0.3 to 0.9.
std::vector<PageOutcome> outcomes_of(const std::vector<PageQuestion>& questions);

std::string to_text(const std::vector<PageQuestion>& questions);
nlohmann::json to_json(const std::vector<PageQuestion>& questions);

}  // namespace parley::cli
