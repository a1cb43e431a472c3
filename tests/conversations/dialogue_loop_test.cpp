// Flows that go on by themselves, turn after turn: none does so for ever.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "engine/limits.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

TEST_CASE("A loop of short waits ends, though each turn of it is short") {
  const SmallBot bot(R"yaml(
flow: request_leave
when: request_leave
steps:
  - name: again
    wait: {until: "now + duration('0.001s')"}
  - if: user.id == 'nobody'
    then:
      - end:
  - go: again
)yaml");
  auto talk = bot.talk();
  talk.say("leave");
  Texts reasons;
  for (int round = 0; round < 100 && reasons.empty(); ++round)
    reasons = ends(talk.wait(1h));
  CHECK(reasons == Texts{"request_leave: error"});
}

TEST_CASE("A loop of calls ends, though each turn of it is short") {
  const SmallBot bot(R"yaml(
flow: request_leave
when: request_leave
steps:
  - name: again
    call: hr.balance
    with: {employee: user.id}
    as: balance
    failed:
      - end: failed
  - if: balance.days > 0
    then:
      - go: again
)yaml");
  Json state;
  Event event;
  event.text = "leave";
  event.understanding = bot.understander.understand("leave", {});
  for (std::size_t turn = 0; turn <= limits::kStepsAloneMax; ++turn) {
    const Advance advance = bot.dialogue->advance(state, event, test_context());
    state = advance.state;
    if (!advance.ends.empty()) {
      CHECK(advance.ends.front().reason == "error");
      return;
    }
    REQUIRE(advance.calls.size() == 1);
    event = Event{};
    event.kind = Event::Kind::kCallEnded;
    event.call = {advance.calls.front().id, true, {{"days", 12}}, ""};
  }
  FAIL("the loop of calls did not end");
}

TEST_CASE("What is said before a call goes out with the turn that makes the call") {
  const SmallBot bot(R"yaml(
flow: request_leave
when: request_leave
steps:
  - call: hr.balance
    with: {employee: user.id}
    as: balance
    meanwhile: One moment, I am looking that up.
    failed:
      - end: failed
  - say: "{balance.days} days."
)yaml");
  Event event;
  event.text = "leave";
  event.understanding = bot.understander.understand("leave", {});
  const Advance asked = bot.dialogue->advance(nullptr, event, test_context());
  REQUIRE(asked.activities.size() == 1);
  CHECK(asked.activities.front()["text"] == "One moment, I am looking that up.");
  CHECK(asked.calls.size() == 1);
}
