// A text that calls a slot by its name: the name is no value, and the value beside it is that slot's.
#include <doctest/doctest.h>

#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr const char* kLeave = R"(
flow: request_leave
title: Ask for leave
when: request_leave
slots:
  start: {type: date, title: first day, ask: From which day?}
  end: {type: date, title: last day, ask: Until which day?, check: end >= start}
steps:
  - collect: [start, end]
  - confirm: "From {start, date, ::MMMMd} until {end, date, ::MMMMd}?"
  - say: Done.
)";

/// Dates that a language hears in the names of the slots.
SmallBot leave_bot() {
  SmallBot bot(kLeave);
  bot.understander.entity("first", "date", "2026-04-01");
  bot.understander.entity("last", "date", "2026-03-01");
  bot.understander.entity("day", "date", "2026-03-02");
  bot.understander.entity("thursday", "date", "2026-03-12");
  return bot;
}

Texts answers(const SmallBot& bot, const std::vector<std::string>& said) {
  auto talk = bot.talk();
  Texts last;
  for (const std::string& text : said)
    last = texts(talk.say(text));
  return last;
}

std::string asked(const SmallBot& bot, const std::vector<std::string>& said) {
  return answers(bot, said).back();
}

}  // namespace

TEST_CASE("A slot's name alone fills nothing, and asks for it where it has a value") {
  const SmallBot bot = leave_bot();
  for (const std::string text :
       {"the last day", "change the last day", "change the first day", "no, the last day"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", text}) == "From which day?");
  }
  CHECK(asked(bot, {"leave", "monday", "change the last day"}) == "Until which day?");
  CHECK(asked(bot, {"leave", "monday", "change the first day"}) == "From which day?");
  CHECK(asked(bot, {"leave", "monday", "friday", "the last day"}) == "Until which day?");
}

TEST_CASE("A value beside a slot's name is that slot's, whatever was asked or filled last") {
  const SmallBot bot = leave_bot();
  CHECK(asked(bot, {"leave", "the last day is friday"}) == "From which day?");
  CHECK(asked(bot, {"leave", "the last day is friday", "monday"}) == "From March 9 until March 13?");
  CHECK(asked(bot, {"leave, last day friday, first day monday"}) == "From March 9 until March 13?");
  CHECK(asked(bot, {"leave", "friday is my last day", "monday"}) == "From March 9 until March 13?");
  for (const std::string text : {"the first day is tuesday", "the first day should be tuesday",
                                 "no the first day is tuesday", "change the first day to tuesday"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", "monday", "friday", text}) == "From March 10 until March 13?");
    CHECK(asked(bot, {"leave", "monday", text}) == "Until which day?");
    CHECK(asked(bot, {"leave", "monday", text, "friday"}) == "From March 10 until March 13?");
  }
  CHECK(asked(bot, {"leave", "monday", "friday", "no the last day is thursday"}) ==
        "From March 9 until March 12?");
  CHECK(asked(bot, {"leave", "monday", "friday", "the first day is tuesday, the last day is thursday"}) ==
        "From March 10 until March 12?");
}

TEST_CASE("A value some way off, denied or of another sentence is not the named slot's") {
  const SmallBot bot = leave_bot();
  CHECK(asked(bot, {"leave", "monday", "friday", "the last day is not friday but thursday"}) ==
        "From March 9 until March 12?");
  CHECK(asked(bot, {"leave", "monday, last day not known yet"}) == "Until which day?");
}

TEST_CASE("A name that is inflected, or in the person's language, is known") {
  SmallBot bot(R"(
flow: request_leave
when: request_leave
slots:
  start: {type: date, title: erster Tag, ask: Ab wann?}
  end: {type: date, title: letzter Tag, ask: Bis wann?}
steps:
  - collect: [start, end]
  - confirm: "{start, date, ::MMMMd} {end, date, ::MMMMd}?"
)");
  bot.understander.entity("letzten", "date", "2026-03-01");
  CHECK(asked(bot, {"leave", "monday", "friday", "change den letzten Tag"}) == "Bis wann?");
}

TEST_CASE("What is longer than a slot's name is a value") {
  SmallBot bot(R"(
flow: request_leave
when: request_leave
slots:
  end: {type: date, ask: Until which day?}
steps:
  - collect: [end]
  - say: "{end, date, ::MMMMd}."
)");
  bot.understander.entity("weekend", "date", "2026-03-07");
  CHECK(asked(bot, {"leave", "weekend"}) == "March 7.");
}

TEST_CASE("The same day is the first one, and never today") {
  SmallBot bot(kLeave);
  bot.understander.entity("same", "date", "2026-03-02");
  for (const std::string text : {"same day", "the same day", "the same", "same as the first day"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", "monday", text}) == "From March 9 until March 9?");
  }
  CHECK(asked(bot, {"leave", "the same day"}) == "From which day?");
  CHECK(asked(bot, {"leave", "monday", "the same friday"}) == "From March 9 until March 13?");
}
