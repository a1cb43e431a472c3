#include "intents/suggestions/suggestions.h"

#include <doctest/doctest.h>

#include "intents/suggestions/clusters.h"
#include "intents/suggestions/masking.h"
#include "intents/suggestions/sentence_adder.h"
#include "intents/suggestions/telling_words.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

using Groups = std::vector<std::vector<std::size_t>>;

std::string added(const std::string& content, const std::string& language = "en",
                  const std::vector<std::string>& sentences = {"new one"}) {
  const auto result = add_sentences(content, "a.yaml", "x", language, sentences);
  return result ? *result : "refused: " + result.error().message;
}

HeardTexts heard(const std::vector<std::string>& texts) {
  HeardTexts all;
  for (const std::string& text : texts)
    all.texts.push_back({text, "en", 1});
  return all;
}

Suggestions suggestions_for(const HeardTexts& texts) {
  const test::BotFolder bot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  const auto understander = load_or_train(bot.corpus, "");
  REQUIRE(understander.ok());
  return suggest(texts, bot.corpus, **understander, {});
}

/// "numbers" of letters: as many different words as wanted.
std::string word_of(std::size_t number) {
  std::string word;
  for (; word.size() < 6; number /= 26)
    word += static_cast<char>('a' + number % 26);
  return word;
}

}  // namespace

TEST_CASE("things are grouped by how alike they are on average") {
  Likeness likeness(5);
  likeness.set(0, 1, 0.9F);
  likeness.set(1, 2, 0.5F);
  likeness.set(0, 2, 0.3F);
  likeness.set(3, 4, 0.4F);
  CHECK((cluster(likeness, 0.95F) == Groups{{0}, {1}, {2}, {3}, {4}}));
  CHECK((cluster(likeness, 0.6F) == Groups{{0, 1}, {2}, {3}, {4}}));
  CHECK((cluster(likeness, 0.41F) == Groups{{0, 1}, {2}, {3}, {4}}));
  CHECK((cluster(likeness, 0.35F) == Groups{{0, 1, 2}, {3, 4}}));
  CHECK(cluster(Likeness(0), 0.5F).empty());
}

TEST_CASE("ties in likeness neither hang nor depend on chance") {
  Likeness likeness(6);
  for (std::size_t a = 0; a < 6; ++a)
    for (std::size_t b = 0; b < a; ++b)
      likeness.set(a, b, 0.5F);
  CHECK((cluster(likeness, 0.5F) == Groups{{0, 1, 2, 3, 4, 5}}));
}

TEST_CASE("personal entities and long numbers are masked, and nothing else") {
  const std::string text = "mail a@b.nl or NL91ABNA0417164300, case 1234567 of 2026";
  std::vector<Entity> entities(3);
  const auto is = [&](std::size_t i, const std::string& kind, std::size_t begin, std::size_t end) {
    entities[i].kind = kind;
    entities[i].begin = begin;
    entities[i].end = end;
  };
  is(0, "email", 5, 11);
  is(1, "iban", 15, 33);
  is(2, "number", 51, 55);
  CHECK(masked(text, entities) ==
        "mail name@example.com or GB82 WEST 1234 5698 7654 32, case 0000000 of 2026");
  CHECK(masked("", {}).empty());
}

TEST_CASE("a group is named after the words that tell it from the rest, in their order") {
  const TellingWords words({"my badge is broken", "my phone is new", "the new plan is here"},
                           {"the sun is mine"});
  CHECK(words.name_of({"my badge is broken", "the badge is broken"}) == "badge_broken");
  CHECK(words.name_of({"徽章 坏了"}) == "topic");
  CHECK(words.name_of({"徽 章 坏 sun"}) == "sun");
}

