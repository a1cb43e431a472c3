// Flows that wait for a time or an event, beside a conversation that goes on.
#include <doctest/doctest.h>
#include <map>
#include <set>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/state.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using conversations::ConversationDriver;
using conversations::state_from_json;
using namespace std::chrono_literals;

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
title: Tell me when it is back
when: request_leave
slots:
  size: {type: int, optional: true}
steps:
  - say: I will tell you.
  - name: waiting
    wait: {event: back_in_stock, where: news.thing == 'tent', for: 30d}
    as: news
    timed_out:
      - say: It has not come back.
  - say: "It is back: {news.thing}."
---
flow: open_ticket
title: Open a ticket
when: open_ticket
slots:
  problem: {type: text, ask: What is the problem?}
steps:
  - collect: [problem]
  - say: Noted.
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: I remind you.
  - run: pause
  - say: Here is your reminder.
---
flow: pause
steps:
  - wait: {for: 24h}
---
flow: payslip
title: Payslip
when: payslip
steps:
  - wait: {until: "date(2026, 3, 4)"}
  - say: It is the fourth.
---
flow: shipped
title: Parcel
when_event: order_shipped
slots:
  number: {type: int, optional: true}
  note: {type: text, optional: true}
  good: {type: bool, ask: Did it arrive well?}
steps:
  - say: "Order {number} is on its way."
  - collect: [good]
)yaml";

/// What each open or waiting flow waits with, as a set of timers that a test can look at.
struct Timers {
  std::map<std::string, TimePoint> set;
  void take(const Advance& advance) {
    for (const TimerRequest& timer : advance.timers) {
      set.erase(timer.id);
      if (timer.due) set[timer.id] = *timer.due;
    }
  }
};

Event outside(const std::string& name, Json value = nullptr) {
  Event event;
  event.kind = Event::Kind::kCustom;
  event.name = name;
  event.value = std::move(value);
  event.outside = true;
  return event;
}

const Json kTent{{"thing", "tent"}};

}  // namespace

TEST_CASE("A flow that waits for an event goes on when it comes, with its value") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave")) == Texts{"I will tell you."});
  const auto came = talk.notify("back_in_stock", kTent);
  CHECK(texts(came) == Texts{"It is back: tent."});
  CHECK(ends(came) == Texts{"request_leave: completed"});
  CHECK(rule(came) == "event");
  CHECK(texts(talk.notify("back_in_stock", kTent)).empty());
}

TEST_CASE("An event that its condition does not want, or of another name, leaves the flow waiting") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(rule(talk.notify("back_in_stock", {{"thing", "boots"}})) == "event");
  CHECK(texts(talk.notify("sold_out", kTent)).empty());
  CHECK(texts(talk.notify("back_in_stock")).empty());
  CHECK(texts(talk.notify("back_in_stock", kTent)) == Texts{"It is back: tent."});
}

TEST_CASE("What a client sends as an event ends no wait and starts no flow") {
  const SmallBot bot(kFlows);
  Event forged = outside("back_in_stock", kTent);
  forged.outside = false;
  auto talk = bot.talk();
  talk.say("leave");
  const Advance advance = bot.dialogue->advance(talk.state(), forged, test_context());
  CHECK(advance.activities.empty());
  CHECK(advance.reasons.at("rule") == "ignored");
  Event start = outside("order_shipped");
  start.outside = false;
  CHECK(bot.dialogue->advance(nullptr, start, test_context()).activities.empty());
}

TEST_CASE("An event that does not come in time leads to what the author wrote for that") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.wait(29 * 24h)).empty());
  const auto late = talk.wait(25h);
  CHECK(texts(late) == Texts{"It has not come back."});
  CHECK(ends(late) == Texts{"request_leave: timed_out"});
  CHECK(rule(late) == "wait_over");
}

TEST_CASE("A sub-flow that waits holds up the flow that runs it") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  CHECK(texts(talk.say("hours")) == Texts{"I remind you."});
  CHECK(texts(talk.wait(23h)).empty());
  const auto over = talk.wait(2h);
  CHECK(texts(over) == Texts{"Here is your reminder."});
  CHECK(ends(over) == Texts{"pause: completed", "hours: completed"});
}

TEST_CASE("A wait until a date ends when the day begins where the bot is") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  CHECK(texts(talk.say("payslip")) == Texts{"All right."});  // it is Monday 08:00 UTC, 09:00 in Amsterdam
  CHECK(texts(talk.wait(38h + 59min)).empty());
  CHECK(texts(talk.wait(2min)) == Texts{"It is the fourth."});
}

TEST_CASE("A wait until a time that has passed is none") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.wait(10 * 24h);
  CHECK(texts(talk.say("payslip")) == Texts{"It is the fourth."});
}

TEST_CASE("While a flow waits the conversation is as if it had ended") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("a ticket")) == Texts{"What is the problem?"});
  CHECK(texts(talk.say("it is broken")) == Texts{"Noted."});
  CHECK(texts(talk.notify("back_in_stock", kTent)) == Texts{"It is back: tent."});
}

TEST_CASE("A flow whose wait is over lets an open question be answered first") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("a ticket");
  CHECK(texts(talk.notify("back_in_stock", kTent)).empty());
  const auto answered = talk.say("it is broken");
  CHECK(texts(answered) == Texts{"Noted.", "It is back: tent."});
  CHECK(texts(talk.wait(24h)).empty());
}

