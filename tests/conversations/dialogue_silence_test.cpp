// The person does not answer: reminders, the end of the flow, and when there is no timer at all.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/state.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using conversations::state_from_json;
using namespace std::chrono_literals;

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
title: Ask for leave
when: request_leave
silence: {after: 10m}
slots:
  start:
    type: date
    ask: From which day?
    silence:
      - {after: 5m, say: Take a look at your calendar.}
      - {after: 20m}
  end: {type: date, ask: Until which day?}
  kind: {type: text}
steps:
  - collect: [start, end]
  - choose: kind
    ask: Which kind?
    from: [paid, unpaid]
    silence: none
  - confirm: Shall I book it?
    silence: {after: 1m, say: I only need a yes or a no.}
  - say: Booked.
---
flow: open_ticket
title: Open a ticket
when: open_ticket
slots:
  problem: {type: text, ask: What is the problem?}
steps:
  - collect: [problem]
---
flow: payslip
title: Payslip
when: payslip
silence: {after: 10m}
slots:
  month: {type: int, ask: Of which month?}
steps:
  - collect: [month]
)yaml";

Event silence() {
  Event event;
  event.kind = Event::Kind::kTimer;
  event.name = "silence";
  return event;
}

}  // namespace

TEST_CASE("A question that is not answered is asked again behind each reaction, then the flow is abandoned") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.wait(4min)).empty());
  const auto first = talk.wait(1min);
  CHECK(texts(first) == Texts{"Take a look at your calendar.", "From which day?"});
  CHECK(texts(talk.wait(20min)) == Texts{"Are you still there?", "From which day?"});
  const auto last = talk.wait(20min);
  CHECK(ends(last) == Texts{"request_leave: abandoned"});
  CHECK(texts(last) ==
        Texts{"I have not heard from you, so I have stopped: Ask for leave. Write to me when you "
              "want to start again."});
  CHECK(texts(talk.wait(24h)).empty());
}

TEST_CASE("A silence is recorded with what was waited for, and for how long") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  const auto silent = talk.wait(5min);
  REQUIRE(silent.reasons.size() == 1);
  const Json& reasons = silent.reasons.front();
  CHECK(reasons.at("rule") == "silence");
  CHECK(reasons.at("flow") == "request_leave");
  CHECK(reasons.at("step") == "0");
  CHECK(reasons.at("waited_for") == "start");
  CHECK(reasons.at("waited_ms") == 5 * 60 * 1000);
  CHECK(reasons.at("attempt") == 1);
}

TEST_CASE("An answer ends the silence, and the next question begins its own") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.wait(5min);
  CHECK(texts(talk.say("monday")) == Texts{"Until which day?"});
  CHECK(texts(talk.wait(9min)).empty());  // the flow's own time: 10 minutes
  CHECK(texts(talk.wait(1min)) == Texts{"Are you still there?", "Until which day?"});
}

TEST_CASE("Anything that the person says begins the time, and the reactions, from the start") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.wait(5min);
  talk.say("what a lovely day");
  CHECK(texts(talk.wait(4min)).empty());
  CHECK(texts(talk.wait(1min)).front() == "Take a look at your calendar.");
}

TEST_CASE("A choice may wait for ever, and a confirmation has its own words") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  CHECK(texts(talk.wait(240h)).empty());
  talk.say("paid");
  CHECK(texts(talk.wait(1min)) == Texts{"I only need a yes or a no.", "Shall I book it?"});
  CHECK(texts(talk.say("yes")) == Texts{"Booked."});
  CHECK(texts(talk.wait(24h)).empty());
}

TEST_CASE("Without a word about silence nothing ever happens, and no timer is set") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("a ticket");
  CHECK(talk.wait(1000h).reasons.empty());
}

TEST_CASE("The bot's own time counts for all questions that say nothing else") {
  SmallBot bot(kFlows);
  auto program = std::make_shared<conversations::Program>(*bot.program);
  program->silence = {{30min, {}}};
  bot.dialogue = conversations::make_dialogue(program, "small", "v1");
  auto talk = bot.talk();
  talk.say("a ticket");
  CHECK(texts(talk.wait(30min)) == Texts{"Are you still there?", "What is the problem?"});
  CHECK(ends(talk.wait(30min)) == Texts{"open_ticket: abandoned"});
}

TEST_CASE("In Dutch the reminder is in Dutch") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk("nl");
  talk.say("leave from monday");
  CHECK(texts(talk.wait(10min)).front() == "Ben je er nog?");
}

TEST_CASE("All open flows are abandoned together") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave from monday");
  REQUIRE(texts(talk.say("my payslip please")) == Texts{"Of which month?"});
  talk.wait(10min);
  const auto last = talk.wait(10min);
  CHECK(ends(last) == Texts{"payslip: abandoned", "request_leave: abandoned"});
  CHECK(texts(last).size() == 1);
}

TEST_CASE("After a hand-off there is no silence to react to") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(talk.say("I want to talk to a person").handed_off);
  CHECK(talk.wait(24h).reasons.empty());
  const Advance late = bot.dialogue->advance(talk.state(), silence(), test_context());
  CHECK(late.activities.empty());
  CHECK(late.reasons.at("rule") == "ignored");
}

TEST_CASE("An event that changes nothing lets the time run on") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.wait(4min);
  talk.notify("unknown");
  CHECK(texts(talk.wait(1min)).size() == 2);
}

TEST_CASE("Silence in a flow that the new version of the bot lacks ends it, and is no reminder") {
  const SmallBot old(kFlows);
  auto talk = old.talk();
  talk.say("leave");
  const SmallBot bot(R"yaml(
flow: hours
when: opening_hours
steps:
  - say: Always.
)yaml");
  const Advance advance = bot.dialogue->advance(talk.state(), silence(), test_context());
  REQUIRE(advance.ends.size() == 1);
  CHECK(advance.ends.front().reason == "version_changed");
  CHECK(advance.reasons.at("rule") == "version_changed");
  CHECK_FALSE(advance.flow_open);
  CHECK(state_from_json(advance.state).silent_since == 0);
}
