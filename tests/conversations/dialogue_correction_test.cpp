// Corrections: which answer is meant, what depends on it, and what they leave alone.
#include <doctest/doctest.h>

#include "conversations/dialogue/reading.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr const char* kConfirm = "Book leave from March 9, 2026 until March 13, 2026?";

/// How, when and why; the second choice depends on the first.
constexpr const char* kTrip = R"(
flow: trip
title: Plan a trip
when: request_leave
slots:
  way: {type: text, title: means of transport}
  seat: {type: text, depends: way, ask: Window or aisle?, options: [Window, Aisle]}
  device: {type: device, ask: Which device?}
  why: {type: text, ask: Why?}
steps:
  - choose: way
    ask: How?
    from: [{title: By train, value: train}, {title: By car, value: car}]
  - collect: [seat, device, why]
  - confirm: "{way}, {seat}, {device}: {why}?"
  - say: Done.
)";

/// A sub-flow asks for the device that is given away.
constexpr const char* kGift = R"(
flow: find
params: {given: text}
result: {device: device}
slots: {device: {type: device, ask: Which device?}}
steps:
  - if: given != ""
    then:
      - set: {device: given}
  - collect: [device]
---
flow: give
when: request_leave
slots: {device: {type: device, optional: true}, day: {type: date, ask: When?}}
steps:
  - run: find
    with: {given: "device == null ? '' : device"}
    as: gift
  - confirm: "Give away the {gift.device}?"
    no:
      - say: Kept.
      - end: declined
  - collect: [day]
  - say: "The {gift.device} is gone."
)";

conversations::ConversationDriver planned(const SmallBot& bot) {
  auto talk = bot.talk();
  for (const char* text : {"leave", "by train", "window", "laptop"})
    talk.say(text);
  return talk;
}

}  // namespace

TEST_CASE("An answer that a sub-flow asked for is corrected behind its end") {
  const SmallBot bot(kGift);
  for (const std::vector<std::string>& first : {Texts{"leave laptop"}, Texts{"leave", "laptop"}}) {
    for (const char* text :
         {"no, the monitor", "monitor", "not that one, monitor", "not the laptop, the monitor",
          "sorry, wrong device, the monitor", "yes but the monitor"}) {
      CAPTURE(text);
      auto talk = bot.talk();
      for (const std::string& one : first)
        CHECK(texts(talk.say(one)).size() == 1);
      const auto corrected = talk.say(text);
      CHECK(rule(corrected) == "correct");
      CHECK(texts(corrected) == Texts{"All right: monitor instead of laptop.", "Give away the monitor?"});
      talk.say("yes");
      CHECK(texts(talk.say("friday")) == Texts{"The monitor is gone."});
    }
  }
}

TEST_CASE("An answer that a sub-flow asked for is asked for again when another is wanted") {
  const SmallBot bot(kGift);
  for (const char* text :
       {"a different device", "not the laptop", "sorry, wrong device", "another device please"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    talk.say("leave laptop");
    CHECK(texts(talk.say(text)) == Texts{"Which device?"});
    CHECK(texts(talk.say("monitor")) == Texts{"Give away the monitor?"});
  }
}

TEST_CASE("A sub-flow's answers stay when nothing new is said, or when they were agreed to") {
  const SmallBot bot(kGift);
  auto same = bot.talk();
  same.say("leave laptop");
  CHECK(texts(same.say("no, the laptop")) == Texts{"Give away the laptop?"});
  CHECK(texts(same.say("no")) == Texts{"Kept."});
  auto agreed = bot.talk();
  agreed.say("leave laptop");
  CHECK(texts(agreed.say("yes")) == Texts{"When?"});
  agreed.say("no, the monitor");
  CHECK(texts(agreed.say("friday")).back() == "The laptop is gone.");
}

TEST_CASE("What was said before it is asked for is corrected as well") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave until saturday")) == Texts{"From which day?"});
  CHECK(texts(talk.say("no, until friday")).back() == "From which day?");
  CHECK(texts(talk.say("monday")) == Texts{kConfirm});
}

TEST_CASE("A correction wins over another intent") {
  SmallBot bot(kTrip);
  bot.understander.intent("no monitor", "greeting");
  auto talk = bot.talk();
  talk.say("leave laptop");
  CHECK(texts(talk.say("no monitor")) == Texts{"All right: monitor instead of laptop.", "How?"});
}

TEST_CASE("Interjections before a sign of correction are passed over at a question for a text") {
  const SmallBot bot(kTrip);
  for (const char* text : {"oh wait, I meant a monitor", "wait, I meant a monitor",
                           "sorry, I meant the monitor", "hold on, no, the monitor", "actually no, a monitor",
                           "the monitor instead", "I'll take the monitor"}) {
    CAPTURE(text);
    auto talk = planned(bot);
    CHECK(texts(talk.say(text)) == Texts{"All right: monitor instead of laptop.", "Why?"});
  }
  for (const char* text : {"oh nee wacht, doe de monitor maar", "doe de monitor maar", "liever de monitor",
                           "sorry, ik bedoel de monitor"}) {
    CAPTURE(text);
    auto talk = bot.talk("nl");
    for (const char* one : {"leave", "by train", "window", "laptop"})
      talk.say(one);
    const auto corrected = talk.say(text);
    CHECK(rule(corrected) == "correct");
    CHECK(texts(corrected).back() == "Why?");
    CHECK(texts(talk.say("werk")).back() == "train, Window, monitor: werk?");
  }
}

