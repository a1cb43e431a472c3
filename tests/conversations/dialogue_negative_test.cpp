// A text that tells of a negative experience: the bot apologises once, and the text is taken all the same.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/state.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using conversations::state_from_json;

namespace {

const std::string kSorry =
    "I'm sorry that this is not going well. Say \"a person\" whenever you would rather talk to a colleague.";
const std::string kOffer = "I'm sorry that this is not going well. Shall I get a colleague to help you?";

SmallBot small_bot() {
  SmallBot bot;
  bot.understander.negative("fed up");
  return bot;
}

bool noted(const conversations::Exchange& exchange, const std::string& rule) {
  const Json& reasons = exchange.reasons.front();
  const Json then = reasons.value("then", Json::array());
  return reasons.value("rule", "") == rule || std::find(then.begin(), then.end(), rule) != then.end();
}

}  // namespace

TEST_CASE("A request with a negative experience in it begins behind an apology, and the reasons say so") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  const auto said = talk.say("I am fed up, hours");
  CHECK(texts(said) == Texts{kSorry, "We are open from 9 to 5."});
  CHECK(rule(said) == "start");
  CHECK(noted(said, "pattern_negative"));
  CHECK(said.reasons.front().at("negative") == 0.9);
  CHECK_FALSE(talk.say("hours").reasons.front().contains("negative"));
}

TEST_CASE("An answer to an open question stays an answer") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  talk.say("leave");
  const auto said = talk.say("friday, I am fed up");
  CHECK(texts(said) == Texts{kSorry, "Until which day?"});
  CHECK(rule(said) == "answer");
}

TEST_CASE("A person is offered where nothing comes of the text, and the question asked again on a no") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("I am so fed up")) == Texts{kOffer});
  CHECK(texts(talk.say("no")) == Texts{"All right, then we go on here.", "From which day?"});
  CHECK(state_from_json(talk.state()).frames.back().waiting.failures == 0);
}

TEST_CASE("Who wants a person gets one, and a recovery case is opened that the colleague closes") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  CHECK(texts(talk.say("I am fed up")) == Texts{kOffer});
  const auto yes = talk.say("yes");
  CHECK(yes.handed_off);
  REQUIRE(yes.cases.size() == 2);
  CHECK(yes.cases[0].what == CaseChange::What::kOpened);
  CHECK(yes.cases[0].detail.at("happened") == "negative_experience");
  CHECK(yes.cases[1].what == CaseChange::What::kEscalated);
  const auto back = talk.notify("handback", {{"outcome", "recovered"}});
  REQUIRE(back.cases.size() == 1);
  CHECK(back.cases[0].what == CaseChange::What::kClosed);
  CHECK(back.cases[0].detail.at("outcome") == "recovered");
}

TEST_CASE("The bot apologises once a conversation; then a text is not understood as any other") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  talk.say("I am fed up");
  talk.say("no");
  const auto again = talk.say("still fed up");
  CHECK(rule(again) == "fallback");
  CHECK(again.reasons.front().at("negative") == 0.9);
}

TEST_CASE("Who asks for a person gets one without being offered one") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  const auto said = talk.say("a person");
  CHECK(said.handed_off);
  auto angry = bot.talk();
  bot.talk();
  const auto wanted = angry.say("I am fed up with this, request handoff");
  CHECK(texts(wanted).size() == 1);
}

TEST_CASE("A condition tells what the last text was like, and an author replaces what is said") {
  SmallBot bot(R"yaml(
flow: hours
title: Opening hours
when: opening_hours
steps:
  - if: turn.negative
    then:
      - say: We open early for you.
    else:
      - say: We are open from 9 to 5.
---
flow: pattern_negative
steps:
  - say: Oh dear.
)yaml");
  bot.understander.negative("fed up");
  auto talk = bot.talk();
  CHECK(texts(talk.say("hours")) == Texts{"We are open from 9 to 5."});
  CHECK(texts(talk.say("fed up, hours")) == Texts{"Oh dear.", "We open early for you."});
  CHECK(texts(talk.say("hours")) == Texts{"We are open from 9 to 5."});
}

TEST_CASE("A colleague who reads along is not apologised for") {
  const SmallBot bot = small_bot();
  auto talk = bot.talk();
  talk.say("a person");
  const auto said = talk.say("I am fed up");
  CHECK(texts(said).empty());
  CHECK_FALSE(said.reasons.front().contains("negative"));
}
