#include "intents/clauses.h"

#include <algorithm>
#include <array>
#include <optional>

namespace parley::intents {
namespace {

constexpr std::size_t kAnswerWordsMax = 4;  // "from the 12th", "yes please": in front of a request

/// Where a text may fall apart: words from `end` up to `begin` are links, and belong to neither side.
struct Gap {
  std::size_t end = 0;    // the word behind the left side
  std::size_t begin = 0;  // the first word of the right side
};

bool is_link(const FoldedText& text, std::size_t word, const std::vector<std::string>& links) {
  return std::find(links.begin(), links.end(), text.word(word)) != links.end();
}

/// Whether a sign that ends clauses stands between this word and the one before it.
bool has_stop_before(std::string_view original, const FoldedText& text, std::size_t word) {
  static constexpr std::array<std::string_view, 12> kStops{
      ".",
      "?",
      "!",
      ";",
      ",",
      "\n",
      "\xE3\x80\x82",
      "\xEF\xBC\x9F",
      "\xEF\xBC\x81",
      "\xEF\xBC\x8C",
      "\xE3\x80\x81",
      "\xD8\x9F"};  // the last six: the same in Chinese and Japanese, the Arabic question
  const std::size_t begin = text.origin[text.words[word - 1].end];
  const std::size_t end = text.origin[text.words[word].begin];
  if (begin >= end || end > original.size()) return false;
  const std::string_view between = original.substr(begin, end - begin);
  return std::any_of(kStops.begin(), kStops.end(),
                     [&](std::string_view stop) { return between.find(stop) != std::string_view::npos; });
}

std::vector<Gap> find_gaps(std::string_view original, const FoldedText& text,
                           const std::vector<std::string>& links) {
  std::vector<Gap> gaps;
  for (std::size_t word = 1; word < text.words.size() && gaps.size() < kClauseGapsMax; ++word) {
    const std::size_t end = word;
    const bool stopped = has_stop_before(original, text, word);
    while (word < text.words.size() && is_link(text, word, links))
      ++word;
    if (word < text.words.size() && (stopped || word > end)) gaps.push_back({end, word});
  }
  return gaps;
}

class Cutter {
 public:
  Cutter(std::vector<Gap> gaps, const ClauseJudge& judge) : gaps_(std::move(gaps)), judge_(judge) {}

  /// Appends the clauses of `span` in order.
  void cut(const ClauseSpan& span, std::vector<ClauseSpan>& clauses) const {
    const std::optional<Gap> gap = best_gap(span);
    if (!gap) return clauses.push_back(span);
    cut({span.first, gap->end}, clauses);
    cut({gap->begin, span.last}, clauses);
  }

  /// The first gap behind a few words that ask for nothing, before a clear request.
  std::optional<Gap> answer_gap(const ClauseSpan& span) const {
    for (const Gap& gap : gaps_) {
      if (gap.end - span.first > kAnswerWordsMax || span.last - gap.begin < kClauseWordsMin) break;
      if (judge_({gap.begin, span.last}).probability < kClauseClear) continue;
      if (judge_({span.first, gap.end}).probability < kClauseClear) return gap;
    }
    return std::nullopt;
  }

 private:
  /// The gap whose less clear side is the clearest.
  std::optional<Gap> best_gap(const ClauseSpan& span) const {
    std::optional<Gap> best;
    double clearest = kClauseClear;
    for (const Gap& gap : gaps_) {
      const ClauseSpan left{span.first, gap.end}, right{gap.begin, span.last};
      if (gap.end < span.first + kClauseWordsMin || gap.begin + kClauseWordsMin > span.last) continue;
      const ClauseJudgement before = judge_(left);
      if (before.probability < clearest) continue;
      const ClauseJudgement after = judge_(right);
      const double clear = std::min(before.probability, after.probability);
      if (before.intent == after.intent || clear < clearest) continue;
      clearest = clear;
      best = gap;
    }
    return best;
  }

  const std::vector<Gap> gaps_;
  const ClauseJudge& judge_;
};

}  // namespace

std::vector<ClauseSpan> find_clauses(std::string_view original, const FoldedText& text,
                                     const std::vector<std::string>& links, const ClauseJudge& judge) {
  std::vector<ClauseSpan> clauses;
  const ClauseSpan whole{0, text.words.size()};
  const Cutter cutter(find_gaps(original, text, links), judge);
  cutter.cut(whole, clauses);
  if (clauses.size() > 1) return clauses;
  const std::optional<Gap> gap = cutter.answer_gap(whole);
  if (!gap) return {};
  return {{0, gap->end}, {gap->begin, whole.last}};
}

std::vector<ClauseSpan> find_asides(std::string_view original, const FoldedText& text,
                                    const std::vector<std::string>& links,
                                    const std::vector<ClauseSpan>& clauses, const ClauseJudge& judge) {
  std::vector<ClauseSpan> asides;
  const auto add = [&](const ClauseSpan& part, const ClauseSpan& whole) {
    if (part.last - part.first < kAsideWordsMin || part.last - part.first == whole.last - whole.first) return;
    if (judge(part).probability < kClauseClear) asides.push_back(part);
  };
  const std::vector<Gap> gaps = find_gaps(original, text, links);
  const std::vector<ClauseSpan> whole{{0, text.words.size()}};
  for (const ClauseSpan& span : clauses.empty() ? whole : clauses) {
    ClauseSpan part = span;
    for (const Gap& gap : gaps) {
      if (gap.end <= span.first || gap.begin >= span.last) continue;
      add({part.first, gap.end}, span);
      part.first = gap.begin;
    }
    add(part, span);
  }
  return asides;
}

}  // namespace parley::intents
