#include "conversations/drawing/traffic.h"

#include <nlohmann/json.hpp>

#include "engine/storage/ledger_walk.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kPage = 500;  // of the events of a conversation

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

/// Follows one conversation.
class Follower {
 public:
  explicit Follower(Traffic& traffic) : traffic_(traffic) {}

  void see(const LedgerEvent& event) {
    const Json detail = Json::parse(event.detail, nullptr, false);
    if (!detail.is_object()) return;
    if (event.kind == EventKind::kFlowEnd) return end(detail);
    const auto reasons = detail.find("reasons");
    if (reasons == detail.end() || !reasons->is_object()) return;
    const auto path = reasons->find("path");
    if (path == reasons->end() || !path->is_array()) return;
    for (const Json& step : *path)
      if (step.is_string()) visit(step.get_ref<const std::string&>());
  }

  /// The ledger holds no more of the conversation.
  void stop() {
    for (const auto& [flow, step] : last_)
      ++traffic_.flows[flow].open[step];
  }

 private:
  void visit(const std::string& place) {
    const std::size_t slash = place.find('/');
    if (slash == place.npos) return;
    const std::string flow = place.substr(0, slash), step = place.substr(slash + 1);
    FlowTraffic& counts = traffic_.flows[flow];
    const auto [last, begins] = last_.emplace(flow, step);
    if (begins) {
      ++counts.begun;
    } else if (last->second == step) {
      return;  // its question again
    } else {
      ++counts.ways[{last->second, step}];
      last->second = step;
    }
    ++counts.visits[step];
  }

  void end(const Json& detail) {
    const std::string flow = text_at(detail, "flow");
    const auto last = last_.find(flow);
    if (last == last_.end()) return;
    ++traffic_.flows[flow].ends[{last->second, text_at(detail, "reason")}];
    last_.erase(last);
  }

  Traffic& traffic_;
  std::map<std::string, std::string> last_;  // flow under way -> its step
};

Result<Done> follow(StoreReader& reader, const std::string& conversation, Traffic& traffic) {
  Follower follower(traffic);
  ++traffic.conversations;
  for (Sequence after = 0;;) {
    const auto events = reader.events(conversation, after, kPage);
    if (!events) return events.error();
    for (const LedgerEvent& event : *events)
      follower.see(event);
    if (events->size() < kPage) {
      follower.stop();
      return Done{};
    }
    after = events->back().sequence;
  }
}

}  // namespace

Result<Traffic> read_traffic(StoreReader& reader, const std::string& bot, TimePoint since) {
  Traffic traffic;
  const auto walked = for_each_conversation(reader, bot, since, [&](const ConversationRecord& conversation) {
    return follow(reader, conversation.id, traffic);
  });
  if (!walked) return walked.error();
  return traffic;
}

}  // namespace parley::conversations
