#include "conversations/dialogue/recovery.h"

#include <algorithm>
#include <utility>

#include "conversations/cel/time.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/walk.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

using What = CaseChange::What;

constexpr int kMinutesPerDay = 24 * 60;

void change(Turn& turn, const std::string& id, What what, Json detail = Json::object()) {
  turn.out.cases.push_back({id, what, std::move(detail)});
}

void close(Turn& turn, const std::string& id, CaseOutcome outcome) {
  change(turn, id, What::kClosed, {{"outcome", name_of(outcome)}});
  std::erase_if(turn.state.cases, [&](const OpenCase& one) { return one.id == id; });
}

/// Null where there is no expression, or its slot is not filled.
Json value_of(const Turn& turn, const ExpressionPtr& expression) {
  if (!expression) return nullptr;
  const cel::Value value = expression->evaluate(bindings_of(turn, turn.top()));
  return value.is_error() ? Json() : cel::to_json(value);
}

Json detail_of(const Turn& turn, const Recover& action, bool agreed) {
  Json about = Json::object();
  for (const Assignment& fact : action.about)
    about[fact.slot] = value_of(turn, fact.value);
  Json detail{{"happened", action.happened},
              {"about", std::move(about)},
              {"by", value_of(turn, action.by)},
              {"address", value_of(turn, action.address)},
              {"consent", action.consent ? Json(agreed) : Json()},
              {"flow", turn.top().flow}};
  if (detail.dump(-1, ' ', false, Json::error_handler_t::replace).size() > limits::kCaseDetailMaxBytes)
    detail["about"] = Json::object();
  return detail;
}

/// Why a flow ended says how its case did, where the flow does not.
CaseOutcome outcome_of(const std::string& reason) {
  if (reason == "declined" || reason == "started_another") return CaseOutcome::kDeclined;
  if (reason == "abandoned") return CaseOutcome::kNoReaction;
  if (reason == "timed_out") return CaseOutcome::kExpired;
  if (reason == "cancelled") return CaseOutcome::kWithdrawn;
  for (const char* failure : {"failed", "error", "stuck", "version_changed"})
    if (reason == failure) return CaseOutcome::kFailed;
  return CaseOutcome::kUnknown;
}

bool holds(const std::vector<Frame>& frames, const std::string& id) {
  return std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) { return frame.recovery == id; });
}

bool is_held(const DialogueState& state, const std::string& id) {
  return holds(state.frames, id) || std::any_of(state.parked.begin(), state.parked.end(),
                                                [&](const Parked& one) { return holds(one.frames, id); });
}

}  // namespace

void open_case(Turn& turn, const Recover& action) {
  close_case(turn, turn.top(), CaseOutcome::kUnknown);  // one at a time
  const bool agreed = value_of(turn, action.consent) == true;
  const std::string id = "case-" + std::to_string(++turn.state.cases_opened);
  change(turn, id, What::kOpened, detail_of(turn, action, agreed));
  turn.note("case");
  if (action.consent && !agreed) {
    close(turn, id, CaseOutcome::kNoConsent);
    return go_to(turn, action.refused);
  }
  if (turn.state.cases.size() >= kOpenCasesMax) {
    const std::string oldest = turn.state.cases.front().id;
    close(turn, oldest, CaseOutcome::kUnknown);
  }
  turn.state.cases.push_back({id});
  turn.top().recovery = id;
  go_to(turn, step_of(turn, turn.top()).next);
}

void say_outcome(Turn& turn, const Outcome& action) {
  close_case(turn, turn.top(), action.outcome);
  go_to(turn, step_of(turn, turn.top()).next);
}

void close_case(Turn& turn, Frame& frame, CaseOutcome outcome) {
  const std::string id = std::exchange(frame.recovery, "");
  const auto known = std::find_if(turn.state.cases.begin(), turn.state.cases.end(),
                                  [&](const OpenCase& one) { return one.id == id; });
  if (known != turn.state.cases.end()) close(turn, id, outcome);
}

void end_case(Turn& turn, Frame& frame, const std::string& reason) {
  if (reason == "escalated") return escalate_case(turn, frame);
  close_case(turn, frame, outcome_of(reason));
}

void escalate_case(Turn& turn, Frame& frame) {
  const std::string id = std::exchange(frame.recovery, "");
  for (OpenCase& one : turn.state.cases) {
    if (one.id != id) continue;
    one.escalated = true;
    change(turn, id, What::kEscalated);
  }
}

void close_escalated_cases(Turn& turn, const Json& value) {
  const Json said = value.is_object() ? value.value("outcome", Json()) : Json();
  const auto known = said.is_string() ? case_outcome(said.get<std::string>()) : std::nullopt;
  const std::vector<OpenCase> all = turn.state.cases;
  for (const OpenCase& one : all)
    if (one.escalated) close(turn, one.id, known.value_or(CaseOutcome::kUnknown));
}

void close_left_cases(Turn& turn) {
  const std::vector<OpenCase> all = turn.state.cases;
  for (const OpenCase& one : all)
    if (!one.escalated && !is_held(turn.state, one.id)) close(turn, one.id, CaseOutcome::kUnknown);
}

bool holds_case(const std::vector<Frame>& frames) {
  return std::any_of(frames.begin(), frames.end(),
                     [](const Frame& frame) { return !frame.recovery.empty(); });
}

void note_due(Turn& turn, const Parked& parked, TimePoint due, const std::string& event) {
  Json detail{{"due", due.time_since_epoch().count()}};
  if (!event.empty()) detail["event"] = event;
  for (const Frame& frame : parked.frames)
    if (!frame.recovery.empty()) change(turn, frame.recovery, What::kDue, detail);
}

void note_follow_up(Turn& turn, const Parked& parked) {
  for (const Frame& frame : parked.frames)
    if (!frame.recovery.empty()) change(turn, frame.recovery, What::kFollowedUp);
}

std::optional<TimePoint> end_of_quiet_hours(const Turn& turn, TimePoint at) {
  const config::QuietHours& quiet = turn.program.quiet_hours;
  const auto instant = cel::instant_of_milliseconds(at.time_since_epoch().count());
  const auto local = cel::in_zone(instant, turn.program.timezone);
  if (!local || quiet.from == quiet.until) return std::nullopt;
  const int minute = static_cast<int>(local->hour * 60 + local->minute);
  const auto behind = [](int from, int to) { return (to - from + kMinutesPerDay) % kMinutesPerDay; };
  if (behind(quiet.from, minute) >= behind(quiet.from, quiet.until)) return std::nullopt;
  const auto begun = std::chrono::floor<std::chrono::minutes>(at);
  return TimePoint(begun) + std::chrono::minutes(behind(minute, quiet.until));
}

}  // namespace parley::conversations
