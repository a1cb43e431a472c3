#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::Ran;
using parley::test::run_parley;
using parley::test::TempFolder;

namespace {

const std::string kTrain =
    "text\tintent\nbook a flight to rome\tflight\ni need a plane ticket\tflight\nfly me to paris\tflight\n"
    "play some jazz\tmusic\nput on a song\tmusic\ni want to hear music\tmusic\nthe moon is far away\toos\n";
const std::string kTest = "text\tintent\na plane to paris\tflight\nhear a song\tmusic\nqwzx pfft\toos\n";

}  // namespace

TEST_CASE("evaluate on two tables prints JSON with the documented keys") {
  const TempFolder folder;
  const std::string train = folder.write("train.tsv", kTrain), test = folder.write("test.tsv", kTest);
  const Ran ran = run_parley("evaluate --json --train " + train + " --test " + test);
  REQUIRE_MESSAGE(ran.exit_code == 0, ran.err);
  const auto json = nlohmann::json::parse(ran.out);
  for (const char* key : {"accuracy", "macro_f1", "oos_auroc", "oos_recall", "ece", "training_seconds",
                          "microseconds_per_query", "model_bytes"})
    CHECK_MESSAGE(json.at(key).is_number(), key);
  CHECK(json["accuracy"] == 1.0);
  CHECK(json["in_scope_texts"] == 2);
  CHECK(json["oos_texts"] == 1);
}

TEST_CASE("evaluate says which line of a table is wrong, and that an intent was never trained") {
  const TempFolder folder;
  const std::string train = folder.write("train.tsv", kTrain),
                    bad = folder.write("bad.tsv", "text\tintent\nhello\n");
  const Ran refused = run_parley("evaluate --train " + train + " --test " + bad);
  CHECK(refused.exit_code == 1);
  CHECK_MESSAGE(refused.err.find("bad.tsv:2: ") != std::string::npos, refused.err);
  const std::string strange = folder.write("strange.tsv", "text\tintent\nhello\tgreeting\n");
  const Ran warned = run_parley("evaluate --train " + train + " --test " + strange);
  CHECK(warned.exit_code == 0);
  CHECK_MESSAGE(warned.err.find("'greeting'") != std::string::npos, warned.err);
}

TEST_CASE("evaluate with half of its tables is wrong use") {
  const TempFolder folder;
  CHECK(run_parley("evaluate --train " + folder.write("train.tsv", kTrain).string()).exit_code == 2);
  CHECK(run_parley("evaluate").exit_code == 2);
}
