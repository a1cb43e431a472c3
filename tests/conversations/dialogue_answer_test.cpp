// Is it an answer? What fits a question, what is said when nothing does, and how an answer is put right
// afterwards.
#include <doctest/doctest.h>

#include "conversations/dialogue/phrases.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

const char* kConfirmed = "Book leave from March 9, 2026 until March 13, 2026?";

}  // namespace

TEST_CASE("An answer that fails its check gets the slot's retry lines one after the other") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("yesterday")) == Texts{"That day has passed."});
  CHECK(texts(talk.say("yesterday")) == Texts{"From today on please."});
  CHECK(texts(talk.say("monday")) == Texts{"Until which day?"});
}

TEST_CASE("A text that fits nothing gets the retry lines, and after three of them a person is offered") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("ticket");
  talk.say("it is broken");
  CHECK(texts(talk.say("blue")) == Texts{"A laptop or a monitor?"});
  CHECK(texts(talk.say("green")) == Texts{"Say laptop or monitor."});
  const auto stuck = talk.say("red");
  CHECK(rule(stuck) == "retry");
  CHECK(buttons(stuck) == Texts{"Talk to a person", "Try again", "Stop"});
  SUBCASE("who may be wanted") {
    const auto person = talk.say("Talk to a person");
    CHECK(texts(person) == Texts{"I'll get a colleague to help you. One moment, please."});
    CHECK(person.handed_off);
    CHECK(ends(person) == Texts{"open_ticket: escalated"});
  }
  SUBCASE("or not") {
    CHECK(texts(talk.say("try again")) == Texts{"Which device?"});
    CHECK(texts(talk.say("blue")) == Texts{"A laptop or a monitor?"});
  }
  SUBCASE("or the whole thing is given up") {
    CHECK(ends(talk.say("3")) == Texts{"open_ticket: stuck"});
  }
  SUBCASE("a button goes before a request of the same word") {
    CHECK(ends(talk.say("Stop")) == Texts{"open_ticket: stuck"});
  }
}

TEST_CASE(
    "Where no retry line applies, the kind of answer wanted is explained, and the question asked again") {
  const SmallBot bot;
  auto day = bot.talk();
  day.say("leave");
  CHECK(texts(day.say("blue")) ==
        Texts{"I was looking for a day, such as \"next friday\" or \"3 march\".", "From which day?"});
  auto talk = bot.talk();
  talk.say("ticket");
  talk.say("it is broken");
  talk.say("laptop");
  const auto urgent = talk.say("banana");
  CHECK(texts(urgent) == Texts{"Please answer with \"yes\" or \"no\".", "Is it urgent?"});
  CHECK(buttons(urgent) == Texts{"Yes", "No"});
}

TEST_CASE("A choice is picked by title, number, ordinal or part of its title") {
  const SmallBot bot;
  for (const char* answer : {"By express mail", "2", "the second one", "express",
                             "I'd like express mail please", "last", "exprss mail", "by expres"}) {
    auto talk = bot.talk();
    talk.say("ticket");
    talk.say("it is broken");
    talk.say("laptop");
    CHECK(buttons(talk.say("no")) == Texts{"By phone", "By express mail"});
    CAPTURE(answer);
    CHECK(texts(talk.say(answer)) == Texts{"Ticket for laptop: it is broken (mail)"});
  }
}

TEST_CASE("A choice that is named in a sentence leaves the rest of the sentence to other questions") {
  const SmallBot bot(R"(
flow: trip
when: request_leave
slots: {way: {type: text}, day: {type: date, ask: Which day?}}
steps:
  - choose: way
    ask: How?
    from: [{title: The train, value: train}, {title: The car, value: car}]
  - collect: [day]
  - say: "{way} on {day, date, long}"
)");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("the train on friday please")) == Texts{"train on March 13, 2026"});
}

TEST_CASE("A text question takes a whole sentence, and what else the sentence holds") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("ticket");
  const auto reply = talk.say("my laptop asks for leave");
  CHECK(texts(reply) == Texts{"Is it urgent?"});
  CHECK(reply.reasons[0].at("slots") == Json{{"problem", "my laptop asks for leave"}, {"device", "laptop"}});
}

TEST_CASE("A text question gives way to a request, and to a clear question about something else") {
  const SmallBot bot;
  auto cancelled = bot.talk();
  cancelled.say("ticket");
  CHECK(ends(cancelled.say("cancel please")) == Texts{"open_ticket: cancelled"});
  auto by_intent = bot.talk();
  by_intent.say("ticket");
  CHECK(ends(by_intent.say("drop this whole thing")) == Texts{"open_ticket: cancelled"});
  auto described = bot.talk();
  described.say("ticket");
  CHECK(rule(described.say("they told me to drop this whole thing at the desk")) == "answer");
  auto asked = bot.talk();
  asked.say("ticket");
  CHECK(texts(asked.say("what are your opening hours?")).front() == "We are open from 9 to 5.");
}

