// Talking about something else in the middle of a flow, and coming back.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

TEST_CASE("Another intent is answered first, then the flow that was left is offered again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  const auto aside = talk.say("what are your opening hours");
  CHECK(rule(aside) == "digress");
  CHECK(texts(aside) == Texts{"We are open from 9 to 5.", "Shall we go on with: Ask for leave?"});
  CHECK(buttons(aside) == Texts{"Yes", "No"});
  SUBCASE("yes brings its question back") {
    CHECK(texts(talk.say("yes")) == Texts{"Until which day?"});
  }
  SUBCASE("an answer to that question is taken at once") {
    CHECK(texts(talk.say("friday")) == Texts{"Book leave from March 9, 2026 until March 13, 2026?"});
  }
  SUBCASE("no ends it") {
    const auto no = talk.say("no");
    CHECK(ends(no) == Texts{"request_leave: started_another"});
    CHECK(texts(no) == Texts{"All right. What else can I do for you?"});
  }
}

TEST_CASE("An answer goes before another intent, unless a whole sentence clearly means the other") {
  const SmallBot bot;
  auto answered = bot.talk();
  answered.say("leave from monday");
  CHECK(rule(answered.say("open friday")) == "answer");
  auto digressed = bot.talk();
  digressed.say("leave from monday");
  CHECK(rule(digressed.say("what are your opening hours on friday")) == "digress");
}

TEST_CASE("A flow that is open is never begun a second time") {
  const SmallBot bot;
  auto same = bot.talk();
  same.say("leave from monday");
  CHECK(texts(same.say("I want leave")) == Texts{"Until which day?"});
  auto deeper = bot.talk();
  deeper.say("leave from monday");
  CHECK(texts(deeper.say("a ticket for me")).size() == 1);
  deeper.say("it is broken");
  const auto back = deeper.say("leave please");
  CHECK(ends(back) == Texts{"open_ticket: cancelled"});
  CHECK(texts(back) == Texts{"Until which day?"});
}

TEST_CASE("After a cancelled digression the first flow is offered again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  talk.say("a ticket for me");
  CHECK(texts(talk.say("never mind")) ==
        Texts{"All right, I have stopped: Open a ticket.", "Shall we go on with: Ask for leave?"});
}

TEST_CASE("Small talk in the middle of a flow is answered, and the question asked again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("thank you")) == Texts{"You're welcome!", "From which day?"});
  CHECK(texts(talk.say("hello")).back() == "From which day?");
}

TEST_CASE("However many flows are entered, the number of open ones is bounded") {
  std::string flows;
  std::vector<std::string> intents;
  for (std::size_t i = 0; i < 2 * limits::kFlowDepthMax; ++i) {
    const std::string name = "topic" + std::to_string(i);
    flows += (i > 0 ? "---\n" : "") + ("flow: " + name) + "\nwhen: " + name +
             "\nslots: {day: {type: date, ask: Which day?}}\nsteps:\n  - collect: [day]\n  - say: Done.\n";
    intents.push_back(name);
  }
  const auto program = compile_flows(flows, intents);
  const auto dialogue = conversations::make_dialogue(program, "deep", "v1");
  WordUnderstander understander;
  for (const std::string& name : intents)
    understander.intent(name + " please", name);
  conversations::ConversationDriver talk(understander, *dialogue, test_context());
  for (const std::string& name : intents)
    CHECK_FALSE(texts(talk.say(name + " please")).empty());
  CHECK(talk.state().at("frames").size() <= limits::kFlowDepthMax);
}

namespace {

std::string two_questions(const std::string& flow_keys, const std::string& step_keys) {
  return "flow: pay\nwhen: payslip\n" + flow_keys +
         "slots:\n  day: {type: date, ask: Which day?}\n  amount: {type: number, ask: How much?}\n"
         "steps:\n  - collect: [day]\n" +
         step_keys + "  - collect: [amount]\n" +
         "---\nflow: hours\nwhen: opening_hours\nsteps:\n  - say: We are open from 9 to 5.\n";
}

}  // namespace

TEST_CASE("A flow or a question may forbid another request, but not cancelling or asking for a person") {
  const SmallBot flow(two_questions("digress: no\n", ""));
  auto talk = flow.talk();
  talk.say("payslip");
  CHECK(texts(talk.say("what are your opening hours")).back() == "Which day?");
  talk.say("monday");
  CHECK(texts(talk.say("what are your opening hours")).back() == "How much?");
  CHECK(ends(talk.say("cancel")) == Texts{"pay: cancelled"});
  const SmallBot step(two_questions("", "    digress: no\n"));
  auto one = step.talk();
  one.say("payslip");
  CHECK(rule(one.say("what are your opening hours")) == "no_digression");
  one.say("monday");
  CHECK(rule(one.say("what are your opening hours")) == "digress");
}

TEST_CASE("A flow or a question may be left for good") {
  const SmallBot bot(two_questions("", "    return: no\n"));
  auto talk = bot.talk();
  talk.say("payslip");
  const auto left = talk.say("what are your opening hours");
  CHECK(ends(left) == Texts{"pay: started_another", "hours: completed"});
  CHECK(texts(left) == Texts{"We are open from 9 to 5."});
  auto second = bot.talk();
  second.say("payslip");
  second.say("monday");
  CHECK(texts(second.say("what are your opening hours")).size() == 2);
}

TEST_CASE("A button starts its intent, pressed or typed, and opens no flow twice") {
  const SmallBot bot(R"(
flow: offer
when: payslip
slots: {day: {type: date, ask: Which day?}}
steps:
  - say: Here it is.
    buttons: [{title: When are you there?, intent: opening_hours}, {title: Someone else, intent: handoff}]
  - collect: [day]
---
flow: hours
when: opening_hours
slots: {part: {type: number, ask: Which part?}}
steps:
  - say: We are open from 9 to 5.
  - collect: [part]
)");
  auto pressed = bot.talk();
  const auto offered = pressed.say("payslip");
  const Json action = offered.activities.back().at("suggestedActions").at("actions").at(0);
  CHECK(action.at("type") == "messageBack");
  CHECK(action.at("value") == Json{{"intent", "opening_hours"}});
  const auto started = pressed.say("when are you there");
  CHECK(rule(started) == "button");
  CHECK(texts(started) == Texts{"We are open from 9 to 5.", "Which part?"});
  auto person = bot.talk();
  person.say("payslip");
  CHECK(person.say("Someone else").handed_off);
}
