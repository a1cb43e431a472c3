// What a text takes back itself: "monday, no, tuesday" is tuesday, "monday or tuesday" is neither.
#include <doctest/doctest.h>

#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr const char* kParty = R"(
flow: party
when: request_leave
slots:
  day: {type: date, ask: Which day?}
  place: {type: text}
steps:
  - collect: [day]
  - choose: place
    ask: Where?
    from: [{title: The garden, value: garden}, {title: The tower, value: tower}, {title: The hall, value: hall}]
  - confirm: "{place}, {day, date, ::MMMMd}?"
)";

std::string asked(const SmallBot& bot, const std::vector<std::string>& said,
                  const std::string& language = "en") {
  auto talk = bot.talk(language);
  Texts last;
  for (const std::string& text : said)
    last = texts(talk.say(text));
  return last.back();
}

/// A flow that offers these.
std::string borrow(const std::string& items) {
  return R"(
flow: borrow
when: request_leave
slots: {what: {type: int}}
steps:
  - choose: what
    ask: What?
    from: [)" +
         items + R"(]
  - confirm: "{what}?"
)";
}

}  // namespace

TEST_CASE("A value that is taken back in the same text counts no more") {
  SmallBot bot;
  bot.understander.role("to", "end");
  for (const std::string text :
       {"leave from tuesday to saturday, no, friday", "leave from tuesday to saturday sorry to friday",
        "leave from monday to friday, no wait, from tuesday",
        "leave from monday to saturday, no, from tuesday to friday",
        "leave from monday to saturday, I mean tuesday to friday"}) {
    CAPTURE(text);
    CHECK(asked(bot, {text}) == "Book leave from March 10, 2026 until March 13, 2026?");
  }
  CHECK(asked(bot, {"leave", "from tuesday to saturday, no, friday"}) ==
        "Book leave from March 10, 2026 until March 13, 2026?");
}

TEST_CASE("A weekday that replaces another is of its week, if that day is still to come") {
  SmallBot bot;
  bot.understander.day("wednesday", "week", "2026-03-11", "2026-03-18");  // read as the next after friday
  CHECK(asked(bot, {"leave from monday until friday, no, wednesday"}) ==
        "Book leave from March 9, 2026 until March 11, 2026?");
  bot.understander.entity("today", "date", "2026-03-05");
  bot.understander.day("sunday", "week", "2026-03-01", "2026-03-08");
  CHECK(asked(bot, {"leave from today, no, sunday", "monday"}) ==
        "Book leave from March 8, 2026 until March 9, 2026?");
}

TEST_CASE("A day that replaces a denied one is the answer") {
  SmallBot bot;
  for (const std::string text :
       {"not monday, tuesday", "tuesday, not monday", "tuesday instead of monday", "monday... sorry, tuesday",
        "monday, no, tuesday", "monday I mean tuesday"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", text, "friday"}) == "Book leave from March 10, 2026 until March 13, 2026?");
    CHECK(asked(bot, {"leave", "monday", "not saturday, friday"}) ==
          "Book leave from March 9, 2026 until March 13, 2026?");
  }
}

TEST_CASE("Values joined by 'or' are none: which one is asked") {
  SmallBot bot;
  CHECK(asked(bot, {"leave", "monday or tuesday"}) == "From which day?");
  CHECK(asked(bot, {"leave", "from monday or from tuesday"}) == "From which day?");
  CHECK(asked(bot, {"leave monday or tuesday"}) == "From which day?");
  CHECK(asked(bot, {"leave from monday until friday or saturday"}) == "Until which day?");
  CHECK(asked(bot, {"verlof leave", "monday of tuesday"}, "nl") != "Until which day?");
}

TEST_CASE("Of several choices in a text the one counts that is not taken back") {
  const SmallBot bot(kParty);
  for (const std::string text :
       {"the garden, no the tower", "the garden... sorry, the tower", "not the garden, the tower",
        "the tower, not the garden", "not the first one, the second one", "the second one, not the first",
        "the tower instead of the garden", "the first, no wait, the second one", "garden no, tower"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave monday", text}) == "tower, March 9?");
  }
}

TEST_CASE("A choice is asked again where two are possible, or the only one named is denied") {
  const SmallBot bot(kParty);
  for (const std::string text :
       {"the garden or the tower", "not the garden", "the first or the second one"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave monday", text}) == "Where?");
  }
  CHECK(asked(bot, {"leave monday", "the hall"}) == "hall, March 9?");
}

TEST_CASE("A sign between other words repairs nothing") {
  SmallBot bot;
  for (const std::string text :
       {"leave from monday, no later than friday", "leave monday, no meetings there on friday",
        "leave from monday until friday"}) {
    CAPTURE(text);
    auto talk = bot.talk();
    CHECK(texts(talk.say(text)).back().find("March 9") != std::string::npos);
  }
}

TEST_CASE("A choice is known by another word for it, in any language, unless it is denied") {
  SmallBot bot(
      borrow("{title: Laptop 13, value: 1}, {title: Wide beeldscherm, value: 2}, {title: Desk, value: 3}"));
  bot.understander.entity("scherm", "device", "monitor");
  bot.understander.intent("scherm", "opening_hours");
  for (const std::string text :
       {"het scherm", "the monitor", "not the desk, the monitor", "not the laptop, the monitor"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", text}) == "2?");
  }
  CHECK(asked(bot, {"leave", "not the monitor"}) == "What?");
  CHECK(asked(bot, {"leave", "laptop or monitor"}) == "What?");
  CHECK(asked(bot, {"leave", "desk", "no, the scherm"}) == "2?");
}

TEST_CASE("A choice is known by any of the words for it, not only by the usual one") {
  SmallBot bot(borrow("{title: Laptop 13, value: 1}, {title: Wide scherm, value: 2}"));
  CHECK(asked(bot, {"leave", "the monitor"}) == "2?");
}

TEST_CASE("A choice that is named beats another intent, but not a request around it") {
  SmallBot bot(kParty);
  bot.understander.intent("nicer", "greeting");
  bot.understander.intent("hours", "greeting");
  CHECK(asked(bot, {"leave monday", "I think that the garden is nicer"}) == "garden, March 9?");
  CHECK(asked(bot, {"leave monday", "please tell me about the opening hours of that garden"}) !=
        "garden, March 9?");
}

TEST_CASE("More values than one question can take are none") {
  const SmallBot bot(kParty);
  for (const char* text : {"monday quatsch tuesday", "monday, or no, use tuesday"}) {
    CAPTURE(text);
    CHECK(asked(bot, {"leave", text}) != "Where?");
    CHECK(asked(bot, {"leave", text, "tuesday", "garden"}) == "garden, March 10?");
  }
  CHECK(asked(bot, {"leave", "monday, yes monday"}) == "Where?");
  const SmallBot two;
  CHECK(asked(two, {"leave", "monday bla friday"}) == "Book leave from March 9, 2026 until March 13, 2026?");
}
