// Which intent is taken, asked about, or not understood; who may use what.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

/// Says the same about every text.
class FixedUnderstander final : public Understander {
 public:
  explicit FixedUnderstander(Understanding understanding) : understanding_(std::move(understanding)) {}
  Understanding understand(std::string_view, const UnderstandContext&) const override {
    return understanding_;
  }

 private:
  Understanding understanding_;
};

conversations::Exchange first_reply(std::vector<IntentScore> intents, double in_scope) {
  const SmallBot bot;
  Understanding understanding;
  understanding.intents = std::move(intents);
  understanding.in_scope = in_scope;
  const FixedUnderstander understander(understanding);
  conversations::ConversationDriver talk(understander, *bot.dialogue, test_context());
  return talk.say("some text");
}

}  // namespace

TEST_CASE("An intent at or above `accept` is taken, one below is not") {
  CHECK(rule(first_reply({{"opening_hours", 0.5}}, 0.9)) == "start");
  CHECK(rule(first_reply({{"opening_hours", 0.49}}, 0.9)) == "fallback");
}

TEST_CASE("A text that means nothing of this bot is not understood, however sure the best intent looks") {
  CHECK(rule(first_reply({{"opening_hours", 0.95}}, 0.3)) == "fallback");
  CHECK(rule(first_reply({{"none", 0.95}, {"opening_hours", 0.6}}, 0.3)) == "fallback");
}

TEST_CASE("Intents within `margin` are asked about, with 'none of these'") {
  const auto close = first_reply({{"opening_hours", 0.5}, {"open_ticket", 0.4}}, 0.95);
  CHECK(rule(close) == "clarify");
  CHECK(buttons(close) == Texts{"Opening hours", "Open a ticket", "None of these"});
  CHECK(rule(first_reply({{"opening_hours", 0.6}, {"open_ticket", 0.4}}, 0.95)) == "start");
  CHECK(rule(first_reply({{"opening_hours", 0.4}, {"open_ticket", 0.35}}, 0.95)) == "clarify");
}

TEST_CASE("The topic chosen in a clarifying question starts with what the first sentence said") {
  const SmallBot bot;
  WordUnderstander understander = bot.understander;
  understander.intent("off", "request_leave", 0.5);
  understander.intent("off", "opening_hours", 0.45);
  conversations::ConversationDriver talk(understander, *bot.dialogue, test_context(), "UTC");
  CHECK(rule(talk.say("off from monday")) == "clarify");
  SUBCASE("chosen by its title") {
    CHECK(texts(talk.say("Ask for leave")) == Texts{"Until which day?"});
  }
  SUBCASE("or none of them") {
    CHECK(texts(talk.say("none of these")) == Texts{"All right. Could you say it in other words?"});
  }
  SUBCASE("or something else altogether") {
    CHECK(rule(talk.say("what are your hours")) == "start");
  }
}

TEST_CASE("A bot that does not understand asks again, then offers topics, then a person") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("xyzzy")) ==
        Texts{"I'm sorry, I did not understand that. Could you say it in other words?"});
  const auto topics = talk.say("xyzzy");
  CHECK(texts(topics) == Texts{"I'm afraid I still don't understand. Is it one of these?"});
  CHECK(buttons(topics) == Texts{"Open a ticket", "Opening hours", "Ask for leave", "None of these"});
  SUBCASE("a topic may be chosen") {
    CHECK(texts(talk.say("the second")) == Texts{"We are open from 9 to 5."});
  }
  SUBCASE("a person may be wanted") {
    CHECK(buttons(talk.say("xyzzy")) == Texts{"Yes", "No"});
    const auto person = talk.say("yes");
    CHECK(person.handed_off);
    CHECK(person.reasons[0].at("handoff") == "not understood");
  }
  SUBCASE("none of them leads to the next rung, and after the last comes the first") {
    talk.say("none of these");
    CHECK(buttons(talk.say("xyzzy")) == Texts{"Yes", "No"});
    CHECK(texts(talk.say("no")) == Texts{"All right. Tell me in other words what I can do for you."});
    CHECK(buttons(talk.say("xyzzy")).empty());
  }
  SUBCASE("success starts the ladder anew") {
    talk.say("opening hours");
    CHECK(texts(talk.say("xyzzy")).front().rfind("I'm ", 0) == 0);
    CHECK(buttons(talk.say("opening")).empty());
  }
}

TEST_CASE(
    "A flow is refused politely to those whose role or channel it is not for, and not offered to them") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("my payslip please")) == Texts{"I'm sorry, I can't do this here: Payslip."});
  TurnContext context = test_context();
  context.channel = "helpdesk";
  conversations::ConversationDriver visitor(bot.understander, *bot.dialogue, context);
  CHECK(texts(visitor.say("my payslip please")) ==
        Texts{"I'm sorry, you don't have access to this: Payslip."});
  context.person.roles = {"employee"};
  conversations::ConversationDriver employee(bot.understander, *bot.dialogue, context);
  CHECK(texts(employee.say("my payslip please")) == Texts{"Here is your payslip."});
  CHECK(buttons(employee.say("help")).size() == 4);
}

TEST_CASE("A flow above the level of its bot does not start") {
  const SmallBot bot;
  conversations::Program program = *bot.program;
  program.level = 1;
  program.flows.at("hours").level = 2;
  const auto dialogue =
      conversations::make_dialogue(std::make_shared<conversations::Program>(program), "small", "v1");
  conversations::ConversationDriver talk(bot.understander, *dialogue, test_context());
  CHECK(texts(talk.say("opening hours")) ==
        Texts{"I'm sorry, I can't do this yet: Opening hours. These are things I can help you with now."});
  CHECK(texts(talk.say("Open a ticket")) == Texts{"What is the problem?"});
  talk.say("cancel");
  CHECK(buttons(talk.say("help")) == Texts{"Open a ticket", "Ask for leave"});
}

TEST_CASE("A turn tells its reasons: rule, flow, steps, intents, slots, version") {
  const SmallBot bot;
  auto talk = bot.talk();
  const Json reasons = talk.say("leave from monday").reasons.front();
  CHECK(reasons.at("rule") == "start");
  CHECK(reasons.at("flow") == "request_leave");
  CHECK(reasons.at("path") == Json{"request_leave/0"});
  CHECK(reasons.at("slots") == Json{{"start", "2026-03-09"}});
  CHECK(reasons.at("intents").at(0).at("intent") == "request_leave");
  CHECK(reasons.at("version") == "v1");
}

TEST_CASE("What a text says is not wanted is asked about, not begun") {
  const SmallBot bot;
  for (const char* text :
       {"I don't want leave from monday", "please don't ask for leave", "no, don't book leave"}) {
    auto talk = bot.talk();
    const auto refused = talk.say(text);
    CHECK_MESSAGE(rule(refused) == "clarify", text);
    CHECK(buttons(refused) == Texts{"Ask for leave", "None of these"});
    CHECK(texts(talk.say("Ask for leave")).back().find("day?") != std::string::npos);
  }
  for (const char* text : {"I don't know how to ask for leave", "don't have leave yet"})
    CHECK_MESSAGE(rule(bot.talk().say(text)) == "start", text);
}
