#include "intents/clauses.h"

#include <doctest/doctest.h>
#include <map>

#include "intents/understander.h"
#include "tests/intents/bot_folder.h"

namespace parley::intents {
namespace {

using Clauses = std::vector<std::string>;

/// Knows one phrase an intent, and is as sure as it is told when the words hold one.
class Clearly {
 public:
  explicit Clearly(std::map<std::string, double> phrases) : phrases_(std::move(phrases)) {}

  Clauses in(std::string_view original) {
    const FoldedText text = fold(original);
    const auto words = [&](const ClauseSpan& span) {
      return text.text.substr(text.words[span.first].begin,
                              text.words[span.last - 1].end - text.words[span.first].begin);
    };
    const auto judge = [&](const ClauseSpan& span) -> ClauseJudgement {
      ++judged;
      ClauseJudgement best;
      int intent = 0;
      for (const auto& [phrase, sure] : phrases_) {
        if (words(span).find(phrase) != std::string::npos && sure > best.probability) best = {intent, sure};
        ++intent;
      }
      return best;
    };
    Clauses found, beside;
    const std::vector<ClauseSpan> clauses = find_clauses(original, text, {"and", "also"}, judge);
    for (const ClauseSpan& span : clauses)
      found.push_back(words(span));
    for (const ClauseSpan& span : find_asides(original, text, {"and", "also"}, clauses, judge))
      beside.push_back(words(span));
    asides = beside;
    return found;
  }

  Clauses asides;

  std::size_t judged = 0;

 private:
  std::map<std::string, double> phrases_;
};

TEST_CASE("a text falls apart at links and stops where both sides clearly want something else") {
  Clearly bot({{"my password", 0.9}, {"my balance", 0.8}, {"opening hours", 0.9}});
  CHECK(bot.in("reset my password and what is my balance") ==
        Clauses{"reset my password", "what is my balance"});
  CHECK(bot.in("Reset my password. And also: what is my balance?") ==
        Clauses{"reset my password", "what is my balance"});
  CHECK(bot.in("reset my password, what is my balance, and the opening hours") ==
        Clauses{"reset my password", "what is my balance", "the opening hours"});
}

TEST_CASE("a text stays whole where a side is unclear, or both want the same") {
  Clearly bot({{"my password", 0.9}, {"my account", kClauseClear - 0.01}});
  CHECK(bot.in("reset my password and unlock my account").empty());
  CHECK(bot.in("I forgot my password and I want my password reset").empty());
  CHECK(bot.in("reset my password what is up").empty());
  CHECK(bot.in("password and balance").empty());
  CHECK(bot.in("").empty());
  CHECK(bot.in("and, and, and.").empty());
}

TEST_CASE("a few words in front of a clear request are a clause of their own") {
  Clearly bot({{"my balance", 0.8}});
  CHECK(bot.in("the 12th, and what is my balance?") == Clauses{"the 12th", "what is my balance"});
  CHECK(bot.in("I think it was about the 12th, and what is my balance?").empty());
}

TEST_CASE("a text of nothing but gaps costs no more than the gaps that are tried") {
  Clearly bot({{"no such phrase", 0.9}});
  std::string text = "one two";
  for (int i = 0; i < 500; ++i)
    text += ", one two";
  CHECK(bot.in(text).empty());
  CHECK(bot.judged <= 3 * kClauseGapsMax);
}

TEST_CASE("what no intent explains is an aside, in a clause or in the whole text") {
  Clearly bot({{"my password", 0.9}, {"my balance", 0.8}});
  bot.in("reset my password, how long is parental leave");
  CHECK(bot.asides == Clauses{"how long is parental leave"});
  bot.in("reset my password and what is my balance, and how long is parental leave");
  CHECK(bot.asides == Clauses{"how long is parental leave"});
  bot.in("how long is parental leave, and who pays for trains");
  CHECK(bot.asides == Clauses{"how long is parental leave", "who pays for trains"});
  bot.in("how long is parental leave");
  CHECK(bot.asides.empty());
  bot.in("reset my password, if you please");
  CHECK(bot.asides.empty());
}

TEST_CASE("each clause is understood as if it stood alone, in the places of the whole text") {
  const test::BotFolder folder(test::kHelpdeskIntents, test::kHelpdeskVocabulary);
  const auto understander = load_or_train(folder.corpus, {}).value();
  const std::string text = "please reset the password of my account and I need another laptop";
  const Understanding result = understander->understand(text, {"en", {}, "UTC"});
  REQUIRE(result.clauses.size() == 2);
  CHECK(result.clauses[0].intents.front().intent == "reset_password");
  const Clause& second = result.clauses[1];
  CHECK(second.intents.front().intent == "request_equipment");
  CHECK(text.substr(second.begin, second.end - second.begin) == "I need another laptop");
  REQUIRE_FALSE(second.entities.empty());
  CHECK(text.substr(second.entities[0].begin, 6) == "laptop");
  CHECK(understander->understand("I need another laptop", {"en", {}, "UTC"}).clauses.empty());
}

}  // namespace
}  // namespace parley::intents
