// A conversation played in memory: texts go in, replies come out, calls are answered by a function, and the
// clock stands still until it is moved. What the engine does for a real conversation, without storage,
// threads or waiting; the test runner, the tests of the dialogue and replays are built on it.
//
// One thread. The understander and the dialogue must outlive the driver.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "engine/dialogue.h"
#include "engine/understanding.h"

namespace parley::conversations {

/// Everything that one thing from outside caused, until the bot waits again.
struct Exchange {
  std::vector<Json> activities;
  std::vector<CallRequest> calls;  // in order, all answered
  std::vector<FlowEnd> ends;
  std::vector<CaseChange> cases;
  std::vector<Json> reasons;  // of each turn
  bool handed_off = false;
};

class ConversationDriver {
 public:
  using Service = std::function<CallOutcome(const CallRequest&)>;

  /// `state` is null for a new conversation. Without a service every call fails as unavailable.
  ConversationDriver(const Understander& understander, const Dialogue& dialogue, TurnContext context,
                     std::string zone = "UTC", Json state = nullptr);

  void answer_calls_with(Service service) { service_ = std::move(service); }

  Exchange start();
  Exchange say(std::string_view text);
  Exchange submit(Json value);
  /// An event from outside.
  Exchange notify(std::string name, Json value = nullptr);
  /// Moves the clock; timers that fall due on the way go off in order.
  Exchange wait(std::chrono::milliseconds by);

  const Json& state() const { return state_; }
  const TurnContext& context() const { return context_; }

 private:
  Exchange run(Event event);
  void take(Advance advance, Exchange& exchange, std::vector<CallRequest>& pending);
  CallOutcome answer(const CallRequest& call) const;

  const Understander& understander_;
  const Dialogue& dialogue_;
  TurnContext context_;
  std::string timezone_;
  Json state_;
  Service service_;
  std::map<std::string, TimePoint> timers_;
};

}  // namespace parley::conversations
