// Why flows end: each way has the reason that docs/authoring.md lists, and it is recorded.
#include <doctest/doctest.h>

#include "conversations/dialogue/dialogue.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::test;
using namespace std::chrono_literals;

namespace {

constexpr const char* kFlows = R"yaml(
flow: request_leave
title: Ask for leave
when: request_leave
silence: {after: 10m}
slots:
  start: {type: date, ask: From which day?}
steps:
  - collect: [start]
  - call: hr.balance
    with: {employee: user.id}
    as: balance
    failed:
      - say: The leave system is down.
  - if: balance.days < 3
    then:
      - end: not_enough_days
  - confirm: Book it?
  - say: Booked.
---
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: From 9 to 5.
---
flow: open_ticket
title: Watch
when: open_ticket
steps:
  - name: waiting
    wait: {event: news, for: 1h}
---
flow: payslip
title: Payslip
when: payslip
slots:
  list: {type: text}
steps:
  - choose: list
    ask: Which?
    from: "[1, 2].filter(x, x > 5)"
)yaml";

/// The reasons with which flows end when these are said one after the other; the balance is `days`, or the
/// call fails.
Texts reasons_after(const Texts& said, std::optional<int> days = 12, std::chrono::milliseconds then = 0s) {
  const SmallBot bot(kFlows);
  auto talk = bot.talk();
  talk.answer_calls_with([&](const CallRequest&) {
    CallOutcome outcome;
    outcome.ok = days.has_value();
    outcome.value = {{"days", days.value_or(0)}};
    outcome.failure = "unavailable";
    return outcome;
  });
  Texts all;
  const auto take = [&](const conversations::Exchange& exchange) {
    for (const std::string& end : ends(exchange))
      all.push_back(end);
  };
  for (const std::string& text : said)
    take(talk.say(text));
  take(talk.wait(then));
  return all;
}

}  // namespace

TEST_CASE("Every way in which a flow ends is recorded with its own reason") {
  CHECK(reasons_after({"leave on monday", "yes"}) == Texts{"request_leave: completed"});
  CHECK(reasons_after({"leave on monday"}, 1) == Texts{"request_leave: not_enough_days"});
  CHECK(reasons_after({"leave on monday", "no"}) == Texts{"request_leave: declined"});
  CHECK(reasons_after({"leave on monday"}, std::nullopt) == Texts{"request_leave: failed"});
  CHECK(reasons_after({"a ticket"}, 12, 1h) == Texts{"open_ticket: timed_out"});
  CHECK(reasons_after({"leave", "I want to talk to a person"}) == Texts{"request_leave: escalated"});
  CHECK(reasons_after({"leave", "cancel"}) == Texts{"request_leave: cancelled"});
  CHECK(reasons_after({"leave", "start over"}) == Texts{"request_leave: cancelled"});
  CHECK(reasons_after({"leave", "what are your opening hours", "no"}) ==
        Texts{"hours: completed", "request_leave: started_another"});
  CHECK(reasons_after({"leave", "xyzzy", "xyzzy", "xyzzy", "stop"}) == Texts{"request_leave: stuck"});
  CHECK(reasons_after({"leave"}, 12, 20min) == Texts{"request_leave: abandoned"});
  CHECK(reasons_after({"payslip"}) == Texts{"payslip: error"});
}
