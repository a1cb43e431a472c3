// Which slot an entity is meant for, learned from annotated sentences: after "from" a date is the start,
// after "until" the end.
//
// Every annotation is an example: its slot, the word before, the word after, and its place among the
// annotations of its kind in the sentence. A found entity gets the slot that these three speak for most
// (naive Bayes), if it is likely enough. Examples of the text's own intent count alone where there are any.
// The only one of its kind needs a word beside it that speaks for the slot: else it is an answer to whatever
// was asked. In one text no slot is given twice.
//
// Thread rule: immutable after making.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/corpus.h"
#include "intents/normalize.h"

namespace parley::intents {

class Roles {
 public:
  explicit Roles(const Corpus& corpus);

  /// Sets Entity::role where one is likely. `intent` is "" when it is not known well enough.
  void assign(const FoldedText& text, std::string_view intent, std::vector<Entity>& entities) const;

 private:
  /// What surrounds an entity.
  struct Surroundings {
    std::string before;
    std::string after;
    int place = 0;  // 0: the only one of its kind, 1: the first of several, 2: a later one
  };
  struct Example {
    std::string kind;
    std::string intent;
    std::string slot;
    Surroundings surroundings;
  };
  struct Choice {
    std::string slot;
    double probability = 0;
  };

  static Surroundings surroundings_of(const FoldedText& text, std::size_t begin, std::size_t end, int place);
  Choice best_slot(const std::string& kind, std::string_view intent, const Surroundings& surroundings) const;

  std::vector<Example> examples_;
};

}  // namespace parley::intents
