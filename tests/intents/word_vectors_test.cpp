#include <doctest/doctest.h>
#include <fstream>

#include "intents/classifier.h"
#include "intents/model_file.h"
#include "intents/understander.h"
#include "intents/vector_file.h"
#include "tests/intents/bot_folder.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

struct Read {
  explicit Read(const std::string& content) {
    const test::TempFolder folder;
    vectors = read_vector_file(folder.write("a.vec", content), findings);
  }
  std::string found() const { return findings.all().empty() ? "" : to_text(findings.all().front()); }
  bool says(const std::string& part) const { return !vectors && found().find(part) != std::string::npos; }

  config::Findings findings;
  std::shared_ptr<const WordVectors> vectors;
};

std::vector<float> mean(const WordVectors& vectors, const std::string& text) {
  std::vector<float> out;
  mean_of_words(fold(text), vectors, out);
  return out;
}

/// Two groups of like words, far from each other, and words that are near to neither.
const std::string kVectors =
    "10 3\n"
    "laptop 1 0.1 0\nnotebook 0.98 0.12 0.02\nmonitor 0.9 0.2 0\ncomputer 0.97 0.08 0.01\n"
    "leave 0 0.1 1\nholiday 0.02 0.12 0.98\nvacation 0 0.09 1\nfurlough 0.01 0.11 0.99\n"
    "need -0.1 1 -0.1\nwant -0.1 0.98 -0.12\n";

constexpr const char* kIntents = R"(
intent: request_leave
en:
  - I need leave
  - book leave
  - leave for next week please
  - could I have leave
  - my holiday starts on friday
  - plan a holiday
---
intent: request_equipment
en:
  - I need a laptop
  - order a laptop
  - a laptop for the new colleague please
  - could I have a monitor
  - my monitor is broken
  - get me a monitor
---
intent: none
en:
  - what is the weather like
  - tell me a joke
)";

/// The bot above, with `vectors` beside it ("": without).
std::shared_ptr<const BotUnderstander> bot_with(const std::string& vectors) {
  test::BotFolder bot(kIntents, "");
  const test::TempFolder folder;
  if (!vectors.empty()) bot.corpus.vectors = read_vector_file(folder.write("a.vec", vectors), bot.findings);
  return load_or_train(bot.corpus, {}).value();
}

Understanding understood(const BotUnderstander& bot, std::string_view text) {
  return bot.understand(text, {"en", {}, "UTC"});
}

double probability(const BotUnderstander& bot, std::string_view text, std::string_view intent) {
  const Understanding result = understood(bot, text);
  for (const IntentScore& score : result.intents)
    if (score.intent == intent) return score.probability;
  return 0;
}

}  // namespace

TEST_CASE("vectors are read with and without a first line of sizes, and folded as texts are") {
  const Read with("2 2\nLaptop 3 4 \n\xC3\x89\xC3\xA9n 0 2\n");
  REQUIRE_MESSAGE(with.vectors, with.found());
  CHECK(with.vectors->dimensions() == 2);
  const auto laptop = mean(*with.vectors, "LAPTOP?");
  CHECK(laptop[0] == doctest::Approx(0.6).epsilon(0.01));
  CHECK(laptop[1] == doctest::Approx(0.8).epsilon(0.01));
  CHECK(mean(*with.vectors, "een")[1] == doctest::Approx(1));
  const Read without("laptop 3 4\n\nlaptop 0 1\nnew_york 1 1\n... 1 1\nnothing 0 0\n");
  REQUIRE_MESSAGE(without.vectors, without.found());
  CHECK(without.vectors->keys.size() == 1);
  CHECK(mean(*without.vectors, "laptop")[0] == doctest::Approx(0.6).epsilon(0.01));
  CHECK(mean(*without.vectors, "nothing of it") == std::vector<float>{0, 0});
}

TEST_CASE("what a text means is the mean of its words, of length 1") {
  const Read read("left 1 0\nright 0 1\n");
  REQUIRE(read.vectors);
  const auto both = mean(*read.vectors, "left unknown right");
  CHECK(both[0] == doctest::Approx(0.7071).epsilon(0.001));
  CHECK(both[1] == doctest::Approx(0.7071).epsilon(0.001));
}

TEST_CASE("a mistake in a vectors file is reported with its line and column") {
  CHECK(Read("").says("holds no vector"));
  CHECK(Read("a 1 2\nb 1\n")
            .says("a.vec:2:3: error[vectors]: this line has 1 numbers, but the ones before have 2"));
  CHECK(Read("a 1 2\nb 1 2 3\n").says("a.vec:2:7: error[vectors]"));
  CHECK(Read("2 3\na 1 2\n").says("a.vec:2:5: error[vectors]: this line has 2 numbers"));
  CHECK(Read("\xC3\xA9 1 x\n").says("a.vec:1:5: error[vectors]: 'x' is no number"));
  CHECK(Read("a 1 nan\n").says("'nan' is no number"));
  CHECK(Read("a 1 1e20\n").says("is no number"));
  CHECK(Read("5 0\n").says("1 to 400 numbers"));
  CHECK(Read("5 401\n").says("a.vec:1:3: error[vectors]"));
  CHECK(Read("alone\n").says("1 to 400 numbers, but these have 0"));
  CHECK(Read("a\xFF 1 2\n").says("no .bin and nothing packed"));
  CHECK(Read("a " + std::string(kVectorLineMaxBytes, '1') + "\n").says("no line of text vectors"));
  config::Findings findings;
  CHECK_FALSE(read_vector_file("/nothing/there.vec", findings));
  CHECK(findings.all().front().code == "unreadable");
}

