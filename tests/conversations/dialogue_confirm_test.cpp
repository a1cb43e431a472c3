// What people say to "Book leave from monday until friday?" besides yes and no, and after it was booked.
#include <doctest/doctest.h>

#include "conversations/dialogue/phrases.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

namespace {

constexpr const char* kQuestion = "Book leave from March 9, 2026 until March 13, 2026?";
constexpr const char* kWhat = "Tell me what should be different: start and end.";

conversations::ConversationDriver asked(const SmallBot& bot, const std::string& language = "en") {
  auto talk = bot.talk(language);
  talk.say("leave from monday until friday");
  return talk;
}

conversations::ConversationDriver booked(const SmallBot& bot) {
  auto talk = asked(bot);
  CHECK(texts(talk.say("yes")) == Texts{"Booked."});
  return talk;
}

}  // namespace

TEST_CASE("An idiom with a no in it is a yes, and a yes with a no in it a no") {
  using conversations::phrases_of;
  using conversations::words_of;
  using conversations::yes_or_no;
  const std::vector<std::pair<std::string, std::vector<std::string>>> yes{
      {"en", {"no problem", "no worries", "well ok"}},
      {"nl", {"geen probleem", "nou graag"}},
      {"de", {"kein Problem", "na gut", "von mir aus", "also gut"}}};
  const std::vector<std::pair<std::string, std::vector<std::string>>> no{
      {"en", {"well no", "actually no", "actually not", "no", "no way"}},
      {"nl", {"nou nee", "eigenlijk niet", "toch niet"}},
      {"de", {"eigentlich nicht", "also nein"}}};
  for (const auto& [language, texts] : yes)
    for (const std::string& text : texts) {
      CAPTURE(text);
      CHECK(yes_or_no(words_of(text), phrases_of(language)) == true);
    }
  for (const auto& [language, texts] : no)
    for (const std::string& text : texts) {
      CAPTURE(text);
      CHECK(yes_or_no(words_of(text), phrases_of(language)) == false);
    }
  CHECK(!yes_or_no(words_of("no problem but later"), phrases_of("en")));
  CHECK(!yes_or_no(words_of("the problem"), phrases_of("en")));
}

TEST_CASE("Who says that something is wrong, but not what, is asked, and nothing is lost") {
  SmallBot bot;
  bot.understander.entity("13", "number", 13);
  bot.understander.intent("change it", "cancel");
  for (const std::string text : {"that's wrong", "change it", "no, that's wrong", "no, change it", "wrong",
                                 "I want to change something", "no, from 13"}) {
    CAPTURE(text);
    auto talk = asked(bot);
    CHECK(texts(talk.say(text)) == Texts{kWhat, kQuestion});
    CHECK(texts(talk.say("the start")) == Texts{"From which day?"});
    CHECK(texts(talk.say("tuesday")) == Texts{"Book leave from March 10, 2026 until March 13, 2026?"});
  }
  for (const std::string text : {"no", "no thanks"}) {
    CAPTURE(text);
    auto talk = asked(bot);
    CHECK(ends(talk.say(text)).size() == 1);
  }
}

TEST_CASE("Where nothing can be changed, what is wrong is a no") {
  const SmallBot bot(R"(
flow: sure
when: request_leave
steps:
  - confirm: Sure?
    no:
      - say: All right.
  - say: Done.
)");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("that's wrong")) == Texts{"All right."});
}

TEST_CASE("A hesitating yes is no goodbye") {
  SmallBot bot(R"(
flow: sure
when: request_leave
steps:
  - confirm: Sure?
  - say: Done.
---
flow: bye
when: greeting
steps:
  - say: Hello.
)");
  bot.understander.intent("later", "greeting");
  auto talk = bot.talk();
  talk.say("leave");
  CHECK(texts(talk.say("ok but later")) == Texts{"Please answer with \"yes\" or \"no\".", "Sure?"});
  CHECK(texts(talk.say("hi, later then")).front() == "Hello.");
}

TEST_CASE("At a confirmation a day goes to the slot whose checks it fits") {
  SmallBot bot;
  bot.understander.entity("tomorrow", "date", "2026-03-03");
  bot.understander.entity("thursday", "date", "2026-03-12");
  CHECK(texts(asked(bot).say("do it tomorrow")).back() ==
        "Book leave from March 3, 2026 until March 13, 2026?");
  CHECK(texts(asked(bot).say("make it thursday")).back() ==
        "Book leave from March 9, 2026 until March 12, 2026?");
}

