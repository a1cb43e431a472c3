#include "intents/understander.h"

#include <random>

#include "engine/limits.h"
#include "intents/classifier.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

using test::BotFolder;

const BotUnderstander& helpdesk() {
  static const auto kUnderstander = [] {
    const BotFolder bot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
    return load_or_train(bot.corpus, {}).value();
  }();
  return *kUnderstander;
}

/// Monday the 2nd of March 2026, nine in the morning in Amsterdam.
UnderstandContext context(const std::string& language = "") {
  const auto day = std::chrono::sys_days(std::chrono::year(2026) / 3 / 2);
  return {language, day + std::chrono::hours(8), "Europe/Amsterdam"};
}

Understanding understand(std::string_view text, const std::string& language = "") {
  return helpdesk().understand(text, context(language));
}

std::string best(const Understanding& understanding) {
  return understanding.intents.empty() ? "" : understanding.intents.front().intent;
}

double confidence(const Understanding& understanding) {
  return understanding.intents.empty() ? 0 : understanding.intents.front().probability;
}

TEST_CASE("sentences near to the examples are understood in both languages, with confidence") {
  for (const auto& [text, intent] : {std::pair{"can I book leave for friday please", "request_leave"},
                                     {"ik wil vrijdag vrij nemen", "request_leave"},
                                     {"I need another laptop", "request_equipment"},
                                     {"mijn beeldscherm is kapot", "request_equipment"},
                                     {"please reset the password of my account", "reset_password"},
                                     {"wachtwoord vergeten", "reset_password"}}) {
    const Understanding result = understand(text);
    CHECK_MESSAGE(best(result) == intent, text);
    CHECK_MESSAGE(confidence(result) >= 0.5, text);
  }
}

TEST_CASE("a typo does not change what is understood") {
  CHECK(best(understand("i forgot my pasword")) == "reset_password");
  CHECK(best(understand("i need a new lapotp")) == "request_equipment");
  CHECK(best(understand("wachtwoord vergetn")) == "reset_password");
}

TEST_CASE("nonsense is never understood with confidence") {
  for (const char* text : {"asdf qwer zxcv", "xkcd", "😀😀😀", "lkjh lkjh lkjhgf dsa", "42", "....", "", "   ",
                           "\xFF\xFE", "je voudrais un croissant", "what is the capital of france",
                           "ich möchte ein bier", "ты кто такой", "今天天气怎么样"}) {
    const Understanding result = understand(text);
    CHECK_MESSAGE(confidence(result) < 0.5, text);
    CHECK_MESSAGE(result.in_scope < 0.6, text);
  }
  CHECK(understand("").intents.empty());
  CHECK(understand("").in_scope == 0);
}

TEST_CASE("probabilities are ordered and together at most in_scope") {
  const Understanding result = understand("I need a new password for my laptop");
  double sum = 0;
  for (std::size_t i = 0; i < result.intents.size(); ++i) {
    if (i > 0) CHECK(result.intents[i].probability <= result.intents[i - 1].probability);
    sum += result.intents[i].probability;
  }
  CHECK(sum <= result.in_scope + 1e-9);
  CHECK(result.intents.size() <= 5);
}

TEST_CASE("the language is found out where it is not known, and kept where it is") {
  CHECK(understand("ik ben mijn wachtwoord vergeten", "").language == "nl");
  CHECK(understand("I forgot my password", "").language == "en");
  CHECK(understand("ik ben mijn wachtwoord vergeten", "de").language == "nl");
  CHECK(understand("I forgot my password", "nl").language == "nl");
  CHECK(understand("laptop", "nl").language == "nl");
  CHECK(understand("", "").language == "en");
  CHECK(understand("wachtwoord", "").language == "nl");
  CHECK(understand("hoi", "").language == "en");  // a word of no sentence is not likely enough
}

TEST_CASE("a text changes the language of its conversation only when it surely is another") {
  UnderstandContext dutch = context("nl");
  CHECK(helpdesk().understand("can I book leave for friday please", dutch).language == "nl");
  dutch.may_change = true;
  CHECK(helpdesk().understand("can I book leave for friday please", dutch).language == "en");
  for (const char* code : {"anna@english-example.com", "FH-10041 8911 JR", "INC-2041, IT"})
    CHECK_MESSAGE(helpdesk().understand(code, dutch).language == "nl", code);
  CHECK(helpdesk().understand("12 34 56 78", dutch).language == "nl");
  CHECK(helpdesk().understand("", dutch).language == "nl");
}

TEST_CASE("the words that decided are named") {
  const Understanding result = understand("i really forgot my password");
  REQUIRE_FALSE(result.words.empty());
  CHECK(result.words.front().word == "password");
  CHECK(result.words.front().weight > 0);
}

TEST_CASE("an explanation lists all intents, the words for and against and the unknown ones") {
  const Explanation result = helpdesk().explain("i forgot my password, zwxy", context());
  CHECK(result.understanding.intents.size() == 3);
  REQUIRE_FALSE(result.words_for.empty());
  CHECK(result.words_for.front().weight > 0);
  for (const auto& word : result.words_against)
    CHECK(word.weight < 0);
  REQUIRE(result.unknown_words.size() == 1);
  CHECK(result.unknown_words.front() == "zwxy");
}

