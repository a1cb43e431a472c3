// The state between two turns: what it holds, and what becomes of a damaged or outdated one.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/state.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

TEST_CASE("A state read back is the state that was written") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  talk.say("what are your opening hours");
  const Json state = talk.state();
  CHECK(to_json(state_from_json(state)) == state);
  CHECK(state.at("format") == 1);
}

TEST_CASE("What is no state counts as a new conversation, but a hand-off is never forgotten") {
  for (const char* text :
       {"null", "[]", "3", "\"x\"", R"({"format":1,"frames":3,"kept":[],"last":{}})",
        R"({"format":1,"frames":[3,{"flow":7}],"calls":-4,"variants":"x"})", R"({"format":99})"}) {
    CAPTURE(text);
    const SmallBot bot;
    ConversationDriver talk(bot.understander, *bot.dialogue, test_context(), "UTC", Json::parse(text));
    CHECK(texts(talk.say("opening hours")).back() == "We are open from 9 to 5.");
  }
  CHECK(state_from_json(Json::parse(R"({"format":99,"handed_off":true,"language":"nl"})")).handed_off);
}

TEST_CASE("A state with values of another shape loses these, and the conversation goes on") {
  const SmallBot bot(
      "flow: hours\nwhen: opening_hours\nslots:\n  code: {type: text, private: true, optional: true}\n"
      "steps:\n  - collect: code\n  - say: Always.\n");
  for (const char* text : {R"({"format":1,"kept":{"code":3,"day":{"value":"x"}},"last":[7,{"text":"hi"}]})",
                           R"({"format":1,"last":{"text":"hi"}})"}) {
    CAPTURE(text);
    ConversationDriver talk(bot.understander, *bot.dialogue, test_context(), "UTC", Json::parse(text));
    CHECK(texts(talk.say("opening hours")).back() == "Always.");
  }
  const DialogueState state =
      state_from_json(Json::parse(R"({"format":1,"kept":{"a":3},"last":[7,{"b":1}]})"));
  CHECK(state.kept.empty());
  CHECK(state.last == Json::parse(R"([{"b":1}])"));
}

TEST_CASE("A flow or step that a new version lacks ends as version_changed, and the person is told") {
  const SmallBot old_bot;
  auto talk = old_bot.talk();
  talk.say("leave from monday");
  talk.say("a ticket for me");
  const SmallBot new_bot("flow: hours\nwhen: opening_hours\nsteps:\n  - say: Always.\n");
  ConversationDriver after(new_bot.understander, *new_bot.dialogue, test_context(), "UTC", talk.state());
  SUBCASE("once, when the text means nothing to the new version") {
    const auto reply = after.say("my laptop");
    CHECK(ends(reply) == Texts{"request_leave: version_changed", "open_ticket: version_changed"});
    CHECK(texts(reply).size() == 1);
    CHECK(rule(reply) == "version_changed");
  }
  SUBCASE("before the new version answers") {
    CHECK(texts(after.say("opening hours")).back() == "Always.");
  }
}

TEST_CASE("A flow goes on in a new version where its step is still there") {
  const SmallBot old_bot;
  auto talk = old_bot.talk();
  talk.say("leave from monday");
  const SmallBot new_bot(R"(
flow: request_leave
when: request_leave
slots:
  start: {type: date, ask: From?}
  end: {type: date, ask: Until?}
steps:
  - collect: [start, end]
  - say: "{start} {end}"
)");
  ConversationDriver after(new_bot.understander, *new_bot.dialogue, test_context(), "UTC", talk.state());
  CHECK(texts(after.say("friday")).size() == 1);
  CHECK_FALSE(after.state().contains("frames"));
}

TEST_CASE("A result too long to keep loses its last rows") {
  const SmallBot bot(
      "flow: tried\nwhen: request_leave\nslots: {go: {type: bool, ask: Go?}}\nsteps:\n  - call: hr.balance\n"
      "    with: {employee: user.id}\n    as: balance\n    failed:\n      - end: failed\n  - collect: [go]\n"
      "  - say: \"{balance.days}\"\n");
  auto talk = bot.talk();
  talk.answer_calls_with([](const CallRequest&) {
    CallOutcome outcome;
    outcome.ok = true;
    outcome.value = Json::array();
    for (int i = 0; i < 5000; ++i)
      outcome.value.push_back({{"days", i}});
    return outcome;
  });
  talk.say("leave");
  CHECK(talk.state().dump().size() < 16 * 1024);
}

TEST_CASE("A conversation whose state grows above its limit gives up what is open, and says so") {
  std::string slots, names;
  for (int i = 0; i < 24; ++i) {
    const std::string name = "t" + std::to_string(i);
    slots += "  " + name + ": {type: text, ask: More?}\n";
    names += (i > 0 ? ", " : "") + name;
  }
  const SmallBot bot("flow: tried\nwhen: request_leave\nslots:\n" + slots + "steps:\n  - collect: [" + names +
                     "]\n  - say: Thanks.\n");
  auto talk = bot.talk();
  Exchange reply = talk.say("leave");
  int answers = 0;
  while (reply.ends.empty() && answers++ < 24) {
    reply = talk.say(std::string(limits::kTextMaxChars, 'x'));
    CHECK(talk.state().dump().size() <= limits::kDialogueStateMaxBytes);
  }
  CHECK(answers > 10);
  CHECK(ends(reply) == Texts{"tried: error"});
  CHECK(texts(reply).front().find("something went wrong on my side") != std::string::npos);
}

TEST_CASE("A question offers a bounded number of choices") {
  std::string list;
  for (int i = 0; i < 100; ++i)
    list += (i > 0 ? ", " : "") + std::to_string(i);
  const SmallBot bot(
      "flow: tried\nwhen: request_leave\nslots: {n: {type: int}}\nsteps:\n  - choose: n\n    ask: Which?\n   "
      " from: '[" +
      list + "]'\n    title: \"{item}\"\n    value: item\n  - say: \"{n}\"\n");
  auto talk = bot.talk();
  CHECK(buttons(talk.say("leave")).size() == limits::kOptionsPerQuestionMax);
}
