// Recovery cases: opened, followed up outside quiet hours, closed with an outcome.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "conversations/dialogue/state.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using conversations::Exchange;
using conversations::state_from_json;
using namespace std::chrono_literals;

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
title: Hear when it is back
when: request_leave
silence: {after: 2h}
slots:
  wanted: {type: bool, ask: Shall I tell you?}
  buy: {type: bool, ask: Do you still want it?}
steps:
  - collect: [wanted]
  - recover: out_of_stock
    about: {thing: "'tent'"}
    by: "'chat'"
    consent: wanted
    refused:
      - say: All right.
  - wait: {event: back_in_stock, for: 30d}
    as: news
    timed_out:
      - say: It has not come back.
  - say: It is back.
  - collect: [buy]
  - if: buy
    then:
      - outcome: recovered
    else:
      - outcome: declined
  - say: Noted.
---
flow: open_ticket
title: Open a ticket
when: open_ticket
steps:
  - recover: broken
  - handoff: broken
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - recover: closed_door
  - say: Sorry.
)yaml";

/// "opened", "due", "closed: recovered" ...
Texts changes(const Exchange& exchange) {
  Texts all;
  for (const CaseChange& change : exchange.cases) {
    const Json json = to_json(change);
    all.push_back(json.at("what").get<std::string>() +
                  (json.contains("outcome") ? ": " + json.at("outcome").get<std::string>() : ""));
  }
  return all;
}

/// Until this time of the day it is, where the bot is (an hour ahead of UTC).
std::chrono::milliseconds to_clock(const conversations::ConversationDriver& talk,
                                   std::chrono::minutes clock) {
  const TimePoint now = talk.context().now;
  return std::chrono::floor<std::chrono::days>(now) + clock - 1h - now;
}

}  // namespace

TEST_CASE(
    "A case is opened with what happened, is due with its wait, followed up and closed with its outcome") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  const auto agreed = talk.say("yes");
  CHECK(changes(agreed) == Texts{"opened", "due"});
  CHECK(agreed.cases[0].id == "case-1");
  const Json& detail = agreed.cases[0].detail;
  CHECK(detail.at("happened") == "out_of_stock");
  CHECK(detail.at("about") == Json{{"thing", "tent"}});
  CHECK(detail.at("by") == "chat");
  CHECK(detail.at("consent") == true);
  CHECK(detail.at("flow") == "request_leave");
  CHECK(agreed.cases[1].detail.at("event") == "back_in_stock");
  const auto came = talk.notify("back_in_stock");
  CHECK(changes(came) == Texts{"followed_up"});
  CHECK(texts(came) == Texts{"It is back.", "Do you still want it?"});
  CHECK(changes(talk.say("yes")) == Texts{"closed: recovered"});
  CHECK(state_from_json(talk.state()).cases.empty());
}

TEST_CASE("Without consent nothing is followed up, and the case is closed at once") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  const auto refused = talk.say("no");
  CHECK(changes(refused) == Texts{"opened", "closed: no_consent"});
  CHECK(texts(refused) == Texts{"All right."});
  CHECK(ends(refused) == Texts{"request_leave: declined"});
  CHECK(changes(talk.notify("back_in_stock")).empty());
}

TEST_CASE("Silence behind a follow-up is an outcome, and so are a cancel and an event that never comes") {
  const SmallBot bot(kFlows);
  const auto agreed = [&] {
    auto talk = bot.talk();
    talk.say("leave");
    talk.say("yes");
    return talk;
  };
  auto silent = agreed();
  silent.notify("back_in_stock");
  CHECK(texts(silent.wait(2h)).size() == 2);
  CHECK(changes(silent.wait(2h)) == Texts{"closed: no_reaction"});
  auto cancelled = agreed();
  CHECK(changes(cancelled.say("cancel")) == Texts{"closed: withdrawn"});
  auto late = agreed();
  CHECK(changes(late.wait(31 * 24h)) == Texts{"closed: expired"});
  auto declined = agreed();
  declined.notify("back_in_stock");
  CHECK(changes(declined.say("no")) == Texts{"closed: declined"});
}

