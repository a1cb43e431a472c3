// Values made of values: "two blue tents" as an order line of a quantity, a colour and a product.
//
// A composite of the vocabulary names its parts and their kinds. It is found where an entity of every part's
// kind stands next to the one before, in any order, with at most kBetweenWordsMax other words between two of
// them ("two of the blue tents"). Each part is filled by the first entity that fits; what is found first is
// not used again. Its value is an object, part name -> value of the entity; its parts stay entities too, so
// that slots of their own kinds can be filled. Guesses (confidence below 1) fill no part.
//
// Cost: entities times parts. Thread rule: immutable after making. Lifetime: keeps nothing of the corpus.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/corpus.h"
#include "intents/normalize.h"

namespace parley::intents {

inline constexpr std::size_t kBetweenWordsMax = 2;

class Composites {
 public:
  explicit Composites(const Corpus& corpus);

  /// Adds composites to `entities`, which stand in the order of their places and go on doing so: a composite
  /// before its first part.
  void find(std::string_view original, const FoldedText& text, std::vector<Entity>& entities) const;

 private:
  struct Composite {
    std::string kind;
    std::map<std::string, std::string> parts;  // name -> kind
  };

  std::vector<Composite> composites_;
};

}  // namespace parley::intents
