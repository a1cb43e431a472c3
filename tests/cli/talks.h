// Conversations as a server leaves them in its ledger, made by hand: so many that no test could hold them.
#pragma once

#include <doctest/doctest.h>
#include <string>
#include <vector>

#include "engine/activity.h"
#include "engine/storage/store.h"
#include "tests/support/turns.h"

namespace parley::test {

/// One conversation of the bot `bot`, an event after the other.
class Talk {
 public:
  Talk(std::string id, const std::string& bot, TimePoint at, const std::string& person = "p1") : at_(at) {
    turn_.after.id = std::move(id);
    turn_.after.channel = "webchat";
    turn_.after.person = {person, "", {}};
    turn_.after.bot = bot;
    turn_.after.bot_version = "1";
    turn_.after.language = "en";
    turn_.after.created = at;
    turn_.after.state = "{}";
  }

  /// A person's text, taken by `rule`, after which `path` was executed ("order/0").
  Talk& says(const std::string& text, const std::string& rule = "start", const std::string& path = "") {
    Json reasons{{"rule", rule}};
    if (!path.empty()) reasons["path"] = Json::array({path});
    message_ = add(EventKind::kActivityIn, 0, {{"reasons", reasons}}, text);
    return *this;
  }
  /// The bot's reply to it, so much later.
  Talk& reply(std::chrono::milliseconds after = std::chrono::milliseconds(5)) {
    at_ += after;
    add(EventKind::kActivityOut, message_, nullptr, "ok");
    return *this;
  }
  /// A call of a service, and its end so much later; the reply to it follows from that.
  Talk& call(std::chrono::milliseconds takes) {
    const Sequence call = add(EventKind::kCall, message_, {{"id", "1"}});
    at_ += takes;
    message_ = add(EventKind::kCallResult, call, {{"id", "1"}, {"ok", true}, {"reasons", Json::object()}});
    return *this;
  }
  /// A text that was held against negative experiences, and was one or not.
  Talk& says_in_anger(const std::string& text, bool anger = true) {
    Json reasons{{"rule", "start"}};
    if (anger) reasons["negative"] = 0.9;
    message_ = add(EventKind::kActivityIn, 0,
                   {{"reasons", reasons}, {"understanding", {{"negative", anger ? 0.9 : 0.1}}}}, text);
    return *this;
  }
  /// What became of a recovery case.
  Talk& recovery(const CaseChange& change) {
    add(EventKind::kCase, message_, to_json(change));
    return *this;
  }
  Talk& ends(const std::string& flow, const std::string& reason) {
    add(EventKind::kFlowEnd, message_, {{"flow", flow}, {"reason", reason}});
    return *this;
  }
  Talk& handoff() {
    add(EventKind::kHandoff, message_, nullptr);
    return *this;
  }
  Talk& handback(std::chrono::milliseconds after) {
    at_ += after;
    add(EventKind::kEventIn, 0, {{"name", "handback"}, {"reasons", Json::object()}});
    return *this;
  }

  void write_to(Store& store) {
    turn_.after.last_sequence = turn_.events.back().sequence;
    turn_.after.last_at = turn_.events.back().at;
    const auto done = commit(store, turn_);
    REQUIRE_MESSAGE(done.ok(), (done ? "" : done.error().message));
  }

 private:
  Sequence add(EventKind kind, Sequence cause, const Json& detail, const std::string& text = "") {
    LedgerEvent event;
    event.sequence = turn_.events.size() + 1;
    event.at = at_ += std::chrono::milliseconds(1);
    event.kind = kind;
    event.cause = cause;
    if (!detail.is_null()) event.detail = json_text(detail);
    if (!text.empty())
      event.activity = json_text(
          {{"id", activity_id(turn_.after.id, event.sequence)}, {"type", "message"}, {"text", text}});
    turn_.events.push_back(event);
    return event.sequence;
  }

  TurnRecord turn_;
  TimePoint at_;
  Sequence message_ = 0;
};

}  // namespace parley::test
