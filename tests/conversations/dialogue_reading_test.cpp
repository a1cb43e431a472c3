// Which of its readings a date has for the slot that takes it. Today is Monday the 2nd of March 2026.
#include <doctest/doctest.h>

#include "conversations/dialogue/reading.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
when: request_leave
slots:
  start: {type: date, ask: From which day?}
  end: {type: date, ask: Until which day?}
steps:
  - collect: [start, end]
  - confirm: "From {start, date, long} until {end, date, long}?"
  - say: Booked.
---
flow: open_ticket
when: open_ticket
slots:
  since: {type: date, ask: Since when?, check: since <= today, otherwise: That day is still to come.}
steps:
  - collect: [since]
  - say: "Since {since, date, long}."
)yaml";

void teach_days(SmallBot& bot) {
  bot.understander.day("thursday", "week", "2026-02-26", "2026-03-05");
  bot.understander.day("wednesday", "week", "2026-02-25", "2026-03-04");
  bot.understander.day("third", "month", "2026-02-03", "2026-03-03");
  bot.understander.day("march-8", "year", "2025-03-08", "2026-03-08");
}

struct FreeBot : SmallBot {
  FreeBot() : SmallBot(kFlows) { teach_days(*this); }
};

struct CheckedBot : SmallBot {
  CheckedBot() { teach_days(*this); }
};

}  // namespace

TEST_CASE("An end that is corrected by its weekday goes on from the start, not from today") {
  const CheckedBot bot;
  for (const char* correction : {"no, until thursday", "I meant thursday", "not friday but thursday"}) {
    auto talk = bot.talk();
    talk.say("leave from monday until friday");
    const auto corrected = texts(talk.say(correction));
    REQUIRE_MESSAGE(!corrected.empty(), correction);
    CHECK_MESSAGE(corrected.back() == "Book leave from March 9, 2026 until March 12, 2026?", correction);
  }
}

TEST_CASE("The end of a sentence or an answer goes on from the start as well") {
  const CheckedBot bot;
  auto together = bot.talk();
  CHECK(texts(together.say("leave from monday until thursday")) ==
        Texts{"Book leave from March 9, 2026 until March 12, 2026?"});
  auto apart = bot.talk();
  apart.say("leave from monday");
  CHECK(texts(apart.say("wednesday")) == Texts{"Book leave from March 9, 2026 until March 11, 2026?"});
}

TEST_CASE("A day of the year that lies before the start is refused, not moved by a year") {
  const CheckedBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  CHECK(texts(talk.say("march-8")) == Texts{"That is before the first day."});
}

TEST_CASE("A check that wants a day in the past gets the last one") {
  const FreeBot bot;
  auto talk = bot.talk();
  talk.say("a ticket please");
  CHECK(texts(talk.say("thursday")) == Texts{"Since February 26, 2026."});
}

TEST_CASE("Without a check the later date slot goes on from the one asked before it") {
  const FreeBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("leave from monday until wednesday")) ==
        Texts{"From March 9, 2026 until March 11, 2026?"});
  CHECK(texts(talk.say("no, until thursday")).back() == "From March 9, 2026 until March 12, 2026?");
  CHECK(texts(talk.say("no, from thursday")).back() == "From March 12, 2026 until March 12, 2026?");
}

TEST_CASE("A day of the month goes on to the next month that has it") {
  const FreeBot bot;
  auto talk = bot.talk();
  talk.say("leave from monday");
  CHECK(texts(talk.say("third")) == Texts{"From March 9, 2026 until April 3, 2026?"});
}

TEST_CASE("A reading that never fits is tried a bounded number of times and stays as it was") {
  Entity entity;
  entity.kind = "date";
  entity.value = "2026-03-05";
  entity.readings = {"2026-02-26", "2026-03-05"};
  int tried = 0;
  for (const char* recurs : {"week", "month", "year", ""}) {
    entity.recurs = recurs;
    tried = 0;
    const Entity kept = conversations::fitted(entity, [&](const Entity&) { return ++tried < 0; });
    CHECK(kept.value == "2026-03-05");
    CHECK(tried <= conversations::kReadingsTriedMax + 3);
  }
  CHECK(tried == 3);
}
