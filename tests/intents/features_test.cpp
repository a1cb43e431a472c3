#include "intents/features.h"

#include <doctest/doctest.h>
#include <set>

namespace parley::intents {

TEST_CASE("the runs of a word lie where their characters are, and are those that a text is read by") {
  std::vector<std::pair<std::size_t, std::size_t>> places;
  std::set<FeatureKey> keys;
  for (const WordRun& run : runs_of_word("aé")) {
    places.emplace_back(run.begin, run.end);
    keys.insert(run.key);
  }
  // " a", " aé", " aé ", "aé", "aé ", "é ", where é has two bytes and the bounds none.
  CHECK(places ==
        std::vector<std::pair<std::size_t, std::size_t>>{{0, 1}, {0, 3}, {0, 3}, {0, 3}, {0, 3}, {1, 3}});
  FoldedText text;
  text.text = "aé";
  text.words = {{0, 3}};
  std::vector<Occurrence> occurrences;
  extract_features(text, occurrences);
  std::set<FeatureKey> read;
  for (const Occurrence& occurrence : occurrences)
    if (group_of(occurrence.key) == 1) read.insert(occurrence.key);
  CHECK(keys == read);
  CHECK(runs_of_word("").size() == 1);
}

}  // namespace parley::intents
