// ledger.*: what people's conversations with the bot say of it.
//
// What is counted: events in the window, of conversations in which a person said something in it. Flows are
// those that people start, not those that these run. Who says nothing more for kLeftAfter has left: a bot
// without `silence` would otherwise never hear of flows that nobody finishes. A turn's time is from the
// person's message to the last reply that it caused, through all calls of services.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "cli/maturity/sources.h"
#include "engine/replay.h"
#include "engine/storage/ledger_walk.h"
#include "engine/storage/recovery_cases.h"

namespace parley::cli {
namespace {

constexpr std::size_t kEventsMax = 20'000;  // of one conversation; the rest is left out
constexpr std::chrono::milliseconds kHandoffTarget = std::chrono::hours(24);
constexpr std::chrono::milliseconds kLeftAfter = std::chrono::hours(1);
constexpr double kTurnShare = 0.95;

/// Reasons with which the engine, not the author, ends a flow before its end.
const std::set<std::string_view> kCutShort{"cancelled", "started_another", "stuck",
                                           "abandoned", "escalated",       "version_changed",
                                           "error",     "failed",          "not_yet"};

/// Rules of the dialogue for a text that it could make nothing of, as a request or as an answer.
const std::set<std::string_view> kNotUnderstood{"fallback", "retry", "stuck"};
/// The rule for a text that a person who took over reads, not the bot.
constexpr std::string_view kForPeople = "handed_off";
/// The rule for the last of several answers that did not fit.
constexpr std::string_view kStuck = "stuck";

struct Counts {
  std::size_t conversations = 0, contained = 0, stuck = 0;
  std::size_t texts = 0, not_understood = 0, repeats = 0;
  std::size_t handoffs = 0, handoffs_closed = 0;
  std::size_t judged = 0, negative = 0;        // conversations
  std::size_t experiences = 0, recovered = 0;  // closed cases, and negative conversations without any case
  std::size_t ends = 0, completed = 0;
  std::map<std::string, std::size_t> ends_by_reason;
  std::vector<double> turn_times;  // in milliseconds
};

std::string text_of(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

/// One conversation's part in the counts.
class Follower {
 public:
  Follower(const conversations::Program& program, TimePoint since, TimePoint now, Counts& counts)
      : program_(program), since_(since), now_(now), counts_(counts) {}

  void see(const LedgerEvent& event) {
    root_[event.sequence] = event.cause == 0 ? event.sequence : root_of(event.cause);
    cases_.see(event);
    if (event.at < since_) return;
    last_at_ = event.at;
    const Json detail = event.detail.empty() ? Json::object() : Json::parse(event.detail, nullptr, false);
    if (!detail.is_object()) return;
    if (detail.contains("reasons")) walk(detail["reasons"]);
    switch (event.kind) {
      case EventKind::kActivityIn:
        return text_in(event, detail);
      case EventKind::kActivityOut:
        return reply(event);
      case EventKind::kFlowEnd:
        return flow_end(detail);
      case EventKind::kHandoff:
        return handoff(event);
      case EventKind::kEventIn:
        return event_in(event, detail);
      default:
        return;
    }
  }

  void end() {
    for (const auto& [sequence, times] : turns_)
      if (times.second >= times.first)
        counts_.turn_times.push_back(static_cast<double>((times.second - times.first).count()));
    count_cases();
    if (!spoke_) return;
    ++counts_.conversations;
    if (judged_) ++counts_.judged;
    if (negative_) ++counts_.negative;
    if (!handed_off_ && !at_a_loss_) ++counts_.contained;
    if (stuck_) ++counts_.stuck;
    if (now_ - last_at_ >= kLeftAfter)
      for (std::size_t left = open_.size(); left > 0; --left)
        end_flow("abandoned");
  }

 private:
  /// Cases that were closed in the window; one that is open may yet end well. Who had a bad experience that
  /// nobody looked after counts as one that was not made good.
  void count_cases() {
    for (const RecoveryCase& one : cases_.all()) {
      if (!one.closed || *one.closed < since_) continue;
      ++counts_.experiences;
      if (case_outcome(one.outcome) == CaseOutcome::kRecovered) ++counts_.recovered;
    }
    if (negative_ && cases_.all().empty()) ++counts_.experiences;
  }

  Sequence root_of(Sequence cause) const {
    const auto found = root_.find(cause);
    return found == root_.end() ? cause : found->second;
  }

  /// A flow of the bot's own that somebody can start.
  bool is_task(const std::string& name) const {
    const auto flow = program_.flows.find(name);
    return flow != program_.flows.end() && !name.starts_with("pattern_") &&
           (!flow->second.when.empty() || !flow->second.when_event.empty());
  }

  /// The flows whose steps were executed are under way.
  void walk(const Json& reasons) {
    const Json path = reasons.is_object() ? reasons.value("path", Json::array()) : Json::array();
    if (!path.is_array()) return;
    for (const Json& step : path) {
      const std::string place = step.is_string() ? step.get<std::string>() : "";
      if (std::string flow = place.substr(0, place.find('/')); is_task(flow)) open_.insert(std::move(flow));
    }
  }

  void text_in(const LedgerEvent& event, const Json& detail) {
    const Json activity = Json::parse(event.activity, nullptr, false);
    if (!activity.is_object()) return;
    const std::string text = text_of(activity, "text");
    const Json reasons = detail.value("reasons", Json::object());
    const std::string rule = reasons.is_object() ? text_of(reasons, "rule") : "";
    if (text.empty() || rule == kForPeople) return;
    spoke_ = true;
    ++counts_.texts;
    const Json understanding = detail.value("understanding", Json::object());
    judged_ = judged_ || (understanding.is_object() && understanding.contains("negative"));
    negative_ = negative_ || reasons.contains("negative");
    at_a_loss_ = kNotUnderstood.contains(rule);
    if (at_a_loss_) ++counts_.not_understood;
    if (rule == kStuck) stuck_ = true;
    if (text == last_text_) ++counts_.repeats;
    last_text_ = text;
    turns_[event.sequence] = {event.at, TimePoint{}};
  }

  void reply(const LedgerEvent& event) {
    const auto turn = turns_.find(root_of(event.sequence));
    if (turn != turns_.end()) turn->second.second = std::max(turn->second.second, event.at);
  }

  void flow_end(const Json& detail) {
    const std::string flow = text_of(detail, "flow");
    open_.erase(flow);
    if (is_task(flow)) end_flow(text_of(detail, "reason"));
  }

  void end_flow(const std::string& reason) {
    ++counts_.ends;
    ++counts_.ends_by_reason[reason];
    if (!kCutShort.contains(reason)) ++counts_.completed;
  }

  void handoff(const LedgerEvent& event) {
    handed_off_ = true;
    ++counts_.handoffs;
    waiting_since_ = event.at;
  }

  void event_in(const LedgerEvent& event, const Json& detail) {
    if (text_of(detail, "name") != kHandbackEvent || !waiting_since_) return;
    if (event.at - *waiting_since_ <= kHandoffTarget) ++counts_.handoffs_closed;
    waiting_since_.reset();
  }

  const conversations::Program& program_;
  const TimePoint since_, now_;
  Counts& counts_;
  std::map<Sequence, Sequence> root_;                          // event -> what from outside led to it
  std::map<Sequence, std::pair<TimePoint, TimePoint>> turns_;  // message -> its time, its last reply's
  std::optional<TimePoint> waiting_since_;
  std::set<std::string> open_;  // flows under way
  std::string last_text_;
  TimePoint last_at_{};
  RecoveryCases cases_;
  bool spoke_ = false, handed_off_ = false, stuck_ = false;
  bool judged_ = false,
       negative_ = false;   // of its texts, any was held against negative experiences; was one
  bool at_a_loss_ = false;  // the last text was not understood
};

double percentile(std::vector<double> values, double share) {
  const auto at = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size()))) - 1;
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(at), values.end());
  return values[at];
}

