#include "conversations/drawing/traffic.h"

#include <nlohmann/json.hpp>

namespace parley::conversations {

namespace {

constexpr std::size_t kPage = 500;  // of conversations, and of the events of one

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
  for (std::string after;;) {
    const auto ids = reader.conversations(after, kPage);
    if (!ids) return ids.error();
    for (const std::string& id : *ids) {
      const auto found = reader.find(id);
      if (!found) return found.error();
      if (!*found || (*found)->record.bot != bot || (*found)->record.last_at < since) continue;
      if (const auto followed = follow(reader, id, traffic); !followed) return followed.error();
    }
    if (ids->size() < kPage) return traffic;
    after = ids->back();
  }
}

}  // namespace parley::conversations
