// All entities of a text: vocabulary and patterns of the bot, built-in kinds of its languages, with values
// and roles.
//
// Readings that overlap are settled by one rule. The longer one wins; of equally long ones the kind that says
// more (vocabulary, email, url, date, time, money, duration, phone, number, yesno), then the text's own
// language. Two exceptions: readings of different kinds over the very same bytes are all kept, best first,
// and so are those of different vocabulary entities: the bot's author decides what a word may stand for.
//
// Of several dates the later ones go on from the earlier: in "from monday to friday" the friday follows that
// monday.
//
// Thread rule: immutable after making; find() may run on any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/corpus.h"
#include "intents/entities/calendar.h"
#include "intents/entities/grammar.h"
#include "intents/entities/roles.h"
#include "intents/entities/spelling.h"
#include "intents/entities/vocabulary.h"
#include "intents/normalize.h"

namespace parley::intents {

struct EntityContext {
  std::string_view language;      // of the text
  bool language_certain = false;  // else the grammars of all the bot's languages are tried, this one first
  std::string_view intent;        // that the text has, or "": whose annotations decide roles
  std::chrono::sys_days today;    // in the person's time zone
};

class EntityFinder {
 public:
  explicit EntityFinder(const Corpus& corpus);

  /// The entities of `original`, which `text` was folded from, by begin; at most limits::kEntitiesPerTextMax.
  std::vector<Entity> find(std::string_view original, const FoldedText& text,
                           const EntityContext& context) const;

 private:
  struct Candidate {
    std::size_t begin = 0;  // bytes of the original
    std::size_t end = 0;
    std::string_view kind;
    int rank = 0;   // of the kind: lower says more
    int doubt = 0;  // how far the text was from what was looked for
    std::optional<CalendarDate> date;
    const Grammar* grammar = nullptr;  // null: from the vocabulary
    GrammarMatch match;
    nlohmann::json value;
  };
  struct Language {
    std::string name;
    const Grammar* grammar;
    SpellingIndex spelling;
  };

  void add_vocabulary(std::string_view original, const FoldedText& text, std::vector<Candidate>& into) const;
  void add_grammar(const Grammar& grammar, int doubt, std::string_view original, const FoldedText& text,
                   const CalendarContext& calendar, std::vector<Candidate>& into) const;
  /// `text` with misspelt words of the language's tables put right; false when there are none.
  bool correct(const Language& language, const FoldedText& text, FoldedText& into) const;
  static void choose(std::vector<Candidate>& candidates);
  static bool excludes(const Candidate& kept, const Candidate& other);
  static void put_dates_in_order(const CalendarContext& calendar, std::vector<Candidate>& candidates);

  bool month_first_;
  std::unordered_set<std::string> common_words_;
  Vocabulary vocabulary_;
  Roles roles_;
  std::vector<Language> languages_;
};

/// The calendar day at `now` in a time zone (IANA name; an unknown one is UTC).
std::chrono::sys_days local_day(std::chrono::sys_time<std::chrono::milliseconds> now,
                                const std::string& timezone);

}  // namespace parley::intents