TEST_CASE("new lines go behind the last sentence of their language, as it is laid out") {
  CHECK(added("intent: x\nen:\n  - one  # note\n  # own line\nnl:\n  - twee\n") ==
        "intent: x\nen:\n  - one  # note\n  - new one\n  # own line\nnl:\n  - twee\n");
  CHECK(added("intent: x\nen:\n- one\n- two") == "intent: x\nen:\n- one\n- two\n- new one\n");
  CHECK(added("intent: x\r\nen:\r\n    - one\r\n") == "intent: x\r\nen:\r\n    - one\r\n    - new one\r\n");
  CHECK(added("intent: x\nen: [one, 'two, three' ]\n") == "intent: x\nen: [one, 'two, three', new one ]\n");
  CHECK(added("intent: x\nen:\n  - \"one\n    and, more\"  # c\nnl: [a]\n") ==
        "intent: x\nen:\n  - \"one\n    and, more\"  # c\n  - new one\nnl: [a]\n");
  CHECK(added("intent: x\nen:\n  - >\n    one\n\n    # two\n\nnl: [a]\n") ==
        "intent: x\nen:\n  - >\n    one\n\n    # two\n  - new one\n\nnl: [a]\n");
  CHECK(added("intent: x\nen:\n  - one\n    two\n") == "intent: x\nen:\n  - one\n    two\n  - new one\n");
  CHECK(added("intent: x\nen:\nnl: [a]\n") == "intent: x\nen:\n  - new one\nnl: [a]\n");
}

TEST_CASE("a language that an intent lacks is added at the end of its own document") {
  CHECK(added("intent: w\nen: [a]\n---\nintent: x\nen: [b]\n# end of x\n\n---\nintent: y\nnl: [c]\n", "nl") ==
        "intent: w\nen: [a]\n---\nintent: x\nen: [b]\nnl:\n  - new one\n# end of x\n\n---\nintent: y\nnl: "
        "[c]\n");
  CHECK(added("intent: x\n", "nl", {"yes", "a: b", "[monday](date) off"}) ==
        "intent: x\nnl:\n  - \"yes\"\n  - \"a: b\"\n  - \"[monday](date) off\"\n");
}

TEST_CASE("a layout that can't be added to is refused, with its place") {
  CHECK(added("intent: x\nen: just one\n").starts_with("refused: a.yaml:1"));
  CHECK(added("intent: x\nen: [a, # note\n  b # more\n  ]\n").starts_with("refused: a.yaml:1"));
  CHECK(added("intent: x\nen: &list [a]\nnl: *list\n").starts_with("refused: a.yaml:1"));
  CHECK(added("intent: y\nen: [a]\n") == "refused: a.yaml has no intent 'x'");
  CHECK(added("intent: [").starts_with("refused: "));
}

TEST_CASE("unclear texts become an existing intent, a new one, or none; clear and known ones are left out") {
  const Suggestions all =
      suggestions_for(heard({"I forgot my password", "reset my password", "the coffee machine leaks again",
                             "our coffee machine leaks", "coffee machine is leaking", "xyzzy [a](b)"}));
  CHECK(all.known == 1);
  REQUIRE(all.list.size() >= 2);
  const Suggestion& coffee = all.list.front();
  CHECK(coffee.is_new);
  CHECK(coffee.sentences.size() == 3);
  CHECK(coffee.intent.find("coffee") != std::string::npos);
  CHECK(all.list.back().intent == kNoneIntent);
  for (const Suggestion& suggestion : all.list)
    for (const SuggestedSentence& sentence : suggestion.sentences)
      CHECK(sentence.text.find('[') == std::string::npos);
}

TEST_CASE("answers that fitted no question are no suggestions") {
  const Suggestions all = suggestions_for(heard({"yes", "1", "friday at 3", "yes xyzzy"}));
  CHECK(all.clear == 3);
  CHECK(all.unclear == 1);
}

TEST_CASE(
    "suggestions keep to their limits: texts that are grouped, sentences of one, length of a sentence") {
  HeardTexts many;
  for (std::size_t i = 0; i < kSuggestedSentencesMax + 2; ++i)
    many.texts.push_back({"zeppelin balloon " + word_of(i * 7919), "en", 2});
  for (std::size_t i = 0; many.texts.size() < kGroupedTextsMax + 3; ++i)
    many.texts.push_back({word_of(i * 104'729) + " " + word_of(i * 1'299'709), "en", 1});
  many.texts.push_back({std::string(kSentenceMaxBytes, 'z') + " zeppelin", "en", 9});
  const Suggestions all = suggestions_for(many);
  CHECK(all.unclear == kGroupedTextsMax);
  CHECK(all.unclear + all.left_out + all.clear + all.known == many.texts.size());
  for (const Suggestion& suggestion : all.list)
    for (const SuggestedSentence& sentence : suggestion.sentences)
      CHECK(sentence.text.size() <= kSentenceMaxBytes);
  const Suggestion& first = all.list.front();
  CHECK(first.sentences.size() == kSuggestedSentencesMax);
  CHECK(first.unlisted >= 2);
}

}  // namespace parley::intents