TEST_CASE("A text that only contains such words is a text") {
  const SmallBot bot(kTrip);
  for (const char* text :
       {"I was meant to get a monitor last year and still wait", "sorry, the monitor broke",
        "actually to watch a monitor", "I take the monitor home", "the monitor", "oh well", "wait and see"}) {
    CAPTURE(text);
    auto talk = planned(bot);
    CHECK(texts(talk.say(text)) == Texts{std::string("train, Window, laptop: ") + text + "?"});
  }
}

TEST_CASE("A correction may change several answers at once") {
  const SmallBot bot;
  auto roles = bot.talk();
  roles.say("leave from tuesday until saturday");
  const auto by_role = roles.say("no, from monday until friday");
  CHECK(texts(by_role) ==
        Texts{"All right: Monday, March 9, 2026 and Friday, March 13, 2026 instead of Tuesday, "
              "March 10, 2026 and Saturday, March 14, 2026.",
              kConfirm});
  auto order = bot.talk();
  order.say("leave from tuesday until saturday");
  CHECK(texts(order.say("no, monday to friday")).back() == kConfirm);
}

TEST_CASE("A correction to the value that is there already changes nothing else") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  const auto same = talk.say("no, until friday");
  CHECK(rule(same) == "correct");
  CHECK(texts(same) == Texts{kConfirm});
}

TEST_CASE("A value that is only denied is asked for again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  CHECK(texts(talk.say("yes but not monday")) == Texts{"From which day?"});
  CHECK(texts(talk.say("tuesday")) == Texts{"Book leave from March 10, 2026 until March 13, 2026?"});
}

TEST_CASE("A denied value is given to no slot, whether or not one has it") {
  SmallBot bot;
  for (const char* text : {"not saturday", "niet saturday", "no, not saturday", "not a saturday please"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    talk.say("leave from monday until friday");
    CHECK(texts(talk.say(text)) == Texts{kConfirm});
  }
  auto instead = bot.talk();
  instead.say("leave from tuesday until friday");
  CHECK(texts(instead.say("not tuesday, monday")).back() == kConfirm);
  auto held = bot.talk();
  held.say("leave from monday until friday");
  CHECK(texts(held.say("no, not friday")) == Texts{"Until which day?"});
}

TEST_CASE("A slot is named in a correction by its title") {
  const SmallBot bot(kTrip);
  auto talk = planned(bot);
  CHECK(texts(talk.say("change the means of transport")) == Texts{"How?"});
}

TEST_CASE("A slot's title is no value, though it may sound like one") {
  SmallBot bot(R"(
flow: trip
when: request_leave
slots: {end: {type: date, title: last day, ask: Until which day?}}
steps:
  - collect: [end]
  - confirm: "{end, date, short}?"
)");
  auto talk = bot.talk();
  talk.say("leave friday");
  bot.understander.entity("day", "date", "2026-03-01");
  auto denied = bot.talk();
  denied.say("leave friday");
  CHECK(texts(denied.say("not the last day")) == Texts{"Until which day?"});
  CHECK(texts(talk.say("change the last day")) == Texts{"Until which day?"});
}

TEST_CASE("What depends on a corrected answer is asked again") {
  const SmallBot bot(kTrip);
  auto talk = planned(bot);
  talk.say("holiday");
  const auto corrected = talk.say("no, I meant by car");
  CHECK(texts(corrected) == Texts{"All right: By car instead of By train.", "Window or aisle?"});
  CHECK(texts(talk.say("aisle")) == Texts{"car, Aisle, laptop: holiday?"});
}

TEST_CASE("The other one is the other of two choices") {
  const SmallBot bot(kTrip);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("by train");
  CHECK(texts(talk.say("no, the other one")) ==
        Texts{"All right: By car instead of By train.", "Window or aisle?"});
}

TEST_CASE("A text question does not swallow a correction that repeats a value or picks another choice") {
  const SmallBot bot(kTrip);
  auto again = planned(bot);
  const auto repeated = again.say("no wait, the laptop");
  CHECK(rule(repeated) == "correct");
  CHECK(texts(repeated) == Texts{"Why?"});
  auto dutch = bot.talk("nl");
  for (const char* text : {"leave", "train", "window", "laptop"})
    dutch.say(text);
  CHECK(rule(dutch.say("nee doe toch maar de tweede")) == "correct");
  auto reason = planned(bot);
  CHECK(rule(reason.say("no idea, the laptop just died")) == "answer");
}

TEST_CASE("A correction calls a value of the vocabulary as the language does") {
  const SmallBot bot(kTrip);
  auto talk = bot.talk("nl");
  for (const char* text : {"leave", "train", "window", "laptop"})
    talk.say(text);
  CHECK(texts(talk.say("nee, ik bedoel monitor")).front().find("beeldscherm") != std::string::npos);
}

TEST_CASE("A correction may be confirmed, and taken back") {
  const std::string confirmed = std::string(kTrip) + R"(---
flow: pattern_corrected
params: {slot: text, before: text, after: text}
slots:
  accepted: {type: bool, ask: "{slot}: {after} instead of {before}?"}
result: {accepted: bool}
steps:
  - collect: [accepted]
)";
  const SmallBot bot(confirmed);
  auto talk = planned(bot);
  CHECK(texts(talk.say("no, I meant by car")) == Texts{"means of transport: By car instead of By train?"});
  talk.say("no");
  talk.say("window");
  CHECK(texts(talk.say("holiday")) == Texts{"train, Window, laptop: holiday?"});
}