TEST_CASE("more words than a model may hold, and a file larger than it can be, are refused") {
  std::string many;
  for (std::size_t i = 0; i <= kVectorWordsMax; ++i)
    many += "w" + std::to_string(i) + " 1\n";
  CHECK(Read(many).says("a.vec:100001:1: error[vectors]: there are more than 100000 words"));
  const test::TempFolder folder;
  const auto large = folder.write("large.vec", "a 1\n");
  std::filesystem::resize_file(large, kVectorFileMaxBytes + 1);
  config::Findings findings;
  CHECK_FALSE(read_vector_file(large, findings));
  CHECK(findings.all().front().code == "too-large");
}

TEST_CASE("words that no sentence has are understood by their vectors") {
  const auto plain = bot_with(""), with = bot_with(kVectors);
  for (const auto& [text, intent] : {std::pair{"computer", "request_equipment"},
                                     {"notebook", "request_equipment"},
                                     {"vacation", "request_leave"},
                                     {"furlough", "request_leave"}}) {
    CAPTURE(text);
    const Understanding result = understood(*with, text);
    REQUIRE_FALSE(result.intents.empty());
    CHECK(result.intents.front().intent == intent);
    CHECK(probability(*with, text, intent) > 0.5);
    CHECK(probability(*plain, text, intent) < 0.5);
  }
}

TEST_CASE("explain tells what a word said by its vector") {
  const auto bot = bot_with(kVectors);
  const Explanation explanation = bot->explain("furlough", {"en", {}, "UTC"});
  REQUIRE_FALSE(explanation.words_for.empty());
  CHECK(explanation.words_for.front().word == "furlough");
  CHECK(explanation.words_for.front().weight > 0.3);
}

TEST_CASE("a model holds its vectors: it reads back from its file as it was") {
  test::BotFolder bot(kIntents, "");
  const test::TempFolder folder;
  bot.corpus.vectors = read_vector_file(folder.write("a.vec", kVectors), bot.findings);
  const ClassifierModel model = train_classifier(bot.corpus);
  const std::string bytes = model_bytes(model, "digest");
  const auto again = model_from_bytes(bytes, "digest");
  REQUIRE(again);
  CHECK(model_bytes(*again, "digest") == bytes);
  Reading before, after;
  Classifier(model).read("a furlough please", before);
  Classifier(*again).read("a furlough please", after);
  CHECK(before.scores == after.scores);
  CHECK(after.meaning_length > 0);
}

TEST_CASE("a changed vectors file is another training, and none is the training that it was") {
  test::BotFolder bot(kIntents, "");
  const std::string without = training_digest(bot.corpus);
  const std::string bytes = model_bytes(train_classifier(bot.corpus), "d");
  const test::TempFolder folder;
  const auto digest_with = [&](const std::string& content) {
    bot.corpus.vectors = read_vector_file(folder.write("a.vec", content), bot.findings);
    return training_digest(bot.corpus);
  };
  const std::string with = digest_with(kVectors);
  CHECK(with != without);
  CHECK(digest_with(kVectors) == with);
  CHECK(digest_with(kVectors + "more 1 1 1\n") != with);
  std::string turned = kVectors;
  turned.replace(turned.find("0.1 0\n"), 6, "-.5 0\n");
  CHECK(digest_with(turned) != with);
  CHECK(model_bytes(train_classifier(bot.corpus), "d") != bytes);
  bot.corpus.vectors = nullptr;
  CHECK(training_digest(bot.corpus) == without);
  CHECK(model_bytes(train_classifier(bot.corpus), "d") == bytes);
}

TEST_CASE("bot.yaml names the vectors by their path from the bot's folder") {
  const test::TempFolder folder;
  folder.write("bot.yaml", "bot: small\nlanguages: [en]\nvectors: data/a.vec\n");
  folder.write("data/a.vec", "laptop 1 0\nleave 0 x\n");
  config::Findings findings;
  const config::BotManifest manifest = config::read_bot_manifest(folder.path(), findings);
  CHECK_FALSE(read_corpus(manifest, findings).vectors);
  REQUIRE(findings.error_count() == 1);
  CHECK(to_text(findings.all().front()).find("data/a.vec:2:9: error[vectors]") != std::string::npos);
  folder.write("data/a.vec", "laptop 1 0\nleave 0 1\n");
  config::Findings none;
  CHECK(read_corpus(manifest, none).vectors->keys.size() == 2);
}

}  // namespace parley::intents
