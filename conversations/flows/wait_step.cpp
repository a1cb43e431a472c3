// Waiting, in its two forms: a `wait` step, at which the flow lets the conversation go on beside it, and
// `silence`, what happens when the person does not answer a question.
//
//     - wait: {event: back_in_stock, where: news.sku == product.sku, for: 30d}
//       as: news
//       timed_out:
//         - say: It has not come back.     then an implied end `timed_out`
#include <algorithm>

#include "conversations/flows/compiler.h"
#include "engine/limits.h"

namespace parley::conversations {

using config::Node;

namespace {

using std::chrono::milliseconds;

constexpr milliseconds kTimeMin{1'000};

/// A time that a flow may wait; zero, and reported, when it is none.
milliseconds time_of(const Node& node) {
  const auto written = node.duration_ms();
  if (!written) return milliseconds(0);
  const milliseconds time(*written);
  if (time >= kTimeMin && time <= limits::kWaitMax) return time;
  node.error(
      "range",
      "a time from 1s to " + std::to_string(limits::kWaitMax / std::chrono::hours(24)) + "d is expected",
      "write a number with s, m, h or d: 24h");
  return milliseconds(0);
}

}  // namespace

Action FlowCompiler::wait(const Node& step, Label) {
  Wait wait;
  const std::string id = id_;
  const Node node = step.get("wait");
  if (!node.is_map()) {
    node.error("wait-shape", "a wait says for what: a time or an event",
               "write wait: {for: 24h}, or wait: {event: name, for: 30d}");
    return wait;
  }
  node.allow({"for", "until", "event", "where"});
  if (flow_.name.starts_with("pattern_"))
    node.error("wait-shape", "a flow that replaces a built-in one can't wait", "start a flow of your own");
  wait.as = step.get("as").text().value_or("");
  wait.event = event_name(node.get("event"));
  wait_time(node, wait);
  wait_condition(node.get("where"), wait);
  if (node.get("event")) {
    wait.timed_out = ending_branch(step.get("timed_out"), id + ".timed_out", "timed_out");
    return wait;
  }
  for (const Node& useless : {node.get("where"), step.get("as"), step.get("timed_out")})
    if (useless)
      useless.error("wait-shape", "this belongs to a wait for an event", "write event: name beside it");
  return wait;
}

std::string FlowCompiler::event_name(const Node& node) const {
  const std::string name = node.text().value_or("");
  if (name.size() > limits::kEventNameMaxBytes)
    node.error("bad-name",
               "the name of an event has at most " + std::to_string(limits::kEventNameMaxBytes) + " bytes");
  return name;
}

void FlowCompiler::wait_time(const Node& node, Wait& wait) {
  const Node length = node.get("for"), until = node.get("until");
  if (static_cast<bool>(length) == static_cast<bool>(until))
    return node.error("wait-shape",
                      length ? "a wait has one time: for or until" : "how long does this wait at most?",
                      "write for: 24h, or until: with a date or timestamp");
  if (length) {
    wait.length = time_of(length);
    return;
  }
  wait.until = reader_.expression(until);
  const cel::Type type = wait.until ? wait.until->type() : cel::Type();
  if (!type.is(cel::Kind::kDate) && !type.is(cel::Kind::kTimestamp) && !type.is(cel::Kind::kDyn))
    until.error("value-type", "until is a date or timestamp, not " + type.to_string(),
                "for example: now + duration('24h')");
}

// The value that `as` names is there when the condition is looked at, though no step before has set it.
void FlowCompiler::wait_condition(const Node& node, Wait& wait) {
  if (!node) return;
  if (wait.as.empty())
    node.error("wait-shape", "a condition on the event needs a name for its value", "add as: event");
  std::vector<Read> reads;
  reader_.note_in(&reads);
  wait.where = reader_.condition(node);
  std::vector<Read>& of_step = source_.steps.back().reads;
  reader_.note_in(&of_step);
  std::copy_if(reads.begin(), reads.end(), std::back_inserter(of_step),
               [&](const Read& read) { return read.name != wait.as; });
}

Silence FlowCompiler::silence(const Node& node) const {
  if (!node) return std::nullopt;
  std::vector<SilenceReaction> reactions;
  if (node.is_scalar() && node.text() == "none") return reactions;
  for (const Node& item : node.items()) {
    if (!item.is_map()) {
      item.error("silence", "a silence says after which time something happens",
                 "write silence: {after: 5m}, or silence: none");
      continue;
    }
    item.allow({"after", "say"});
    reactions.push_back({time_of(item.need("after")), reader_.text(item.get("say"))});
  }
  if (reactions.size() > limits::kSilenceReactionsMax)
    node.error("silence",
               "a person is asked at most " + std::to_string(limits::kSilenceReactionsMax) +
                   " times whether there is anybody",
               "remove some");
  return reactions;
}

}  // namespace parley::conversations
