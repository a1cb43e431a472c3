// Requests that work everywhere: cancel, help, repeat, start over, a person; and the silence after a
// hand-off.
#include <doctest/doctest.h>

#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

TEST_CASE("Cancel ends the flow, in any of the words for it and in Dutch") {
  const SmallBot bot;
  for (const char* words :
       {"cancel", "Stop!", "please stop", "never mind", "actually forget that", "drop this whole thing"}) {
    auto talk = bot.talk();
    talk.say("leave");
    CAPTURE(words);
    const auto cancelled = talk.say(words);
    CHECK(ends(cancelled) == Texts{"request_leave: cancelled"});
    CHECK(texts(cancelled) == Texts{"All right, I have stopped: Ask for leave."});
  }
  auto dutch = bot.talk("nl");
  dutch.say("leave");
  CHECK(ends(dutch.say("laat maar zitten")) == Texts{"request_leave: cancelled"});
  CHECK(texts(dutch.say("annuleer")) == Texts{"Er is niets om te annuleren. Waarmee kan ik je helpen?"});
}

TEST_CASE("Help tells what the bot can do, or in a flow how to go on") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(buttons(talk.say("help")) == Texts{"Open a ticket", "Opening hours", "Ask for leave"});
  CHECK(texts(talk.say("Ask for leave")) == Texts{"From which day?"});
  const auto inside = texts(talk.say("help"));
  REQUIRE(inside.size() == 2);
  CHECK(inside[0].find("We are busy with: Ask for leave") == 0);
  CHECK(inside[1] == "From which day?");
}

TEST_CASE("Repeat says the last replies again, with their buttons") {
  const SmallBot bot;
  auto talk = bot.talk();
  const auto before = talk.say("leave from monday until friday");
  const auto again = talk.say("say that again");
  CHECK(texts(again) == texts(before));
  CHECK(buttons(again) == buttons(before));
  CHECK(texts(talk.say("repeat")) == texts(before));
  CHECK(texts(talk.say("yes")) == Texts{"Booked."});
  auto fresh = bot.talk();
  CHECK(texts(fresh.say("repeat")) == Texts{"There is nothing to repeat yet."});
}

TEST_CASE("Words of the repeat flow itself are not repeated") {
  const SmallBot bot("flow: pattern_repeat\nparams: {nothing: bool}\nsteps:\n  - say: I said this before.\n");
  auto talk = bot.talk();
  const Texts greeting = texts(talk.start());
  CHECK(texts(talk.say("repeat")) == Texts{"I said this before.", greeting.front()});
  CHECK(texts(talk.say("repeat")) == Texts{"I said this before.", greeting.front()});
}

TEST_CASE("Start over ends everything that is open") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  talk.say("a ticket for me");
  const auto over = talk.say("start over");
  CHECK(ends(over) == Texts{"open_ticket: cancelled", "request_leave: cancelled"});
  CHECK(texts(over) == Texts{"All right, we start over. How can I help you?"});
  CHECK_FALSE(talk.state().contains("frames"));
}

TEST_CASE("After a hand-off the bot is silent, whatever is said, until it is handed back") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave");
  const auto handed = talk.say("I want to talk to a person");
  CHECK(handed.handed_off);
  CHECK(ends(handed) == Texts{"request_leave: escalated"});
  for (const char* text : {"hello?", "cancel", "leave", "help"})
    CHECK(talk.say(text).activities.empty());
  CHECK(talk.submit({{"a", 1}}).activities.empty());
  CHECK(talk.notify("something").activities.empty());
  CHECK(texts(talk.notify("handback")).front().find("You are talking with the assistant again.") == 0);
  CHECK(texts(talk.say("leave")) == Texts{"From which day?"});
}

TEST_CASE("A handoff step ends its flow as escalated and announces a person") {
  const SmallBot bot;
  conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context());
  const auto down = talk.say("leave from monday until friday");
  CHECK(texts(down) ==
        Texts{"The leave system is down.", "I'll get a colleague to help you. One moment, please."});
  CHECK(ends(down) == Texts{"request_leave: escalated"});
  CHECK(down.handed_off);
}

TEST_CASE("A text above the limit is refused and the question asked again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave");
  const auto refused = talk.say(std::string(limits::kTextMaxChars + 1, 'a'));
  CHECK(texts(refused) ==
        Texts{"That is more than I can read at once. Could you say it in fewer words?", "From which day?"});
}

TEST_CASE("While a call is under way the person is told to wait, and may still cancel") {
  const SmallBot bot;
  Event event;
  event.text = "leave from monday until friday";
  event.understanding = bot.understander.understand(event.text, {});
  const TurnContext context = test_context();
  const Advance calling = bot.dialogue->advance(nullptr, event, context);
  REQUIRE(calling.calls.size() == 1);
  CHECK(calling.activities.empty());
  event.text = "hurry up";
  event.understanding = {};
  const Advance busy = bot.dialogue->advance(calling.state, event, context);
  CHECK(busy.activities.front().at("text") == "One moment please, I am still working on your last question.");
  event.text = "cancel";
  const Advance cancelled = bot.dialogue->advance(busy.state, event, context);
  REQUIRE(cancelled.ends.size() == 1);
  CHECK(cancelled.ends[0].reason == "cancelled");
  Event result;
  result.kind = Event::Kind::kCallEnded;
  result.call = {calling.calls[0].id, true, {{"days", 3}}, ""};
  const Advance late = bot.dialogue->advance(cancelled.state, result, context);
  CHECK(late.activities.empty());
  CHECK(late.reasons.at("rule") == "ignored");
}
