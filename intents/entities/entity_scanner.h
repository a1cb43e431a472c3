// All built-in entities of a text in one language, before anything is known about a bot.
//
// Kinds are found independently of one another: in "$20" both the amount and the number. Within a family
// (numbers; ordinals; percentages; money; all that has to do with time; ...) readings do not overlap: the
// longest wins, of equally long ones the first, then the rule that stands first in the language's file. Of
// several answers the first counts, but a "not ok" before all others.
//
// Thread rule: immutable after making; scan() may run on any thread. Lifetime: found entities point into the
// tables of the language, which live for ever, and into the text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "intents/entities/meaning.h"
#include "intents/entities/phrases.h"
#include "intents/normalize.h"

namespace parley::intents {

struct SpottedEntity {
  std::string_view kind;  // as bots name it
  std::size_t begin = 0;  // bytes of the original text
  std::size_t end = 0;
  std::size_t known_from =
      0;                     // where the first words stand that it was known by: "ik denk het" before "niet"
  std::uint32_t rule = 0;    // position in the language's file
  std::uint32_t tokens = 0;  // that it was read from: of two over one sign the fuller reading counts
  bool hides = false;        // no entity: what lies inside is none either
  bool inner = false;        // a date or time inside of a longer one: "friday" in "from monday to friday"
  Meaning meaning;           // of a shape empty: its value is its text
};

/// Two kinds of one family never overlap.
std::string_view family_of(std::string_view kind);

class EntityScanner {
 public:
  explicit EntityScanner(std::string_view language);

  /// The entities of `original`, which `text` was folded from, by begin. `view` says when they are read.
  std::vector<SpottedEntity> scan(std::string_view original, const FoldedText& text,
                                  const Viewpoint& view) const;
  const Phrases& phrases() const { return *phrases_; }

  /// Rule steps that the last scan on this thread took: what bounds its time.
  static std::size_t steps_of_last_scan();

 private:
  const Phrases* phrases_;
};

}  // namespace parley::intents
