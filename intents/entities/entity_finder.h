// All entities of a text: vocabulary and patterns of the bot, built-in kinds of its languages, with values
// and roles.
//
// Readings that overlap are settled by one rule. The longer one wins; of equally long ones the kind that says
// more (vocabulary, then kRanked in the .cpp), then the text's own language, then words that needed no
// correction. Two exceptions: readings of different kinds over the very same bytes are all kept, best first,
// and so are those of different vocabulary entities: the bot's author decides what a word may stand for. A
// period or a date with a time keeps the dates and times it is made of, so that "from monday to friday" fills
// two slots of type date as well as one of type period.
//
// Last, where nothing of a listed kind was found, its place in the sentence may show a value that the list
// does not have (context_values.h); it overlaps nothing. Values that the author made of values come on top
// (composites.h): they overlap their parts.
//
// Of several dates the later ones go on from the earlier: in "monday and then friday" the friday follows that
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
#include "intents/entities/composites.h"
#include "intents/entities/context_values.h"
#include "intents/entities/entity_scanner.h"
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
  std::int64_t clock = 0;         // seconds since midnight there
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
    bool built_in = true;
    bool composite = false;  // a period, a date with a time: keeps what it is made of
    bool inner = false;      // a part of such a one
    Recurrence recurrence = Recurrence::kNever;
    std::vector<nlohmann::json> values;  // past before future; none: it looked like one, but is none
    std::size_t usual = 0;
  };
  struct Language {
    std::string name;
    EntityScanner scanner;
    SpellingIndex spelling;
  };

  void add_vocabulary(std::string_view original, const FoldedText& text, std::vector<Candidate>& into) const;
  void add_built_in(const EntityScanner& scanner, int doubt, std::string_view original,
                    const FoldedText& text, const Viewpoint& view, std::vector<Candidate>& into) const;
  /// `text` with misspelt words of the language's tables put right; false when there are none.
  bool correct(const Language& language, const FoldedText& text, FoldedText& into) const;
  static void choose(std::vector<Candidate>& candidates);
  static bool excludes(const Candidate& kept, const Candidate& other);
  static void put_dates_in_order(std::vector<Candidate>& candidates);

  bool month_first_;
  std::unordered_set<std::string> common_words_;
  Vocabulary vocabulary_;
  ContextValues context_values_;
  Composites composites_;
  Roles roles_;
  std::vector<Language> languages_;
};

/// The calendar day at `now` in a time zone (IANA name; an unknown one is UTC), and the seconds since its
/// midnight.
struct LocalTime {
  std::chrono::sys_days day;
  std::int64_t clock = 0;
};
LocalTime local_time(std::chrono::sys_time<std::chrono::milliseconds> now, const std::string& timezone);

}  // namespace parley::intents