TEST_CASE("A correction replaces an earlier answer, says so, and the flow goes on from there") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until tuesday");
  const auto corrected = talk.say("no, I meant until friday");
  CHECK(rule(corrected) == "correct");
  CHECK(texts(corrected) ==
        Texts{"All right: Friday, March 13, 2026 instead of Tuesday, March 10, 2026.", kConfirmed});
  CHECK(corrected.calls.size() == 1);
  CHECK(texts(talk.say("yes")) == Texts{"All set."});
}

TEST_CASE("A correction finds its slot by contrast, by name, or as the one filled last") {
  const SmallBot bot;
  auto contrast = bot.talk();
  contrast.say("leave from tuesday until friday");
  CHECK(texts(contrast.say("not tuesday but monday")).back() == kConfirmed);
  auto named = bot.talk();
  named.say("leave from tuesday until friday");
  CHECK(texts(named.say("change the start to monday")).back() == kConfirmed);
  auto named_against_role = bot.talk();
  named_against_role.say("leave from tuesday until friday");
  CHECK(texts(named_against_role.say("change the start until monday")).back() == kConfirmed);
  auto last = bot.talk();
  last.say("leave from monday until tuesday");
  CHECK(texts(last.say("make it friday")).back() == kConfirmed);
  auto pending = bot.talk();
  pending.say("leave from tuesday");
  CHECK(texts(pending.say("no, I meant monday")).back() == "Until which day?");
  CHECK(texts(pending.say("friday")) == Texts{kConfirmed});
}

TEST_CASE("A slot that is to be changed without a new value is asked for again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until tuesday");
  CHECK(texts(talk.say("change the end please")) == Texts{"Until which day?"});
  CHECK(texts(talk.say("friday")) == Texts{kConfirmed});
}

TEST_CASE("A correction that breaks a check of another slot makes that one asked for again") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday until friday");
  CHECK(texts(talk.say("no, from saturday")).back() == "That is before the first day.");
}

TEST_CASE("After an answer that did not fit, 'I mean' answers the same question") {
  const SmallBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  talk.say("blue");
  CHECK(texts(talk.say("I mean friday")) == Texts{kConfirmed});
}

TEST_CASE("Yes and no are understood in Dutch, and buttons and built-in texts are translated") {
  const SmallBot bot;
  auto talk = bot.talk("nl");
  CHECK(texts(talk.start()) == Texts{"Hallo! Waarmee kan ik je helpen?"});
  CHECK(buttons(talk.say("leave from monday until friday")) == Texts{"Ja", "Nee"});
  const auto declined = talk.say("nee, liever niet");
  CHECK(ends(declined) == Texts{"request_leave: declined"});
  CHECK(texts(declined) == Texts{"Goed, dat doe ik niet."});
}

TEST_CASE("A request goes before a part of a title") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
slots: {what: {type: text}}
steps:
  - choose: what
    ask: What shall I do?
    from:
      - {title: Stop the subscription, value: end}
      - {title: Go on, value: continue}
  - say: "{what}"
)");
  auto cancelled = bot.talk();
  cancelled.say("leave");
  CHECK(ends(cancelled.say("stop")) == Texts{"tried: cancelled"});
  auto chosen = bot.talk();
  chosen.say("leave");
  CHECK(texts(chosen.say("the subscription")) == Texts{"end"});
}

TEST_CASE("A slot takes only its options, whichever way the value is said") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
slots:
  count:
    type: int
    ask: How many?
    options: [{title: A couple, value: 2}, {title: A dozen, value: 12}]
steps:
  - collect: [count]
  - say: "{count}"
)");
  auto talk = bot.talk();
  CHECK(buttons(talk.say("leave")) == Texts{"A couple", "A dozen"});
  CHECK(texts(talk.say("7")).front() == "I was looking for a whole number, such as \"2\".");
  CHECK(texts(talk.say("a couple")) == Texts{"2"});
  auto typed = bot.talk();
  typed.say("leave");
  CHECK(texts(typed.say("12")) == Texts{"12"});
  auto filled = bot.talk();
  CHECK(texts(filled.say("leave two")) == Texts{"2"});
  WordUnderstander understander = bot.understander;
  understander.entity("seven", "number", 7);
  conversations::ConversationDriver refused(understander, *bot.dialogue, test_context());
  CHECK(texts(refused.say("leave seven")) == Texts{"How many?"});
}

TEST_CASE("A bare answer goes to the slot that is asked for, whatever role it was given") {
  const SmallBot bot;
  WordUnderstander understander = bot.understander;
  understander.role("", "end");
  conversations::ConversationDriver talk(understander, *bot.dialogue, test_context());
  talk.say("leave");
  CHECK(talk.say("monday").reasons[0].at("slots") == Json{{"start", "2026-03-09"}});
}