TEST_CASE("A correction right after the end comes too late, and is told so") {
  SmallBot bot;
  bot.understander.intent("tuesday", "request_leave");
  bot.understander.intent("friday", "request_leave");
  for (const std::string text :
       {"no, tuesday", "tuesday", "actually tuesday", "I meant tuesday", "change the start",
        "the start is tuesday", "no, the start should be tuesday"}) {
    CAPTURE(text);
    auto talk = booked(bot);
    const auto late = talk.say(text);
    CHECK(rule(late) == "settled");
    CHECK(late.calls.empty());
    CHECK(texts(late).front().find("has been passed on already") != std::string::npos);
    CHECK(texts(talk.say("leave from tuesday")) == Texts{"Until which day?"});
  }
}

TEST_CASE("What has just been completed can't be taken back, and the person is told so") {
  const SmallBot bot;
  for (const std::string text : {"cancel", "cancel that", "actually no", "actually not"}) {
    CAPTURE(text);
    auto talk = booked(bot);
    CHECK(texts(talk.say(text)) ==
          Texts{"That has been passed on already: Ask for leave. I can't take it back "
                "any more; a colleague may be able to."});
    CHECK(rule(talk.say("cancel")) == "pattern_cancel");
  }
  CHECK(rule(booked(bot).say("no")) == "nothing_open");
}

TEST_CASE("Who does not know has neither agreed nor declined") {
  const SmallBot bot;
  for (const std::string text : {"I don't know", "not sure", "no idea"}) {
    CAPTURE(text);
    auto talk = asked(bot);
    const auto unsure = talk.say(text);
    CHECK(ends(unsure).empty());
    CHECK(texts(unsure).back() == "Book leave from March 9, 2026 until March 13, 2026?");
  }
}

TEST_CASE("After the end a clear request starts anew, and only the next text is about what ended") {
  SmallBot bot;
  for (const std::string text :
       {"leave from tuesday until friday", "I want another leave from tuesday until friday please",
        "no, I would like to ask for another leave from tuesday until friday"}) {
    CAPTURE(text);
    CHECK(rule(booked(bot).say(text)) == "start");
  }
  CHECK(rule(booked(bot).say("change my ticket")) == "start");
  auto later = booked(bot);
  CHECK(rule(later.say("thanks")) == "pattern_thanks");
  CHECK(rule(later.say("tuesday")) != "settled");
  auto declined = asked(bot);
  CHECK(ends(declined.say("no")).size() == 1);
  CHECK(rule(declined.say("tuesday")) != "settled");
}

TEST_CASE("A no to nothing is told that nothing is open") {
  const SmallBot bot;
  auto talk = bot.talk();
  const auto nothing = talk.say("no");
  CHECK(rule(nothing) == "nothing_open");
  CHECK(texts(nothing) == Texts{"There is nothing to cancel. How can I help you?"});
  auto dutch = bot.talk("nl");
  CHECK(rule(dutch.say("nee")) == "nothing_open");
}

TEST_CASE("Again, alone, repeats the question in every language") {
  const SmallBot bot;
  for (const auto& [language, text] : std::vector<std::pair<std::string, std::string>>{
           {"en", "again"}, {"nl", "opnieuw"}, {"nl", "nog een keer"}}) {
    CAPTURE(text);
    auto talk = bot.talk(language);
    const auto question = talk.say("leave from monday");
    CHECK(texts(talk.say(text)) == texts(question));
  }
}

TEST_CASE("A yes that agrees to more, or to less, than was asked confirms nothing") {
  SmallBot bot;
  bot.understander.entity("laptop", "device", "laptop");
  bot.understander.entity("2pm", "time", "14:00");
  for (const std::string text :
       {"yes, except the first day", "yes, only one day", "yes?", "yes, is it free?",
        "yes and the laptop too", "sure, 2pm", "yes, as long as I get my money back", "ok without that"}) {
    CAPTURE(text);
    auto talk = asked(bot);
    const auto said = talk.say(text);
    CHECK(said.calls.empty());
    CHECK(texts(said).back() == "Book leave from March 9, 2026 until March 13, 2026?");
  }
  for (const std::string text : {"yes please", "Yes", "ok, do it"})
    CHECK_MESSAGE(texts(asked(bot).say(text)).back() == "Booked.", text);
}

TEST_CASE("A yes that is bound to something is not cut off from it") {
  SmallBot bot;
  bot.understander.clauses_at(", ");
  auto talk = asked(bot);
  CHECK(talk.say("yes, if my ticket is closed").calls.empty());
  CHECK(asked(bot).say("yes, and open a ticket").calls.size() == 1);
}

TEST_CASE("A day that is counted from another one is asked about, not counted from today") {
  SmallBot bot;
  bot.understander.day("later", "", "2026-03-03", "2026-03-03");
  for (const char* text : {"no, later", "make it later"})
    CHECK(texts(asked(bot).say(text)).front().find("Tell me what should be different") == 0);
}