TEST_CASE("A weekday in a correction is of the week of the day that it corrects") {
  SmallBot bot;
  bot.understander.day("wednesday", "week", "2026-02-25", "2026-03-04");
  auto later = bot.talk();
  later.say("leave from monday");
  CHECK(texts(later.say("no, from wednesday")).front() ==
        "All right: Wednesday, March 11, 2026 instead of Monday, March 9, 2026.");
  Entity wednesday;
  wednesday.kind = "date";
  wednesday.recurs = "week";
  wednesday.value = "2026-03-04";
  CHECK(conversations::in_week_of(wednesday, "2026-03-15").value == "2026-03-11");
  CHECK(conversations::in_week_of(wednesday, "2026-03-16").value == "2026-03-18");
  CHECK(conversations::in_week_of(wednesday, "2026-02-23").value == "2026-03-04");
  CHECK(conversations::in_week_of(wednesday, "tomorrow").value == "2026-03-04");
}

TEST_CASE("At a confirmation a clear request with a date in it is a digression, not a correction") {
  SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  CHECK(rule(talk.say("tell me what your opening hours are on saturday")) == "digress");
}

namespace {

/// Files the complaint without asking first.
constexpr const char* kComplaint = R"(
flow: complain
title: Complain
when: request_leave
slots:
  day: {type: date, title: the day, ask: Which day?}
  device: {type: device, ask: Which device?}
  again: {type: bool, ask: Another one?}
steps:
  - name: top
    collect: [day]
  - call: hr.book
    with: {employee: user.id, start: day, end: day}
    failed:
      - end: failed
  - collect: [device, again]
  - if: again == true
    then:
      - set: {day: null, device: null, again: null}
      - go: top
  - say: "Filed for {day, date, ::MMMMd}."
)";

conversations::ConversationDriver complaining(const SmallBot& bot) {
  auto talk = bot.talk();
  talk.answer_calls_with([](const CallRequest& call) { return CallOutcome{call.id, true, 1, ""}; });
  talk.say("leave on monday");
  return talk;
}

}  // namespace

TEST_CASE("What a call has passed on is not corrected, and the call is not made again") {
  const SmallBot bot(kComplaint);
  auto talk = complaining(bot);
  const auto late = talk.say("no, friday");
  CHECK(rule(late) == "settled");
  CHECK(late.calls.empty());
  CHECK(texts(late) ==
        Texts{"That has been passed on already, with: Monday, March 9, 2026. I can't change it "
              "any more; a colleague may be able to.",
              "Which device?"});
  CHECK(rule(talk.say("laptop")) == "answer");
  CHECK(rule(talk.say("change the day")) == "settled");
  CHECK(texts(talk.say("no")) == Texts{"Filed for March 9."});
}

TEST_CASE("An answer that was emptied and given anew can be corrected again") {
  const SmallBot bot(kComplaint);
  auto talk = complaining(bot);
  talk.say("laptop");
  CHECK(texts(talk.say("yes")) == Texts{"Which day?"});
  const auto again = talk.say("tuesday");
  CHECK(again.calls.size() == 1);
  CHECK(texts(again) == Texts{"Which device?"});
  CHECK(rule(talk.say("no, friday")) == "settled");
}

TEST_CASE("A day that is asked for again is one of the week it was in") {
  SmallBot bot;
  bot.understander.day("wednesday", "week", "2026-02-25", "2026-03-04");
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  CHECK(texts(talk.say("change the start")) == Texts{"From which day?"});
  CHECK(texts(talk.say("wednesday")) == Texts{"Book leave from March 11, 2026 until March 13, 2026?"});
}

TEST_CASE("Not this but that, and the other one, correct without any other sign") {
  const SmallBot bot(kTrip);
  auto talk = planned(bot);
  CHECK(rule(talk.say("not the laptop, the monitor")) == "correct");
  auto other = bot.talk();
  other.say("leave");
  other.say("by train");
  other.say("window");
  CHECK(rule(other.say("the other one")) == "correct");
}
