#include "intents/evaluation/bot_report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "intents/evaluation/plot.h"
#include "intents/evaluation/report_page.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

const Corpus& corpus() {
  static const test::BotFolder kBot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  return kBot.corpus;
}

const BotReport& report() {
  static const BotReport kReport = [] {
    BotReportOptions options;
    options.validation.folds = 3;
    options.held_out = {{"reset the password of my account", "reset_password"}, {"what is the moon", "oos"}};
    return evaluate_bot("<test>", corpus(), options);
  }();
  return kReport;
}

TEST_CASE("cross-validation judges every sentence exactly once") {
  CrossValidationOptions options;
  options.folds = 4;
  double last = 0;
  const CrossValidation validation = cross_validate(corpus(), options, [&](double done, std::string_view) {
    CHECK(done >= last);
    last = done;
  });
  std::multiset<std::string> judged, written;
  for (const Prediction& prediction : validation.predictions)
    judged.insert(prediction.text);
  for (const LabelledText& text : labelled_texts_of(corpus()))
    written.insert(text.text);
  CHECK(judged == written);
  CHECK(last <= 1);
  REQUIRE(validation.learning.size() == 5);
  CHECK(std::is_sorted(
      validation.learning.begin(), validation.learning.end(),
      [](const auto& a, const auto& b) { return a.sentences_per_intent < b.sentences_per_intent; }));
  CHECK(validation.typos.front().share == 0);
  CHECK(validation.typos.front().accuracy == doctest::Approx(measure(validation.predictions, 0.5).accuracy));
}

TEST_CASE("a sentence held out of training is not simply remembered") {
  Corpus lonely;
  lonely.intents = {{"a", "", "", {}, {{"alpha beta gamma", "en", {}, {}}, {"delta epsilon", "en", {}, {}}}},
                    {"b", "", "", {}, {{"one two three", "en", {}, {}}, {"four five", "en", {}, {}}}}};
  CrossValidationOptions options;
  options.folds = 2;
  const CrossValidation validation = cross_validate(lonely, options);
  for (const Prediction& prediction : validation.predictions)
    CHECK_MESSAGE(prediction.probability() < 0.5, prediction.text);
}

TEST_CASE("the cheapest threshold rises with the cost of a wrong answer") {
  std::vector<Prediction> predictions;
  for (int i = 0; i < 10; ++i) {
    predictions.push_back({"t", "", "a", "a", "", 0.3 + i * 0.07, 0, 1});
    predictions.push_back({"t", "", "oos", "a", "", 0.1 + i * 0.05, 0, 1});
  }
  const AcceptanceCurve cheap = acceptance_curve(predictions, 0.5, 0.2),
                        dear = acceptance_curve(predictions, 0.5, 10);
  CHECK(cheap.best.threshold < dear.best.threshold);
  CHECK(dear.best.false_accepts == 0);
  CHECK(cheap.points.front().false_accepts == doctest::Approx(0.5));
  CHECK(cheap.points.back().false_rejects == doctest::Approx(0.5));
}

TEST_CASE("the learning curve is carried on along its own line") {
  // Errors 0.4 / n^0.5: twice as many sentences divide the error by the square root of two.
  const std::vector<LearningPoint> learning{{4, 0.8}, {16, 0.9}, {64, 0.95}};
  CHECK(accuracy_with_twice(learning) == doctest::Approx(1 - 0.05 / 1.41421).epsilon(0.001));
  CHECK(accuracy_with_twice({{4, 0.9}, {16, 0.8}}) == doctest::Approx(0.8));
  CHECK(accuracy_with_twice({{4, 1}}) == doctest::Approx(1));
}

TEST_CASE("the most similar sentences share rare words, and their wanted ones are found") {
  const SentenceIndex index({"i want to book a flight", "i want to hear a song", "book a table", "qqq"});
  const auto found = index.nearest("book a flight please", 2);
  REQUIRE(found.size() == 2);
  CHECK(found[0].sentence == 0);
  CHECK(found[0].similarity > found[1].similarity);
  CHECK(index.nearest("book a flight", 5, [](std::size_t i) { return i == 1; }).size() == 1);
  CHECK(index.nearest("book a table", 1).front().similarity == doctest::Approx(1).epsilon(0.001));
  CHECK(index.nearest("", 3).empty());
  const SentenceIndex rare({"something one", "something two", "something big", "something", "zoo"});
  CHECK_MESSAGE(rare.nearest("something zoo", 1).front().sentence == 4, "a short rare word decides");
  CHECK(SentenceIndex({}).nearest("anything", 3).empty());
}

