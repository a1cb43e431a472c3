// The model of negative experiences: what it learns from, and how it does on texts that it has not seen.
#include "intents/sentiment.h"

#include <doctest/doctest.h>

#include "intents/evaluation/sentiment_report.h"
#include "intents/model_file.h"
#include "intents/trainer.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

namespace fs = std::filesystem;

constexpr double kShipped = 0.7;  // bot.yaml's `negative`, where it says nothing

/// A bot that is asked one thing in many ways, and complained to in a few.
Corpus bot_with(std::size_t requests) {
  Corpus corpus;
  Intent asks{"ask", "", "", {}, {}};
  for (std::size_t i = 0; i < requests; ++i)
    asks.sentences.push_back({"where is parcel number " + std::to_string(i), "en", {}, {}});
  Intent complains{"complain", "", "", {}, {}};
  for (const char* text : {"your service is terrible", "I am very disappointed in you", "this is a disgrace"})
    complains.sentences.push_back({text, "en", {}, {}});
  corpus.intents = {asks, complains};
  return corpus;
}

}  // namespace

TEST_CASE("Sentences of every language ship, of both kinds, and each stands in one kind only") {
  const Corpus& corpus = sentiment_corpus();
  REQUIRE(corpus.intents.size() == 2);
  CHECK(corpus.intents[0].name == kNegative);
  CHECK(corpus.languages == std::vector<std::string>{"de", "en", "nl"});
  for (const Intent& intent : corpus.intents)
    for (const std::string& language : corpus.languages)
      CHECK(std::count_if(intent.sentences.begin(), intent.sentences.end(),
                          [&](const Sentence& sentence) { return sentence.language == language; }) > 100);
  for (const Sentence& negative : corpus.intents[0].sentences)
    for (const Sentence& other : corpus.intents[1].sentences)
      CHECK_MESSAGE((negative.text != other.text || negative.language != other.language), negative.text);
}

TEST_CASE(
    "On texts that were written apart from them, most of what is taken for negative is, and half is found") {
  const auto texts =
      read_labelled_texts(fs::path(PARLEY_SOURCE_DIR) / "tests/intents/sentiment_held_out.tsv");
  REQUIRE(texts.ok());
  const auto judged = sentiment_judged(*texts, *shipped_sentiment(""));
  const SentimentFigures figures = sentiment_figures(judged, "", kShipped);
  CHECK(figures.negative == 60);
  CHECK(figures.other == 80);
  CHECK(figures.found >= 30);
  CHECK(figures.false_alarms <= 12);
}

TEST_CASE("Politeness hides no experience, and a negation can make a word of blame harmless") {
  const auto sentiment = shipped_sentiment("");
  for (const char* text : {"this is the third time I ask", "sorry to bother you again, but still no answer",
                           "dit is de derde keer dat ik het vraag", "niemand reageert"})
    CHECK_MESSAGE(sentiment->negative(text) > 0.5, text);
  for (const char* text : {"not bad at all", "no problem at all", "helemaal geen probleem", "niet slecht",
                           "my laptop is broken", "mijn laptop is kapot", "where can I complain"})
    CHECK_MESSAGE(sentiment->negative(text) < 0.5, text);
  CHECK(sentiment->negative("") == 0);
}

TEST_CASE("A bot's own sentences are examples of no experience, but for those of complaints") {
  const auto shipped = shipped_sentiment("");
  const std::size_t known = sentiment_corpus().intents[1].sentences.size();
  CHECK(sentiment_corpus_of(bot_with(kOwnSentencesMin - 1), *shipped).intents[1].sentences.size() == known);
  CHECK(load_or_train_sentiment(bot_with(5), "") == shipped);
  const Corpus own = sentiment_corpus_of(bot_with(kOwnSentencesMin), *shipped);
  CHECK(own.intents[1].sentences.size() == known + kOwnSentencesMin);
  CHECK(own.intents[0].sentences.size() == sentiment_corpus().intents[0].sentences.size());
  const Corpus many = sentiment_corpus_of(bot_with(kOwnSentencesMax * 2), *shipped);
  CHECK(many.intents[1].sentences.size() == known + kOwnSentencesMax);
}

TEST_CASE("The same sentences give the same model, and a stored one is taken again") {
  CHECK(model_bytes(train_classifier(sentiment_corpus()), "x") ==
        model_bytes(train_classifier(sentiment_corpus(), {.threads = 1}), "x"));
  const test::TempFolder folder;
  const Corpus bot = bot_with(kOwnSentencesMin);
  const auto trained = load_or_train_sentiment(bot, folder.path());
  const auto stored = load_or_train_sentiment(bot, folder.path());
  CHECK(std::distance(fs::directory_iterator(folder.path()), fs::directory_iterator()) >= 1);
  CHECK(trained->negative("nobody answers me") == stored->negative("nobody answers me"));
}

TEST_CASE("Cross-validation judges each sentence once") {
  const auto judged = sentiment_validated(sentiment_corpus(), 2);
  const SentimentFigures all = sentiment_figures(judged, "", 0.0);
  CHECK(all.negative == sentiment_corpus().intents[0].sentences.size());
  CHECK(all.other == sentiment_corpus().intents[1].sentences.size());
  CHECK(all.found == all.negative);
  const SentimentFigures dutch = sentiment_figures(judged, "nl", kShipped);
  CHECK(dutch.negative > 0);
  CHECK(dutch.negative < all.negative);
  CHECK(dutch.found > dutch.negative / 3);
}

}  // namespace parley::intents