void set_measures(Counts counts, Measures& measures) {
  measures.set("ledger.conversations", static_cast<double>(counts.conversations));
  measures.set_share("ledger.contained", counts.contained, counts.conversations);
  measures.set_share("ledger.completed", counts.completed, counts.ends);
  measures.set_share("ledger.abandoned", counts.ends_by_reason["abandoned"], counts.ends);
  measures.set_share("ledger.stuck", counts.stuck, counts.conversations);
  measures.set_share("ledger.errors", counts.ends_by_reason["error"], counts.ends);
  measures.set_share("ledger.fallback", counts.not_understood, counts.texts);
  measures.set_share("ledger.repeats", counts.repeats, counts.texts);
  measures.set_share("ledger.handoffs_closed", counts.handoffs_closed, counts.handoffs);
  if (counts.turn_times.empty())
    measures.miss("ledger.turn_p95", "there is nothing to count");
  else
    measures.set("ledger.turn_p95", percentile(std::move(counts.turn_times), kTurnShare));
  measures.set_share("ledger.negative", counts.negative, counts.judged);
  measures.set_share("ledger.recovered", counts.recovered, counts.experiences);
}

}  // namespace

Result<Done> measure_ledger(StoreReader& reader, const BotFiles& files, const config::MaturityModel& model,
                            TimePoint now, Measures& measures) {
  Counts counts;
  const TimePoint since = now - model.window;
  const auto walked = for_each_conversation(reader, files.manifest.name, since,
                                            [&](const ConversationRecord& record) -> Result<Done> {
                                              const auto events = events_of(reader, record.id, kEventsMax);
                                              if (!events) return events.error();
                                              Follower follower(*files.program, since, now, counts);
                                              for (const LedgerEvent& event : *events)
                                                follower.see(event);
                                              follower.end();
                                              return Done{};
                                            });
  if (!walked) return walked;
  const std::size_t seen = counts.conversations;
  if (seen >= model.least_conversations) {
    set_measures(std::move(counts), measures);
    return Done{};
  }
  measures.miss("ledger.", "only " + std::to_string(seen) + " of the " +
                               std::to_string(model.least_conversations) +
                               " conversations that it needs happened in the window");
  measures.set("ledger.conversations", static_cast<double>(seen));
  return Done{};
}

}  // namespace parley::cli
