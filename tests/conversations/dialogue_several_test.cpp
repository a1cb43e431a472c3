// Several requests in one text: one after the other, none lost.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/several.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

struct ClauseBot : SmallBot {
  ClauseBot() { understander.clauses_at(" and "); }
};

constexpr const char* kConfirm = "Book leave from March 9, 2026 until March 13, 2026?";

}  // namespace

TEST_CASE("Two requests in one text are announced and handled one after the other") {
  const ClauseBot bot;
  auto talk = bot.talk();
  const auto both = talk.say("leave from monday and a ticket for my laptop");
  CHECK(texts(both) ==
        Texts{"One after the other. First: Ask for leave. Then: Open a ticket.", "Until which day?"});
  CHECK(both.reasons.front().at("later") == Json{"open_ticket"});
  CHECK(texts(talk.say("friday")) == Texts{kConfirm});
  const auto next = talk.say("yes");
  CHECK(texts(next) ==
        Texts{"Booked.", "Now for your other question: Open a ticket.", "What is the problem?"});
  talk.say("it is broken");
  CHECK(texts(talk.say("yes")) == Texts{"How shall we contact you?"});
  CHECK(ends(talk.say("phone")) == Texts{"open_ticket: completed"});
}

TEST_CASE("A flow that needs no answer is followed by the next one at once") {
  const ClauseBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("opening hours and leave from monday")) ==
        Texts{"One after the other. First: Opening hours. Then: Ask for leave.", "We are open from 9 to 5.",
              "Now for your other question: Ask for leave.", "Until which day?"});
}

TEST_CASE("An answer and a request in one text are both taken") {
  const ClauseBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  CHECK(texts(talk.say("friday and what are your opening hours")) ==
        Texts{"After this: Opening hours.", kConfirm});
  CHECK(texts(talk.say("yes")).back() == "We are open from 9 to 5.");
}

TEST_CASE("Two requests in the middle of a flow leave nothing out, the flow neither") {
  const ClauseBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  CHECK(texts(talk.say("opening hours and a ticket for my laptop")) ==
        Texts{"One after the other. First: Opening hours. Then: Open a ticket.", "We are open from 9 to 5.",
              "Shall we go on with: Ask for leave?"});
  const auto no = talk.say("no");
  CHECK(ends(no) == Texts{"request_leave: started_another"});
  CHECK(texts(no).back() == "What is the problem?");
}

TEST_CASE("What waits is asked about after a cancelled flow, and forgotten with everything else") {
  const ClauseBot bot;
  auto cancelled = bot.talk();
  cancelled.say("leave from monday and a ticket for my laptop");
  CHECK(texts(cancelled.say("cancel")).back() ==
        "You also asked for this: Open a ticket. Shall we do that now?");
  CHECK(texts(cancelled.say("no")) == Texts{"All right. What else can I do for you?"});
  auto over = bot.talk();
  over.say("leave from monday and a ticket for my laptop");
  CHECK(texts(over.say("start over")) == Texts{"All right, we start over. How can I help you?"});
  auto person = bot.talk();
  person.say("leave from monday and a ticket for my laptop");
  CHECK(person.say("talk to a person").handed_off);
  CHECK(texts(person.notify("handback")).size() == 1);
}

TEST_CASE("Thanks, the open flow and the same flow twice are no second request") {
  const ClauseBot bot;
  auto thanks = bot.talk();
  CHECK(texts(thanks.say("a ticket for my laptop and my laptop ticket")) == Texts{"What is the problem?"});
  CHECK(texts(thanks.say("the screen flickers and I want this ticket soon")).size() == 1);
}

TEST_CASE("Of more requests than are remembered the person is told which are left out") {
  std::string flows;
  for (const char* name : {"one", "two", "three", "four", "five"})
    flows += "---\nflow: " + std::string(name) + "\ntitle: Do " + name + "\nwhen: " + name +
             "\nslots: {answer: {type: number, ask: " + name + "?}}\nsteps:\n  - collect: [answer]\n";
  WordUnderstander understander;
  for (const char* name : {"one", "two", "three", "four", "five"})
    understander.intent(name, name);
  understander.clauses_at(" and ");
  const auto program = compile_flows(flows, {"one", "two", "three", "four", "five"});
  const auto dialogue = conversations::make_dialogue(program, "small", "v1");
  conversations::ConversationDriver talk(understander, *dialogue, test_context());
  const auto all = talk.say("do one and do two and do three and do four and do five");
  CHECK(all.reasons.front().at("later").size() == conversations::kQueuedMax);
  CHECK(texts(all) ==
        Texts{"One after the other. First: Do one. Then: Do two, Do three, and Do four.",
              "That is more than I can remember at once. Please ask me again later for: Do five.", "one?"});
}