TEST_CASE("a stored model is used again, and training happens anew only when a sentence changes") {
  const test::TempFolder cache;
  BotFolder bot(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  int trainings = 0;
  const auto count = [&](double done, std::string_view) { trainings += done >= 1 ? 1 : 0; };
  REQUIRE(load_or_train(bot.corpus, cache.path(), count));
  CHECK(trainings == 1);
  const auto stored = load_or_train(bot.corpus, cache.path(), count);
  CHECK(trainings == 1);
  CHECK((*stored)->understand("reset my password", context()).in_scope ==
        understand("reset my password").in_scope);
  bot.corpus.intents[0].title = "Another title";
  bot.corpus.country = "US";
  REQUIRE(load_or_train(bot.corpus, cache.path(), count));
  CHECK(trainings == 1);
  bot.corpus.intents[0].sentences[0].text += " now";
  REQUIRE(load_or_train(bot.corpus, cache.path(), count));
  CHECK(trainings == 2);
}

TEST_CASE("a damaged model file is replaced by training") {
  const test::TempFolder cache;
  const BotFolder bot(test::kHelpdeskIntents);
  REQUIRE(load_or_train(bot.corpus, cache.path()));
  const auto path = std::filesystem::directory_iterator(cache.path())->path();
  const std::string whole = test::read_file(path);
  cache.write(path.filename().string(), whole.substr(0, whole.size() / 2));
  REQUIRE(load_or_train(bot.corpus, cache.path()));
  CHECK(test::read_file(path) == whole);
}

TEST_CASE("a cache that can't be written is a warning, not a failure") {
  const test::TempFolder folder;
  const auto file = folder.write("plain", "a file where a folder is needed");
  const BotFolder bot(test::kHelpdeskIntents);
  std::string warning;
  CHECK(load_or_train(bot.corpus, file / "cache", {}, &warning));
  CHECK(warning.find("can't be written") != std::string::npos);
}

TEST_CASE("a corpus without intents is refused with what to do") {
  const auto result = load_or_train(Corpus{}, {});
  REQUIRE_FALSE(result);
  CHECK(result.error().code == ErrorCode::kInvalid);
}

TEST_CASE("a bot with one intent and one sentence still works") {
  const BotFolder bot("intent: only\nen: [good morning to you]\n", "", "[en]");
  const auto result = load_or_train(bot.corpus, {});
  REQUIRE(result);
  CHECK(best((*result)->understand("good morning to you", context())) == "only");
}

TEST_CASE("sentences of the intent none are kept out of every intent") {
  const std::string none =
      "\n---\nintent: none\nen: [reset the router of my neighbour, what is the password of the neighbour,"
      " forgot my umbrella, my neighbour is loud, call the neighbour]\n";
  const BotFolder bot(test::kHelpdeskIntents + none);
  const auto result = load_or_train(bot.corpus, {}).value();
  const Understanding after = result->understand("what is the password of the neighbour", context());
  CHECK(confidence(after) < 0.5);
  for (const auto& score : after.intents)
    CHECK(score.intent != kNoneIntent);
}

TEST_CASE("random bytes, long words and piles of accents neither crash nor exceed the limits") {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"monday ", "3 ",       "laptop ", "\xCC\x81", "\xF0\x9F\x98\x80",
                                           "€",       "\xE2\x80", "ß",       "from ",    "2026-",
                                           "twenty ", "@a.nl",    "'",       "\n",       "ﷺ",
                                           "한",      "ก",        "\xFF"};
  for (int round = 0; round < 300; ++round) {
    std::string text;
    const std::size_t length = random() % 200;
    for (std::size_t i = 0; i < length; ++i) {
      if (random() % 3 == 0)
        text += static_cast<char>(random() % 256);
      else
        text += pieces[random() % pieces.size()];
    }
    const Understanding result = understand(text);
    CHECK(result.entities.size() <= limits::kEntitiesPerTextMax);
    for (const Entity& entity : result.entities) {
      CHECK(entity.begin < entity.end);
      CHECK(entity.end <= text.size());
    }
  }
}

TEST_CASE("texts at and far beyond the limit are cut, not refused, and stay bounded") {
  std::string dates;
  while (dates.size() < limits::kMessageMaxBytes)
    dates += "monday 3 march 12:30 ";
  CHECK(understand(dates).entities.size() <= limits::kEntitiesPerTextMax);
  CHECK(understand(std::string(limits::kMessageMaxBytes, 'a')).entities.empty());
  std::string accents = "e";
  while (accents.size() < limits::kMessageMaxBytes)
    accents += "\xCC\x81";
  CHECK(understand(accents).entities.size() <= limits::kEntitiesPerTextMax);
  for (const Entity& entity : understand(dates).entities)
    CHECK(entity.end <= limits::kTextMaxChars);
}

}  // namespace
}  // namespace parley::intents
