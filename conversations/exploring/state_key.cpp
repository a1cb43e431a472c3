#include "conversations/exploring/state_key.h"

#include <algorithm>

#include "conversations/dialogue/turn.h"
#include "conversations/exploring/coarse_value.h"

namespace parley::conversations {

namespace {

constexpr int kCountedMax = 5;  // of failures and silences in a row: more of them change nothing

Json coarse_frame(const Json& exact, const ValueSources& sources) {
  Json frame = exact;
  frame.erase("carried");
  frame.erase("filled");
  if (frame.contains("recovery")) frame["recovery"] = true;  // of the same name, whichever it was
  if (const auto slots = frame.find("slots"); slots != frame.end() && slots->is_object())
    for (auto& [name, value] : slots->items())
      value = coarse(value, sources);
  const auto waiting = frame.find("waiting");
  if (waiting == frame.end() || !waiting->is_object()) return frame;
  const std::string what = waiting->value("for", "");
  if (what == "call" || what == "event") waiting->erase("name");
  for (auto& [name, value] : waiting->items())
    if (value.is_number_integer()) value = std::min(value.get<int>(), kCountedMax);
  return frame;
}

void make_coarse(Json& list, const ValueSources& sources) {
  for (Json& frame : list)
    frame = coarse_frame(frame, sources);
}

/// What each condition of the frame's flow would say now.
Json verdicts(const Turn& turn, const Frame& frame, const ValueSources& sources) {
  Json verdicts = Json::array();
  const cel::Bindings bindings = bindings_of(turn, frame);
  each_deciding_expression(flow_of(turn, frame), [&](const cel::Expression& expression) {
    const cel::Value value = expression.evaluate(bindings);
    verdicts.push_back(value.is_error() ? Json("?") : coarse(cel::to_json(value), sources));
  });
  return verdicts;
}

}  // namespace

std::string state_key(const Program& program, const Situation& situation, const ValueSources& sources) {
  Json key = situation.state;
  for (const char* counter :
       {"last", "calls", "timers", "silent_since", "steps", "variants", "cases", "cases_opened"})
    key.erase(counter);
  if (const auto frames = key.find("frames"); frames != key.end()) make_coarse(*frames, sources);
  if (const auto parked = key.find("parked"); parked != key.end()) {
    for (Json& one : *parked) {
      one.erase("timer");
      if (const auto frames = one.find("frames"); frames != one.end()) make_coarse(*frames, sources);
    }
  }
  const Event nothing;
  const Turn turn(program, nothing, situation.context, situation.state);
  for (const Frame& frame : turn.state.frames)
    if (program.flows.contains(frame.flow)) key["verdicts"].push_back(verdicts(turn, frame, sources));
  key["who"] = {situation.context.person.roles, situation.context.channel, situation.context.language};
  key["timers"] = situation.timers.size();
  key["calling"] = situation.calls.size();
  key["begun"] = situation.begun.time_since_epoch().count();
  return key.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace parley::conversations