TEST_CASE("A choice whose title names something else is still just a choice") {
  SmallBot bot(R"(
flow: way
when: request_leave
slots: {way: {type: text}}
steps:
  - choose: way
    ask: How?
    from: [{title: By train and a ticket for two, value: train}, {title: By car, value: car}]
  - say: "{way}"
---
flow: desk
when: open_ticket
steps:
  - say: Here is your ticket.
)");
  bot.understander.clauses_at(" and ");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("by train and a ticket for two")) == Texts{"train"});
}

namespace {

/// Sells one thing at a time.
struct OrderBot : SmallBot {
  OrderBot()
      : SmallBot(R"yaml(
flow: order
title: Order
when: open_ticket
slots:
  device: {type: device, ask: Which device?, otherwise: One device please.}
  day: {type: date, ask: On which day?}
  why: {type: text}
steps:
  - collect: [device, day]
  - choose: why
    ask: What is wrong with the old one?
    from:
      - {title: It is broken, value: broken}
      - {title: It is too small, value: small}
  - confirm: "{device} for {day, date, medium}?"
  - say: "Ordered: {device} for {day, date, medium}."
)yaml") {
    understander.intent("order", "open_ticket");
    understander.entity("monday", "date", "2026-03-09");
    understander.entity("friday", "date", "2026-03-13");
    for (const char* device : {"laptop", "monitor", "dock"})
      understander.entity(device, "device", device);
  }
};

}  // namespace

TEST_CASE("What a text lists of one kind are as many wishes, each with the rest of the text") {
  const OrderBot bot;
  auto talk = bot.talk();
  const auto list = talk.say("order a laptop, a dock and also a monitor for monday");
  CHECK(texts(list) ==
        Texts{"One after the other. First: Order (laptop). Then: Order (dock) and Order (monitor).",
              "What is wrong with the old one?"});
  talk.say("It is broken");
  CHECK(texts(talk.say("yes")) == Texts{"Ordered: laptop for Mar 9, 2026.",
                                        "You also asked for this: Order (dock). Shall we do that now?"});
  talk.say("yes");
  CHECK(texts(talk.say("It is broken")) == Texts{"dock for Mar 9, 2026?"});
  CHECK(texts(talk.say("yes")).back() == "You also asked for this: Order (monitor). Shall we do that now?");
}

TEST_CASE("Two lists of one text belong together, in their order") {
  const OrderBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("order a laptop for monday and a dock for friday")).front() ==
        "One after the other. First: Order (laptop, Monday, March 9, 2026). Then: Order (dock, Friday, March "
        "13, 2026).");
  talk.say("cancel");
  talk.say("yes");
  CHECK(texts(talk.say("It is broken")) == Texts{"dock for Mar 13, 2026?"});
}

TEST_CASE("An answer that lists values takes the first, and the others wait") {
  const OrderBot bot;
  auto talk = bot.talk();
  talk.say("order please");
  CHECK(texts(talk.say("a dock and a laptop")) ==
        Texts{"One after the other. First: Order (dock). Then: Order (laptop).", "On which day?"});
  CHECK(texts(bot.talk().say("order a laptop with a dock")) == Texts{"On which day?"});
  CHECK(texts(bot.talk().say("order a laptop and another laptop")) == Texts{"On which day?"});
}

TEST_CASE("Several choices of one question are asked about, not half taken") {
  OrderBot bot;
  bot.understander.entity("kaput", "fault", "broken");
  bot.understander.entity("tiny", "fault", "small");
  auto talk = bot.talk();
  talk.say("order a laptop for monday");
  CHECK(texts(talk.say("it is broken and too small")).back() == "What is wrong with the old one?");
  CHECK(texts(talk.say("kaput and tiny")).back() == "What is wrong with the old one?");
  CHECK(texts(talk.say("it is broken")) == Texts{"laptop for Mar 9, 2026?"});
}

TEST_CASE("Of more days than a flow has slots for, the person hears which are left out") {
  SmallBot bot;
  bot.understander.entity("sunday", "date", "2026-03-15");
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave on monday, friday and sunday")).front() ==
        "That is more than I can remember at once. Please ask me again later for: Sunday, March 15, 2026.");
}
