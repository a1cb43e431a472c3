// Recorded conversations run through a candidate bot. A conversation is recorded here by talking to one bot
// and noting what a ledger would hold of it.
#include "conversations/testing/ledger_replay.h"

#include <doctest/doctest.h>

#include "conversations/testing/replay_report.h"
#include "conversations/testing/reply_view.h"
#include "conversations/testing/test_recorder.h"
#include "tests/conversations/dialogue_support.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

constexpr const char* kHours = R"yaml(
flow: hours
title: Opening hours
when: opening_hours
steps:
  - say: [We are open from 9 to 5., From 9 to 5.]
---
flow: request_leave
title: Leave
when: request_leave
slots:
  start: {type: date, ask: From which day?}
steps:
  - collect: start
  - call: hr.balance
    with: {employee: user.id}
    as: balance
    failed:
      - say: The leave system is down.
  - say: "You have {balance.days} days."
)yaml";

std::string with(std::string flows, const std::string& before, const std::string& after) {
  const std::size_t at = flows.find(before);
  REQUIRE(at != std::string::npos);
  return flows.replace(at, before.size(), after);
}

// A bot whose parts belong to a SmallBot, which must outlive it.
Bot bot_of(const SmallBot& small) {
  Bot bot;
  bot.manifest.name = "small";
  bot.manifest.languages = {"en", "nl"};
  bot.manifest.timezone = "Europe/Amsterdam";
  bot.understander = std::shared_ptr<const Understander>(std::shared_ptr<void>(), &small.understander);
  bot.dialogue = small.dialogue;
  bot.services = small.services;
  return bot;
}

// What a ledger would hold of a conversation with a bot: messages, calls that are answered at once.
class Recording {
 public:
  explicit Recording(const SmallBot& bot)
      : driver_(bot.understander, *bot.dialogue, test_context(), bot.program->timezone) {
    recorded_.record.id = "c1";
    recorded_.record.channel = "webchat";
    recorded_.record.person = test_context().person;
    recorded_.record.language = "en";
    driver_.answer_calls_with([](const CallRequest&) {
      CallOutcome outcome;
      outcome.ok = true;
      outcome.value = {{"days", 12}};
      return outcome;
    });
    take(EventKind::kOpened, nullptr, driver_.start());
  }

  void say(const std::string& text) {
    take(EventKind::kActivityIn, {{"type", "message"}, {"text", text}}, driver_.say(text));
  }

  const RecordedConversation& conversation() const { return recorded_; }

 private:
  void take(EventKind kind, Json activity, const Exchange& exchange) {
    RecordedExchange& into = recorded_.exchanges.emplace_back();
    into.causes.push_back(event(kind, std::move(activity), {{"language", "en"}}));
    for (const Json& reply : exchange.activities)
      into.bot.replies.push_back(shown_part(reply));
    into.bot.reasons = exchange.reasons;
    into.bot.ends = exchange.ends;
    into.bot.handed_off = exchange.handed_off;
    for (const CallRequest& call : exchange.calls) {
      into.causes.push_back(event(EventKind::kCallResult, nullptr, {{"id", call.id}}));
      recorded_.calls.push_back({call, {call.id, true, {{"days", 12}}, ""}, into.causes.back().sequence});
    }
  }

  RecordedEvent event(EventKind kind, Json activity, Json detail) {
    ++sequence_;
    const TimePoint at = test_context().now + std::chrono::milliseconds(sequence_);
    return {sequence_, at, kind, std::move(activity), std::move(detail)};
  }

  ConversationDriver driver_;
  RecordedConversation recorded_;
  Sequence sequence_ = 0;
};

ReplayedConversation replay(const RecordedConversation& recorded, const Bot& candidate) {
  auto result = replay_through(recorded, candidate);
  REQUIRE(result.ok());
  return std::move(*result);
}

RecordedConversation recorded(const std::vector<std::string>& texts) {
  const SmallBot bot(kHours);
  Recording recording(bot);
  for (const std::string& text : texts)
    recording.say(text);
  return recording.conversation();
}

ReplayedConversation replayed(const std::vector<std::string>& texts, const std::string& candidate) {
  const SmallBot small(candidate);
  return replay(recorded(texts), bot_of(small));
}

}  // namespace

TEST_CASE("The same bot says the same: variants in turn, calls with the answers they had, questions") {
  const ReplayedConversation same =
      replayed({"your hours", "your hours", "leave", "monday", "nonsense", "hello"}, kHours);
  for (const Difference& difference : same.differences)
    MESSAGE(name_of(difference.kind) << ": " << difference.before << " -> " << difference.after);
  CHECK(same.differences.empty());
  CHECK(same.exchanges == 7);
  CHECK(same.unknown_calls.empty());
}

TEST_CASE("A reply that is worded otherwise is a difference at its step, and the rest is still compared") {
  const std::string other = with(kHours, "From 9 to 5.]", "We open at 9.]");
  const ReplayedConversation changed = replayed({"your hours", "hello", "your hours", "your hours"}, other);
  REQUIRE(changed.differences.size() == 2);
  CHECK(changed.differences[0].kind == DifferenceKind::kText);
  CHECK(changed.differences[0].step == "hours/0");
  CHECK(changed.differences[0].said == "your hours");
  CHECK(changed.differences[0].before == "From 9 to 5.");
  CHECK(changed.differences[0].after == "We open at 9.");
  CHECK_FALSE(changed.diverged);
}