TEST_CASE("Nobody is told in quiet hours: the follow-up is held until they are over") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("yes");
  talk.wait(to_clock(talk, 23h + 30min));
  const auto night = talk.notify("back_in_stock");
  CHECK(texts(night).empty());
  CHECK(changes(night).empty());
  CHECK(texts(talk.wait(8h)).empty());
  const auto morning = talk.wait(2h);
  CHECK(texts(morning) == Texts{"It is back.", "Do you still want it?"});
  CHECK(changes(morning) == Texts{"followed_up"});
}

TEST_CASE("Nor is a question about a case asked again in them") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("yes");
  talk.wait(to_clock(talk, 20h + 30min));
  CHECK(texts(talk.notify("back_in_stock")).size() == 2);
  CHECK(texts(talk.wait(11h)).empty());  // half past seven; the silence was due at half past ten
  CHECK(texts(talk.wait(1h)) == Texts{"Are you still there?", "Do you still want it?"});
}

TEST_CASE("A held follow-up waits on for the answer to an open question") {
  const SmallBot bot(std::string(kFlows) + R"yaml(---
flow: payslip
title: Payslip
when: payslip
slots:
  month: {type: text, ask: Which month?, silence: none}
steps:
  - collect: [month]
  - say: Here it is.
)yaml");
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("yes");
  talk.wait(to_clock(talk, 23h));
  talk.notify("back_in_stock");
  talk.wait(9h - 1min);
  CHECK(texts(talk.say("payslip")) == Texts{"Which month?"});
  CHECK(texts(talk.wait(2min)).empty());
  CHECK(texts(talk.say("march")) == Texts{"Here it is.", "It is back.", "Do you still want it?"});
}

TEST_CASE("A case that goes to a person stays open until the conversation is given back") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  CHECK(changes(talk.say("ticket")) == Texts{"opened", "escalated"});
  CHECK(state_from_json(talk.state()).cases.size() == 1);
  CHECK(changes(talk.notify("handback", {{"outcome", "no such"}})) == Texts{"closed: unknown"});
}

TEST_CASE("A flow that ends without a word about its case closes it as unknown") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  CHECK(changes(talk.say("hours")) == Texts{"opened", "closed: unknown"});
}

TEST_CASE("Of a conversation at most a number of cases is open: the oldest gives way") {
  const SmallBot bot(kFlows);
  Json state;
  Exchange last;
  for (std::size_t i = 0; i <= conversations::kOpenCasesMax; ++i) {
    conversations::ConversationDriver talk(bot.understander, *bot.dialogue, test_context(), "UTC", state);
    last = talk.say("ticket");
    state = talk.state();
    state.erase("handed_off");  // as if somebody had taken the case, and left the conversation to the bot
  }
  CHECK(changes(last) == Texts{"opened", "closed: unknown", "escalated"});
  CHECK(state_from_json(state).cases.size() == conversations::kOpenCasesMax);
}

TEST_CASE("A case survives in the dialogue's state as it was") {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.say("leave");
  talk.say("yes");
  CHECK(conversations::to_json(state_from_json(talk.state())) == talk.state());
}

TEST_CASE("A case's change reads as it was written, and nothing else is one") {
  const CaseChange change{"case-2", CaseChange::What::kClosed, {{"outcome", "recovered"}}};
  const auto read = case_change_from_json(to_json(change));
  REQUIRE(read.has_value());
  CHECK(read->id == "case-2");
  CHECK(read->what == CaseChange::What::kClosed);
  CHECK(read->detail == change.detail);
  CHECK_FALSE(case_change_from_json({{"what", "closed"}}).has_value());
  CHECK_FALSE(case_change_from_json({{"case", "case-1"}, {"what", "lost"}}).has_value());
  CHECK_FALSE(case_change_from_json("closed").has_value());
}
