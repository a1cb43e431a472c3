// A text that asks for two things at once, cut where it falls apart: "reset my password | and what is my
// leave balance".
//
// It may fall apart at punctuation and at linking words ("and", "also": `links` of language/*.yaml), and does
// where either side alone clearly means an intent, and another one than the other side does. A few words in
// front of such a clause ("the 12th, and what is my balance?") are a clause as well: the answer to a question
// that was asked.
//
// What neither is a clause nor fits the intent of the clause around it is an aside: "reset my password, and
// how long is parental leave?".
//
// Pure functions; any thread.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "intents/normalize.h"

namespace parley::intents {

/// Cuts that are tried in one text, the first ones; each costs two more classifications.
inline constexpr std::size_t kClauseGapsMax = 6;
/// A side is clear from this probability of its best intent, scope included; measured in docs/classifier.md.
inline constexpr double kClauseClear = 0.6;

/// A request has at least so many words: "and friday" asks for nothing.
inline constexpr std::size_t kClauseWordsMin = 2;

/// An aside has at least so many words: fewer are no question.
inline constexpr std::size_t kAsideWordsMin = 4;

/// Words of a FoldedText, from `first` up to, not including, `last`.
struct ClauseSpan {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The best intent of some words, and its probability; intent < 0: none.
struct ClauseJudgement {
  int intent = -1;
  double probability = 0;
};
using ClauseJudge = std::function<ClauseJudgement(const ClauseSpan&)>;

/// The clauses in order, without the links between them; none where the text is one.
std::vector<ClauseSpan> find_clauses(std::string_view original, const FoldedText& text,
                                     const std::vector<std::string>& links, const ClauseJudge& judge);

/// The parts of `clauses` (of the whole text, where there are none) that are clear of no intent, in order.
std::vector<ClauseSpan> find_asides(std::string_view original, const FoldedText& text,
                                    const std::vector<std::string>& links,
                                    const std::vector<ClauseSpan>& clauses, const ClauseJudge& judge);

}  // namespace parley::intents