TEST_CASE("Another intent, flow, number of replies or hand-off ends the comparison of a conversation") {
  const std::vector<std::pair<DifferenceKind, std::string>> candidates{
      {DifferenceKind::kFlow,
       with(with(kHours, "flow: hours", "flow: times"), "title: Opening", "title: The")},
      {DifferenceKind::kExtra, with(kHours, "From 9 to 5.]", "From 9 to 5.]\n  - say: Come in.")},
      {DifferenceKind::kHandoff, with(kHours, "From 9 to 5.]", "From 9 to 5.]\n  - handoff: always")}};
  for (const auto& [kind, flows] : candidates) {
    CAPTURE(flows);
    const ReplayedConversation changed = replayed({"your hours", "leave", "your hours"}, flows);
    REQUIRE(changed.differences.size() == 1);
    CHECK(name_of(changed.differences[0].kind) == name_of(kind));
    CHECK(changed.diverged);
  }
  const SmallBot longer(with(kHours, "From 9 to 5.]", "From 9 to 5.]\n  - say: Come in."));
  Recording recording(longer);
  recording.say("your hours");
  const SmallBot shorter(kHours);
  const auto missing = replay(recording.conversation(), bot_of(shorter));
  REQUIRE(missing.differences.size() == 1);
  CHECK(missing.differences[0].kind == DifferenceKind::kMissing);
}

TEST_CASE("A candidate that understands a text otherwise is told by both intents") {
  SmallBot small(kHours);
  small.understander = WordUnderstander();
  small.understander.intent("your hours", "request_leave");
  const auto changed = replay(recorded({"your hours"}), bot_of(small));
  REQUIRE(changed.differences.size() == 1);
  CHECK(changed.differences[0].kind == DifferenceKind::kIntent);
  CHECK(changed.differences[0].before == "opening_hours");
  CHECK(changed.differences[0].after == "request_leave");
}

TEST_CASE("A call that the ledger has no outcome for fails, and is counted; its service hears nothing") {
  const std::string other = with(kHours, "{employee: user.id}", "{employee: user.name}");
  const ReplayedConversation changed = replayed({"leave", "monday"}, other);
  CHECK(changed.unknown_calls == Texts{"hr.balance"});
  REQUIRE(changed.differences.size() == 1);
  CHECK(changed.differences[0].after.find("failed") != std::string::npos);
}

TEST_CASE("An outcome comes when it came: what was said while the call was under way is answered before it") {
  RecordedConversation conversation = recorded({"leave", "monday"});
  RecordedExchange& asked = conversation.exchanges.back();
  REQUIRE(asked.causes.size() == 2);
  RecordedExchange impatient;  // the person wrote again between the call and its result
  impatient.causes = {asked.causes.front(), asked.causes.back()};
  impatient.causes.front().activity["text"] = "hello?";
  asked.causes.pop_back();
  asked.bot.replies.clear();
  asked.bot.ends.clear();
  asked.bot.reasons.pop_back();
  conversation.exchanges.push_back(impatient);
  const SmallBot small(kHours);
  const auto result = replay(conversation, bot_of(small));
  REQUIRE(result.differences.size() == 1);
  CHECK(result.differences[0].said == "hello?");
  CHECK(result.differences[0].after == "pattern_busy > request_leave; request_leave completed");
  CHECK(result.unknown_calls.empty());
}

TEST_CASE("A recording that makes no sense is an error with the conversation's name") {
  RecordedConversation conversation = recorded({"your hours"});
  conversation.exchanges[1].bot.reasons = {{{"intents", {{{"intent", 5}}}}, {"rule", "start"}}};
  const SmallBot small(kHours);
  const auto result = replay_through(conversation, bot_of(small));
  REQUIRE(!result.ok());
  CHECK(result.error().message.find("conversation c1 can't be replayed") != std::string::npos);
}

TEST_CASE("A report groups what is alike, counts conversations once, and keeps a bounded number of groups") {
  ReplayReport report;
  CHECK(report.changed_percent() == 0);
  const ReplayedConversation same = replayed({"your hours"}, kHours);
  ReplayedConversation changed = replayed({"your hours"}, with(kHours, "From 9 to 5.]", "We open at 9.]"));
  report.add(same);
  for (const char* id : {"c2", "c3", "c4"}) {
    changed.id = id;
    report.add(changed);
  }
  CHECK(report.conversations() == 4);
  CHECK(report.changed_percent() == 75);
  const Json json = report.to_json();
  REQUIRE(json["differences"].size() == 1);
  CHECK(json["differences"][0]["count"] == 3);
  CHECK(json["differences"][0]["conversations"] == Json({"c2", "c3", "c4"}));
  const std::string text = report.to_text("small");
  CAPTURE(text);
  CHECK(text.find("3 x text at hours/0") != std::string::npos);
  CHECK(text.find("1 the same, 3 worded otherwise, 0 took another course; 75.0% changed") !=
        std::string::npos);
  for (std::size_t i = 0; i < kGroupsMax + 10; ++i) {
    changed.differences[0].after = std::to_string(i);
    report.add(changed);
  }
  CHECK(report.to_json()["differences"].size() == kGroupsMax);
  CHECK(report.to_json()["differences_left_out"] == 11);
}

TEST_CASE("A recorded conversation becomes a test that holds: texts, calls with their answers, replies") {
  const std::string test = test_of(recorded({"your hours", "your hours", "leave", "monday"}), "as it was");
  CAPTURE(test);
  for (const char* line :
       {"test: as it was\n", "channel: webchat\n", "variant: next\n", "  hr.balance: {days: 12}\n",
        "  - user: your hours\n  - bot: We are open from 9 to 5.\n",
        "  - user: monday\n  - bot: You have 12 days.\n"})
    CHECK(test.find(line) != std::string::npos);
}
