// The language of the replies: asked for, heard, and kept when a button is pressed.
#include <doctest/doctest.h>

#include "conversations/dialogue/language.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using conversations::asked_language;

TEST_CASE("A language is recognised as a wish in every language that the dialogue knows") {
  CHECK(asked_language("In English, please!") == "en");
  CHECK(asked_language("kun je Nederlands praten?") == "nl");
  CHECK(asked_language("engels graag") == "en");
  CHECK(asked_language("do you speak French?") == "fr");
  CHECK(asked_language("Auf Deutsch, bitte!") == "de");
  CHECK(asked_language("können wir Niederländisch sprechen?") == "nl");
  CHECK(asked_language("switch to German please") == "de");
  CHECK(asked_language("in het Nederlands graag") == "nl");
  CHECK(asked_language("").empty());
  CHECK(asked_language("the English keyboard is broken").empty());
}

TEST_CASE("The person may switch the language, and the question is asked again in it") {
  const SmallBot bot;
  auto talk = bot.talk("nl");
  talk.say("ticket");
  const auto switched = talk.say("in english please");
  CHECK(rule(switched) == "language");
  CHECK(texts(switched) == Texts{"All right, we go on in English.", "What is the problem?"});
  CHECK(switched.activities.back().at("locale") == "en");
  CHECK(talk.context().language == "en");
  CHECK(texts(talk.say("nederlands")).front() == "Goed, we gaan verder in het Nederlands.");
}

TEST_CASE("A language that the bot does not speak is declined with those that it does") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("can you speak french")) ==
        Texts{"I'm sorry, I don't speak that language. I speak: English and Nederlands."});
  CHECK(talk.context().language == "en");
}

TEST_CASE("A pressed button keeps the language, whatever language its words seem to be") {
  const SmallBot bot;
  conversations::DialogueState state;
  state.language = "nl";
  Json activity{{"type", "message"}};
  activity["suggestedActions"]["actions"] = {{{"type", "imBack"}, {"title", "Laptop"}, {"value", "Laptop"}}};
  state.last = {activity};
  Event event;
  event.text = "Laptop";
  TurnContext heard = test_context("en");
  CHECK(conversations::language_of_turn(*bot.program, event, heard, state) == "nl");
  event.text = "laptop please";
  CHECK(conversations::language_of_turn(*bot.program, event, heard, state) == "en");
  heard.language = "xx";
  CHECK(conversations::language_of_turn(*bot.program, event, heard, state) == "nl");
}
