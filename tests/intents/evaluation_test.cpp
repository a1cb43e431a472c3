#include <cmath>

#include "intents/evaluation/measures.h"
#include "intents/evaluation/occlusion.h"
#include "intents/evaluation/table_run.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

Prediction answer(const std::string& wanted, const std::string& best, double certainty, double in_scope) {
  return {"text", "", wanted, best, "", certainty, 0, in_scope};
}

TEST_CASE("a table is read by the names of its columns, whatever else it has") {
  const test::TempFolder folder;
  const auto path = folder.write("t.tsv",
                                 "\xEF\xBB\xBF"
                                 "text\tid\tintent\r\nhello there\t1\tgreet\r\n\n\t2\toos\n");
  const auto texts = read_labelled_texts(path);
  REQUIRE_MESSAGE(texts, texts.error().message);
  REQUIRE(texts->size() == 2);
  CHECK(texts->front().text == "hello there");
  CHECK(texts->front().intent == "greet");
  CHECK(texts->back().text.empty());
}

TEST_CASE("a table without its header or with a short line is refused at that line") {
  const test::TempFolder folder;
  const auto headless = read_labelled_texts(folder.write("a.tsv", "hello\tgreet\n"));
  REQUIRE_FALSE(headless);
  CHECK(headless.error().message.find("a.tsv:1: ") != std::string::npos);
  const auto unlabelled = read_labelled_texts(folder.write("b.tsv", "text\tintent\nhello\tgreet\nbye\t\n"));
  REQUIRE_FALSE(unlabelled);
  CHECK(unlabelled.error().message.find("b.tsv:3: ") != std::string::npos);
  CHECK_FALSE(read_labelled_texts(folder.write("empty.tsv", "")));
  CHECK_FALSE(read_labelled_texts(folder.path()));
}

TEST_CASE("texts labelled oos become sentences of the intent none") {
  const Corpus corpus = corpus_of({{"hello", "greet"}, {"the moon is far", "oos"}, {"hi", "greet"}}, "en");
  REQUIRE(corpus.intents.size() == 2);
  CHECK(corpus.intents[0].sentences.size() == 2);
  CHECK(corpus.intents[1].name == kNoneIntent);
}

TEST_CASE("accuracy, F1 and calibration are those that a pencil gives") {
  const std::vector<Prediction> predictions{answer("a", "a", 0.9, 1), answer("a", "a", 0.9, 1),
                                            answer("a", "b", 0.5, 1), answer("b", "b", 0.9, 1)};
  const Measures measures = measure(predictions, 0.5);
  CHECK(measures.accuracy == doctest::Approx(0.75));
  REQUIRE(measures.intents.size() == 2);
  CHECK(measures.intents[0].precision() == doctest::Approx(1));
  CHECK(measures.intents[0].recall() == doctest::Approx(2.0 / 3));
  CHECK(measures.macro_f1 == doctest::Approx((0.8 + 2.0 / 3) / 2));
  // Three answers at 0.9 are all right, one at 0.5 is wrong.
  CHECK(measures.ece == doctest::Approx((3 * 0.1 + 0.5) / 4));
  CHECK_FALSE(measures.oos_auroc);
  CHECK_FALSE(measures.oos_recall);
}

TEST_CASE("scope measures compare texts of the bot with others") {
  const std::vector<Prediction> predictions{answer("a", "a", 1, 0.9),   answer("a", "a", 1, 0.4),
                                            answer("b", "a", 1, 0.8),   answer("oos", "a", 1, 0.6),
                                            answer("oos", "b", 1, 0.1), answer("oos", "", 0, 0)};
  const Measures measures = measure(predictions, 0.5);
  CHECK(*measures.oos_recall == doctest::Approx(2.0 / 3));
  CHECK(*measures.oos_auroc == doctest::Approx(8.0 / 9));
  CHECK(measures.acceptance.right == doctest::Approx(1.0 / 3));
  CHECK(measures.acceptance.wrong == doctest::Approx(1.0 / 3));
  CHECK(measures.acceptance.rejected == doctest::Approx(1.0 / 3));
  CHECK(measures.acceptance.out_of_scope == doctest::Approx(1.0 / 3));
  for (const ScopePoint& point : measures.scope_points) {
    const bool all = point.oos_recall > 2.0 / 3;
    CHECK(point.accuracy == doctest::Approx(all ? 1.0 / 3 : 2.0 / 3));
  }
}

TEST_CASE("equal scores count half in the AUROC") {
  CHECK(chance_above({0.5, 0.5}, {0.5}) == doctest::Approx(0.5));
  CHECK(chance_above({0.9}, {0.1, 0.95}) == doctest::Approx(0.5));
}

TEST_CASE("a table run trains on one table and measures on the other") {
  const std::vector<LabelledText> train{
      {"book a flight to rome", "flight"}, {"i need a plane ticket", "flight"},
      {"fly me to paris", "flight"},       {"play some jazz", "music"},
      {"put on a song", "music"},          {"i want to hear music", "music"}};
  const std::vector<LabelledText> test{
      {"a plane to paris", "flight"}, {"hear a song", "music"}, {"qwzx", "oos"}};
  const auto run = evaluate_tables(train, test, {});
  REQUIRE(run);
  CHECK(run->measures.accuracy == doctest::Approx(1));
  CHECK(run->measures.out_of_scope_count == 1);
  CHECK(run->model_bytes > 0);
  CHECK(run->unknown_intents.empty());
  const auto strange = evaluate_tables(train, {{"a plane", "flight"}, {"hello", "greet"}, {"x", "oos"}}, {});
  REQUIRE(strange);
  CHECK(strange->unknown_intents == std::vector<std::string>{"greet"});
  CHECK_FALSE(evaluate_tables({{"hello", "oos"}}, test, {}));
  CHECK_FALSE(evaluate_tables(train, {}, {}));
}

TEST_CASE("a phrase is named when leaving it out changes the answer, a longer one only when it does more") {
  // Only both words together carry the meaning.
  const auto probability = [](const std::string& text) {
    return text.find("day") != std::string::npos || text.find("off") != std::string::npos ? 0.8 : 0.1;
  };
  const auto effects = phrase_effects("A  day off", probability);
  REQUIRE(effects.size() == 1);
  CHECK(effects[0].phrase == "day off");
  const auto alone = phrase_effects("my vpn is down", [](const std::string& text) {
    return text.find("vpn") == std::string::npos ? 0.2 : 0.9;
  });
  REQUIRE(alone.size() == 1);
  CHECK(alone[0].phrase == "vpn");
  CHECK(alone[0].change == doctest::Approx(0.7));
  CHECK(phrase_effects("", [](const std::string&) { return 0.0; }).empty());
}

}  // namespace
}  // namespace parley::intents
