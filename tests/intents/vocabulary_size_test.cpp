// A vocabulary of 100,000 values, and texts that were made to hurt: the work on a text is counted, not timed.
#include <algorithm>
#include <array>
#include <random>

#include "engine/limits.h"
#include "intents/entities/chart.h"
#include "intents/entities/entity_finder.h"
#include "intents/entities/vocabulary.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

constexpr std::size_t kValues = 100'000;
constexpr std::size_t kStepsASentence = 1'000;  // list words compared and tree nodes looked up
constexpr unsigned kSeed = 20'260'302;

/// "steel kapori 31": two words and a number, half of them with the same first word.
std::string product(std::size_t number) {
  static constexpr std::array<const char*, 12> kSyllables = {"ka", "to",  "ri", "mel", "san", "dor",
                                                             "vi", "pas", "lu", "gra", "bel", "ton"};
  std::string name = number % 2 ? "steel " : "wooden ";
  for (std::size_t rest = number / 10; name.size() < 18; rest = rest / 12 + 5)
    name += kSyllables[rest % 12];
  return name + " " + std::to_string(number % 1'000);
}

Corpus large_corpus() {
  Corpus corpus;
  corpus.languages = {"en"};
  corpus.country = "US";
  VocabularyEntity entity;
  entity.name = "product";
  for (std::size_t i = 0; i < kValues; ++i) {
    VocabularyValue value;
    value.name = std::to_string(i);
    value.words["en"] = {product(i)};
    entity.values.push_back(std::move(value));
  }
  corpus.vocabulary.push_back(std::move(entity));
  return corpus;
}

const Vocabulary& large() {
  static const Vocabulary kVocabulary(large_corpus(), {"order", "still", "stood"});
  return kVocabulary;
}

std::vector<VocabularyMatch> find(const std::string& text) {
  std::vector<VocabularyMatch> matches;
  large().find(text, fold(text), matches);
  return matches;
}

TEST_CASE("of 100,000 values the right one is found, misspelt too, with bounded work") {
  for (const std::size_t number : {7ul, 50'000ul, 99'999ul}) {
    const auto matches = find("please order the " + product(number) + " today");
    const bool found = std::any_of(matches.begin(), matches.end(), [&](const VocabularyMatch& match) {
      return *match.value == std::to_string(number) && match.certainty == 2;
    });
    CHECK_MESSAGE(found, product(number));
    CHECK(Vocabulary::steps_of_last_find() < kStepsASentence);
  }
  std::string misspelt = product(4'711);
  std::swap(misspelt[10], misspelt[11]);
  CHECK(!find("where is my " + misspelt).empty());
  CHECK(Vocabulary::steps_of_last_find() < kStepsASentence);
}

TEST_CASE("a sentence without a value costs little, and a common word is no misspelt value") {
  CHECK(find("when do you open on saturday, and is the shop still where it stood").empty());
  CHECK(Vocabulary::steps_of_last_find() < kStepsASentence);
  CHECK(find("I stood still").empty());
}

TEST_CASE("near words in a dense list are compared up to the limit") {
  std::vector<std::string> words;
  for (char a = 'a'; a <= 'z'; ++a)
    for (char b = 'a'; b <= 'z'; ++b)
      words.push_back(std::string("catal") + a + b + "gue");
  const SpellingIndex index(words);
  CHECK(index.nearest("catalgue") != SpellingIndex::kNothing);  // every word of the list is two letters off
  CHECK(SpellingIndex::compared_last() == kComparedMax);
}

TEST_CASE("a text that walks long phrases over and over stops at the limit of steps") {
  Corpus corpus;
  corpus.languages = {"en"};
  VocabularyEntity entity;
  entity.name = "song";
  VocabularyValue value;
  value.name = "refrain";
  std::string refrain, text;
  for (int i = 0; i < 60; ++i)
    refrain += "tralala ";
  for (std::size_t i = 0; i < kWordsLookedAt; ++i)
    text += "tralala ";
  value.words["en"] = {refrain};
  entity.values.push_back(value);
  corpus.vocabulary.push_back(entity);
  std::vector<VocabularyMatch> matches;
  Vocabulary(corpus, {}).find(text, fold(text), matches);
  CHECK(!matches.empty());
  CHECK(Vocabulary::steps_of_last_find() > kTreeStepsMax);
  CHECK(Vocabulary::steps_of_last_find() <= kTreeStepsMax + kWordsLookedAt * kReadingsMax);
}

std::string random_bytes(std::mt19937& random, std::size_t size) {
  std::string text;
  while (text.size() < size)
    text += static_cast<char>(random() % 256);
  return text;
}

std::string repeated(const std::string& piece, std::size_t size) {
  std::string text;
  while (text.size() + piece.size() <= size)
    text += piece;
  return text;
}

TEST_CASE("hostile texts end with bounded work and offsets that lie inside of them") {
  constexpr std::size_t kLarge = 64 * 1'024;
  const EntityFinder finder(large_corpus());
  std::mt19937 random(kSeed);
  std::vector<std::string> texts;
  for (int i = 0; i < 40; ++i)
    texts.push_back(random_bytes(random, 1 + random() % 3'000));
  for (const char* piece : {"a", "7", "\xED\xA0\x80", "\xED\xB0\x80x", "\xF0\x9F", "\xC0\xAF", "1.", "1,1 ",
                            "monday ", "steel ", "steel kapori ", "one hundred and ",
                            "from monday at 3 to friday ", "20 euro ", "\xE2\x80\x8D", "(", "+1-", "a@"})
    texts.push_back(repeated(piece, kLarge));
  for (const std::string& text : texts) {
    const FoldedText folded_text = fold(text);
    const auto entities = finder.find(text, folded_text, {"en", true, "", std::chrono::sys_days()});
    CHECK(entities.size() <= limits::kEntitiesPerTextMax);
    CHECK(Vocabulary::steps_of_last_find() <= kTreeStepsMax + 1 + kWordsLookedAt * kComparedMax);
    CHECK(EntityScanner::steps_of_last_scan() <= (folded_text.text.size() + 1) * kStepsPerTokenMax);
    for (const Entity& entity : entities) {
      CHECK(entity.begin < entity.end);
      CHECK(entity.end <= text.size());
    }
  }
}

}  // namespace
}  // namespace parley::intents
