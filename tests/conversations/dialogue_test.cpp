// Straight ways through flows: asking, filling, calling, confirming, ending.
#include <doctest/doctest.h>

#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;

TEST_CASE("A new conversation is greeted") {
  const SmallBot bot;
  auto talk = bot.talk();
  const auto reply = talk.start();
  CHECK(texts(reply) == Texts{"Hello! How can I help you?"});
  CHECK(reply.activities.front().at("locale") == "en");
  CHECK(reply.activities.front().at("inputHint") == "acceptingInput");
}

TEST_CASE("A flow asks for what is missing, one question at a time, and runs to its end") {
  const SmallBot bot;
  auto talk = bot.talk();
  CHECK(texts(talk.say("I want leave")) == Texts{"From which day?"});
  CHECK(texts(talk.say("monday")) == Texts{"Until which day?"});
  const auto confirm = talk.say("friday");
  CHECK(texts(confirm) == Texts{"Book leave from March 9, 2026 until March 13, 2026?"});
  CHECK(buttons(confirm) == Texts{"Yes", "No"});
  CHECK(confirm.activities.back().at("inputHint") == "expectingInput");
  REQUIRE(confirm.calls.size() == 1);
  CHECK(confirm.calls[0].arguments == Json{{"employee", "anna"}});
  const auto booked = talk.say("yes please");
  CHECK(texts(booked) == Texts{"Booked."});
  REQUIRE(booked.calls.size() == 1);
  CHECK(booked.calls[0].arguments ==
        Json{{"employee", "anna"}, {"start", "2026-03-09"}, {"end", "2026-03-13"}});
  CHECK(ends(booked) == Texts{"request_leave: completed"});
}

TEST_CASE("The sentence that starts a flow fills its slots, by role first and then in order") {
  const SmallBot bot;
  auto by_role = bot.talk();
  CHECK(texts(by_role.say("leave until friday from monday")) ==
        Texts{"Book leave from March 9, 2026 until March 13, 2026?"});
  auto role_first = bot.talk();
  CHECK(texts(role_first.say("leave friday from monday")) ==
        Texts{"Book leave from March 9, 2026 until March 13, 2026?"});
  auto in_order = bot.talk();
  CHECK(texts(in_order.say("leave monday friday")) ==
        Texts{"Book leave from March 9, 2026 until March 13, 2026?"});
  auto only_the_end = bot.talk();
  CHECK(texts(only_the_end.say("leave until friday")) == Texts{"From which day?"});
}