TEST_CASE("A question that stays open does not hold up a flow for ever") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("a ticket");
  talk.notify("back_in_stock", kTent);
  CHECK(texts(talk.wait(limits::kAnswerGrace - 1s)).empty());
  const auto interrupted = talk.wait(2s);
  CHECK(rule(interrupted) == "interrupt");
  CHECK(texts(interrupted) == Texts{"It is back: tent.", "Shall we go on with: Open a ticket?"});
  CHECK(texts(talk.say("yes")) == Texts{"What is the problem?"});
}

TEST_CASE("Several flows wait at once, each with a timer of its own") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("leave");
  talk.say("hours");
  CHECK(state_from_json(talk.state()).parked.size() == 3);
  CHECK(texts(talk.wait(24h)) == Texts{"Here is your reminder."});
  CHECK(texts(talk.notify("back_in_stock", kTent)) == Texts{"It is back: tent.", "It is back: tent."});
  CHECK(state_from_json(talk.state()).parked.empty());
}

TEST_CASE("More flows than may wait end as an error") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  for (std::size_t i = 0; i < limits::kWaitingFlowsMax; ++i)
    CHECK(texts(talk.say("leave")) == Texts{"I will tell you."});
  CHECK(ends(talk.say("leave")) == Texts{"request_leave: error"});
}

TEST_CASE("Cancelling where nothing else is open ends the flow that waits, and its timer") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  Timers timers;
  Event cancel;
  cancel.text = "cancel";
  const Advance advance = bot.dialogue->advance(talk.state(), cancel, test_context());
  timers.take(advance);
  CHECK(timers.set.empty());
  REQUIRE(advance.timers.size() == 1);
  CHECK_FALSE(advance.timers.front().due.has_value());
  CHECK(advance.ends.front().reason == "cancelled");
  CHECK(advance.activities.front()["text"] == "All right, I have stopped: Tell me when it is back.");
}

TEST_CASE("Every timer that is set is called off or fires once") {
  const SmallBot bot(kFlows);
  Json state;
  Timers timers;
  std::set<std::string> ids;
  const auto step = [&](const Event& event) {
    const Advance advance = bot.dialogue->advance(state, event, test_context());
    state = advance.state;
    for (const TimerRequest& timer : advance.timers)
      if (timer.due) CHECK_MESSAGE(ids.insert(timer.id).second, timer.id);
    timers.take(advance);
  };
  const auto say = [&](const std::string& text) {
    Event event;
    event.text = text;
    event.understanding = bot.understander.understand(text, {});
    step(event);
  };
  say("leave");
  say("hours");
  say("a ticket");
  CHECK(timers.set.size() == 2);
  step(outside("back_in_stock", kTent));
  CHECK(timers.set.size() == 2);  // the time limit was called off, the grace of the question set
  say("it is broken");
  CHECK(timers.set.size() == 1);
  CHECK(ids.size() == 3);
}

TEST_CASE("An event starts the flow that is there for it, with its value in slots of the same name") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  const auto started = talk.notify("order_shipped", {{"number", 7}, {"note", 3}, {"stranger", "x"}});
  CHECK(texts(started) == Texts{"Order 7 is on its way.", "Did it arrive well?"});
  const auto state = state_from_json(talk.state());
  CHECK(state.frames.front().slots == std::map<std::string, Json>{{"number", 7}});
  CHECK(ends(talk.say("yes")) == Texts{"shipped: completed"});
}

TEST_CASE("A flow that an event starts lets an open question be answered first") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("a ticket");
  CHECK(texts(talk.notify("order_shipped", {{"number", 7}})).empty());
  CHECK(texts(talk.say("it is broken")) == Texts{"Noted.", "Order 7 is on its way.", "Did it arrive well?"});
}

TEST_CASE("The dialogue tells what it would make of an event, and changes nothing by that") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  const auto use = [&](const Event& event) {
    return bot.dialogue->use_of(talk.state(), event, test_context());
  };
  CHECK(use(outside("back_in_stock", kTent)) == EventUse::kAwaited);
  CHECK(use(outside("back_in_stock", {{"thing", "boots"}})) == EventUse::kNone);
  CHECK(use(outside("order_shipped")) == EventUse::kStarts);
  CHECK(use(outside("handback")) == EventUse::kNone);
  CHECK(bot.dialogue->use_of(nullptr, outside("back_in_stock", kTent), test_context()) == EventUse::kNone);
}

TEST_CASE("After a hand-off a flow whose wait is over says nothing until the conversation is given back") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(talk.say("I want to talk to a person").handed_off);
  CHECK(texts(talk.notify("back_in_stock", kTent)).empty());
  CHECK(texts(talk.wait(24h)).empty());
  const auto back = texts(talk.notify("handback"));
  REQUIRE(back.size() == 2);
  CHECK(back.back() == "It is back: tent.");
}

TEST_CASE("A waiting flow whose step is gone from a new version ends, and its timer with it") {
  const SmallBot old(kFlows);
  auto talk = old.talk();
  talk.say("hours");
  std::string changed = kFlows;
  changed.replace(changed.find("wait: {for: 24h}"), 16, "say: No pause any more.");
  const SmallBot bot(changed);
  Event timer;
  timer.kind = Event::Kind::kTimer;
  timer.name = "wait-1";
  const Advance advance = bot.dialogue->advance(talk.state(), timer, test_context());
  REQUIRE(advance.ends.size() == 2);
  CHECK(advance.ends.front().reason == "version_changed");
  CHECK(advance.reasons.at("rule") == "version_changed");
  CHECK(state_from_json(advance.state).parked.empty());
}