TEST_CASE("near-duplicates and sentences of the wrong intent are found") {
  const std::vector<LabelledText> sentences{
      {"where is my parcel", "track", "a:1"},        {"where is my parcel now", "track", "a:2"},
      {"my parcel has not come", "track", "a:3"},    {"I want my money back", "refund", "b:1"},
      {"can I have my money back", "refund", "b:2"}, {"where is my parcel today", "refund", "b:3"}};
  std::vector<std::string> texts;
  for (const auto& sentence : sentences)
    texts.push_back(sentence.text);
  const SentenceIndex index(texts);
  const auto strays = find_strays(sentences, index);
  REQUIRE(!strays.empty());
  CHECK(strays.front().sentence.place == "b:3");
  CHECK(strays.front().similarity > strays.front().own_similarity);
  const SentenceIndex twins({"Where is my parcel?", "where is my parcel"});
  const auto duplicates =
      find_duplicates({{"Where is my parcel?", "track"}, {"where is my parcel", "track"}}, twins);
  REQUIRE(duplicates.size() == 1);
  CHECK(duplicates[0].similarity == doctest::Approx(1).epsilon(0.001));
}

TEST_CASE("confusions show the sentences of both sides, the worst pair first") {
  const std::vector<LabelledText> sentences{
      {"red apple", "a", "f:1"}, {"green pear", "b", "f:2"}, {"blue sky", "c", "f:3"}};
  const SentenceIndex index({"red apple", "green pear", "blue sky"});
  const std::vector<Prediction> predictions{{"green apple", "f:4", "a", "b", "", 0.6, 0, 1},
                                            {"red pear", "f:5", "b", "a", "", 0.7, 0, 1},
                                            {"blue apple", "f:6", "a", "c", "", 0.9, 0, 1},
                                            {"red apple", "f:1", "a", "a", "", 0.9, 0, 1}};
  const auto confusions = find_confusions(predictions, sentences, index);
  REQUIRE(confusions.size() == 2);
  CHECK(confusions[0].left == "a");
  CHECK(confusions[0].right == "b");
  REQUIRE(confusions[0].left_as_right.size() == 1);
  REQUIRE(confusions[0].right_as_left.size() == 1);
  CHECK(confusions[0].left_as_right[0].like.text == "green pear");
}

TEST_CASE("a bot's report holds both measurements, as text and as JSON") {
  CHECK(report().measures.accuracy > 0.5);
  REQUIRE(report().held_out);
  CHECK(report().held_out->in_scope_count == 1);
  const std::string text = to_text(report());
  for (const char* part :
       {"3-fold cross-validation, fast", "Held-out texts", "cheapest", "Weakest intents", "twice as many"})
    CHECK_MESSAGE(text.find(part) != std::string::npos, part);
  const nlohmann::json json = to_json(report());
  CHECK(json["folds"] == 3);
  CHECK(json["held_out"]["oos_texts"] == 1);
  CHECK(json["threshold"]["points"].size() == 51);
  CHECK(json["learning_curve"].size() == 5);
  CHECK(json["intents"].size() == 3);
}

TEST_CASE("the page needs nothing from elsewhere and escapes what people wrote") {
  const std::string page = to_page(report());
  CHECK(page.find("<test>") == std::string::npos);
  CHECK(page.find("&lt;test&gt;") != std::string::npos);
  CHECK(page.find("default-src 'none'; style-src 'sha256-") != std::string::npos);
  for (const char* foreign : {"<script", "http://", "https://", " style=", "url("})
    CHECK_MESSAGE(page.find(foreign) == std::string::npos, foreign);
  std::size_t plots = 0;
  for (std::size_t at = 0; (at = page.find("<svg ", at)) != std::string::npos; ++at)
    ++plots;
  CHECK(plots == 4);
}

}  // namespace
}  // namespace parley::intents