TEST_CASE("A yes counts only when nothing takes it back") {
  const conversations::Phrases& en = conversations::phrases_of("en");
  const conversations::Phrases& nl = conversations::phrases_of("nl");
  const conversations::Phrases& de = conversations::phrases_of("de");
  for (const char* text :
       {"yes", "yes please", "ok do it", "sure why not", "yes thats right", "ok go ahead then"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), en) == true, text);
  for (const char* text :
       {"ja", "ja graag", "ja hoor doe maar", "oke prima", "ja dat is goed", "ja waarom niet"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), nl) == true, text);
  for (const char* text : {"yes no wait", "okay wait no", "yes, cancel", "yeah no", "ok one moment",
                           "ok but i meant november", "yes please but not monday", "yes or no"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), en) == std::nullopt, text);
  for (const char* text :
       {"ja nee wacht", "ja, wacht even", "ja toch maar niet", "ja of nee", "oke maar niet op maandag"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), nl) == std::nullopt, text);
  for (const char* text :
       {"ja", "ja bitte", "ja, das passt", "na klar", "gerne", "ok mach das", "ja genau danke"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), de) == true, text);
  for (const char* text :
       {"ja, warte mal", "ja oder nein", "ja, doch lieber nicht", "gut, aber nicht am Montag"})
    CHECK_MESSAGE(conversations::yes_or_no(conversations::words_of(text), de) == std::nullopt, text);
  CHECK(conversations::yes_or_no(conversations::words_of("no, wait"), en) == false);
  CHECK(conversations::yes_or_no(conversations::words_of("nö, lieber nicht"), de) == false);
}

TEST_CASE("A yes in passing fills no slot that is not asked for") {
  const SmallBot bot;
  WordUnderstander understander = bot.understander;
  understander.entity("yes", "yesno", true);
  conversations::ConversationDriver talk(understander, *bot.dialogue, test_context());
  talk.say("yes, a ticket");
  talk.say("it is broken");
  CHECK(texts(talk.say("laptop")) == Texts{"Is it urgent?"});
}

TEST_CASE("What has been confirmed is settled: a later correction does not touch it") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
slots:
  day: {type: date, ask: Which day?}
  device: {type: device, ask: Which device?}
steps:
  - collect: [day]
  - confirm: Book {day, date, long}?
  - collect: [device]
  - say: "{device} on {day, date, long}"
)");
  auto talk = bot.talk();
  talk.say("leave monday");
  CHECK(texts(talk.say("yes")) == Texts{"Which device?"});
  CHECK(rule(talk.say("no, I meant friday")) == "settled");
  CHECK(texts(talk.say("laptop")) == Texts{"laptop on March 9, 2026"});
}

TEST_CASE("A correction finds a choice by its title, and at a text question only from the first word on") {
  const SmallBot bot(R"(
flow: tried
when: request_leave
slots: {way: {type: text}, day: {type: date, ask: Which day?}, why: {type: text, ask: Why?}}
steps:
  - choose: way
    ask: How?
    from: [{title: By train, value: train}, {title: By car, value: car}]
  - collect: [day, why]
  - say: "{way}, {day}, {why}"
)");
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("by train");
  CHECK(texts(talk.say("no, I meant by car")).back() == "Which day?");
  CHECK(texts(talk.say("monday")) == Texts{"Why?"});
  CHECK(texts(talk.say("they told me friday but I meant to come earlier")).size() == 1);
  auto first_word = bot.talk();
  first_word.say("leave");
  first_word.say("car");
  first_word.say("monday");
  CHECK(rule(first_word.say("I meant friday")) == "correct");
}

TEST_CASE("A denied value fills no slot, at its question or in the request") {
  const SmallBot bot;
  for (const char* text : {"not monday but tuesday", "niet monday maar tuesday"}) {
    CAPTURE(text);
    auto asked = bot.talk();
    asked.say("leave");
    CHECK(texts(asked.say(text)) == Texts{"Until which day?"});
    CHECK(texts(asked.say("friday")) == Texts{"Book leave from March 10, 2026 until March 13, 2026?"});
  }
  auto request = bot.talk();
  CHECK(texts(request.say("leave but not monday")) == Texts{"From which day?"});
}

TEST_CASE("A yes with a condition or a doubt confirms nothing") {
  const SmallBot bot;
  for (const char* text :
       {"yes if my manager agrees", "yes maybe", "sure, unless it is full", "ja vielleicht"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    talk.say("leave from monday until friday");
    CHECK(talk.say(text).calls.empty());
  }
}

TEST_CASE("A yes takes the only choice there is") {
  const SmallBot bot(R"(
flow: trip
when: request_leave
slots: {way: {type: text}}
steps:
  - choose: way
    ask: Is it this one?
    from: [{title: By train, value: train}]
  - say: "{way}"
)");
  for (const char* text : {"yes", "yes that's right", "ok", "the train"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    talk.say("leave");
    CHECK(texts(talk.say(text)) == Texts{"train"});
  }
  for (const char* text : {"no", "yes, wait"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    talk.say("leave");
    CHECK(texts(talk.say(text)) != Texts{"train"});
  }
}
