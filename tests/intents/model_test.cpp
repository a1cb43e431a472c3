#include <fstream>

#include "intents/evaluation/table_run.h"
#include "intents/linear_solver.h"
#include "intents/model_file.h"
#include "intents/trainer.h"
#include "intents/typos.h"
#include "tests/intents/bot_folder.h"
#include "tests/support/shared_data.h"

namespace parley::intents {
namespace {

const Corpus& small_corpus() {
  static const test::BotFolder kBot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  return kBot.corpus;
}

const ClassifierModel& small_model() {
  static const ClassifierModel kModel = train_classifier(small_corpus());
  return kModel;
}

TEST_CASE("the solver separates what can be separated") {
  Rows rows;
  rows.features = 3;
  std::vector<int> columns;
  for (int i = 0; i < 40; ++i) {
    const FeatureValue value{static_cast<std::uint32_t>(1 + i % 2), 1.0F};
    rows.add({&value, 1});
    columns.push_back(i % 2);
  }
  const std::vector<float> costs(rows.size(), 1.0F);
  const auto weights = solve_one_against_rest(rows, columns, 2, costs, {});
  CHECK(weights[1 * 2 + 0] + weights[0] > 0.8F);
  CHECK(weights[2 * 2 + 0] + weights[0] < -0.8F);
  CHECK(weights[2 * 2 + 1] + weights[1] > 0.8F);
}

TEST_CASE("the same corpus gives the same model to the byte, whatever the number of threads") {
  TrainingOptions one;
  one.threads = 1;
  TrainingOptions four;
  four.threads = 4;
  const std::string first = model_bytes(train_classifier(small_corpus(), one), "d");
  CHECK(first == model_bytes(train_classifier(small_corpus(), four), "d"));
  CHECK(first == model_bytes(small_model(), "d"));
}

TEST_CASE("a model comes back from its file as it was written") {
  const test::TempFolder folder;
  const auto path = folder.path() / "a" / "m.model";
  REQUIRE(write_model_file(path, small_model(), "digest"));
  const auto read = read_model_file(path, "digest");
  REQUIRE(read);
  CHECK(model_bytes(*read, "digest") == model_bytes(small_model(), "digest"));
}

TEST_CASE("a damaged, cut, foreign or newer model file is refused with a reason") {
  const std::string bytes = model_bytes(small_model(), "digest");
  for (const std::size_t keep :
       {std::size_t{0}, std::size_t{7}, std::size_t{30}, bytes.size() / 2, bytes.size() - 1}) {
    const auto cut = model_from_bytes(std::string_view(bytes).substr(0, keep), "digest");
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == ErrorCode::kCorrupt);
  }
  for (std::size_t at = 0; at < bytes.size(); at += bytes.size() / 50) {
    std::string flipped = bytes;
    flipped[at] = static_cast<char>(flipped[at] ^ 0x20);
    CHECK_FALSE(model_from_bytes(flipped, "digest"));
  }
  CHECK_FALSE(model_from_bytes(bytes, "another digest"));
  CHECK_FALSE(model_from_bytes(bytes + "x", "digest"));
  std::string newer = bytes;
  newer[8] = static_cast<char>(kModelFormat + 1);
  CHECK(model_from_bytes(newer, "digest").error().message.find("format") != std::string::npos);
}

TEST_CASE("a sentence with a name of an absurd size does not make memory run out") {
  std::string bytes = model_bytes(small_model(), "digest");
  // The first size inside the payload; with a matching checksum it must still be refused before anything is
  // allocated.
  const std::size_t payload = 8 + 4 + 8 + 32;
  for (std::size_t i = 0; i < 8; ++i)
    bytes[payload + 8 + 6 + i] = '\x7F';
  CHECK_FALSE(model_from_bytes(bytes, "digest"));
}

TEST_CASE("typos are repeatable and change only as much as asked") {
  const std::string text = "please reset my password today";
  CHECK(with_typos(text, {0.0, 4}, 1) == text);
  CHECK(with_typos(text, {1.0, 4}, 1) == with_typos(text, {1.0, 4}, 1));
  CHECK(with_typos(text, {1.0, 4}, 1) != text);
  CHECK(with_typos("a bc", {1.0, 4}, 1) == "a bc");
}

TEST_CASE("labelled texts are refused with the number of the bad line") {
  const test::TempFolder folder;
  const auto path = folder.write("t.tsv", "text\tintent\nhello\tgreet\nno tab here\n");
  const auto texts = read_labelled_texts(path);
  REQUIRE_FALSE(texts);
  CHECK(texts.error().message.find(":3:") != std::string::npos);
  CHECK(read_labelled_texts(folder.path() / "absent").error().code == ErrorCode::kNotFound);
}

TEST_CASE("ten sentences an intent are enough for the recorded accuracy on 150 intents") {
  const auto data = test::shared_data("intents/clinc150");
  if (!data) return;
  const auto train = read_labelled_texts(*data / "train_10.tsv");
  const auto validation = read_labelled_texts(*data / "val.tsv");
  REQUIRE(train);
  REQUIRE(validation);
  const auto run = evaluate_tables(*train, *validation, {});
  REQUIRE(run);
  MESSAGE(to_text(*run));
  CHECK(run->measures.accuracy >= 0.80);
  CHECK(run->measures.oos_auroc.value_or(0) >= 0.93);
  CHECK(run->measures.ece <= 0.07);
  CHECK(run->measures.acceptance.out_of_scope <= 0.12);
}

}  // namespace
}  // namespace parley::intents
