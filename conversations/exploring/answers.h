// What a person may answer to a question, and what a service may: a few values of each kind, chosen around
// the constants that the flow compares with.
//
// An answer has both the words and what they would be understood to mean, so that exploring needs no
// classifier. The usual value of a kind comes first. Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "conversations/cel/time.h"
#include "conversations/exploring/constants.h"
#include "engine/message.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

/// The words of a bot, so that conversations found can be read, and played with the real understander.
struct Lexicon {
  std::map<std::string, std::string> sentences;                      // intent -> what somebody says
  std::map<std::string, std::map<std::string, std::string>> values;  // entity -> value -> its word
  std::map<std::string, std::string> patterns;                       // entity -> RE2
  std::map<std::string, std::map<std::string, std::string>> parts;   // composite -> part -> kind
};

struct Answer {
  std::string text;
  std::vector<Entity> entities;
  Json value;  // as a card's field has it
};

struct ValueSources {
  const Constants& constants;
  const Lexicon& lexicon;
  cel::CalendarDate today;
};

inline constexpr std::size_t kAnswersTriedMax = 16;  // to one question
inline constexpr std::size_t kResultsTriedMax = 80;  // of one call

/// Answers of the right kind to the question for `slot`; not whether they pass its check. None for a slot
/// with options or of type bool: its buttons are the answers.
std::vector<Answer> answers_for(const Slot& slot, const ValueSources& sources);

/// What the call may give: no row, one, several; each column that a condition reads with other values.
std::vector<Json> results_of(const ServiceOperation& operation, const ValueSources& sources);

/// A usual result without the value of one column.
struct LackingResult {
  std::string column;
  Json value;
};
/// Replies of an HTTP service may lack any place that a column is read from: one result for each column. None
/// of SQL, whose columns are checked against the seed.
std::vector<LackingResult> lacking_results_of(const ServiceOperation& operation, const ValueSources& sources);

/// No answer to anything but an open question.
inline constexpr const char* kNonsense = "qwertz uiop";

}  // namespace parley::conversations
