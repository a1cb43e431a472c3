#include "intents/suggestions/heard_texts.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <unordered_map>

#include "engine/storage/ledger_walk.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

constexpr std::size_t kPage = 500;  // of the events of a conversation

/// Notes of the dialogue (conversations/dialogue) on turns that looked for an intent.
constexpr std::array<std::string_view, 8> kIntentRules = {"start",   "digress",  "same_flow", "not_allowed",
                                                          "clarify", "fallback", "retry",     "stuck"};
/// A note that says nothing about the message itself; the one behind it counts.
constexpr std::string_view kPreface = "version_changed";

std::string text_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : "";
}

bool looked_for_an_intent(const Json& reasons) {
  if (!reasons.is_object()) return false;
  std::string rule = text_at(reasons, "rule");
  const Json then = reasons.value("then", Json());
  if (rule == kPreface && then.is_array() && !then.empty() && then.front().is_string())
    rule = then.front().get<std::string>();
  return std::find(kIntentRules.begin(), kIntentRules.end(), rule) != kIntentRules.end();
}

class Listener {
 public:
  Listener(StoreReader& reader, TimePoint since, std::size_t most)
      : reader_(reader), since_(since), most_(most) {}

  Result<Done> listen(const std::string& conversation) {
    for (Sequence after = 0;;) {
      const auto events = reader_.events(conversation, after, kPage);
      if (!events) return events.error();
      for (const LedgerEvent& event : *events)
        if (event.kind == EventKind::kActivityIn && event.at >= since_) hear(event);
      if (events->size() < kPage) return Done{};
      after = events->back().sequence;
    }
  }

  HeardTexts finish() {
    std::stable_sort(heard_.texts.begin(), heard_.texts.end(),
                     [](const HeardText& a, const HeardText& b) { return a.count > b.count; });
    return std::move(heard_);
  }

 private:
  void hear(const LedgerEvent& event) {
    const Json detail = Json::parse(event.detail, nullptr, false);
    const Json activity = Json::parse(event.activity, nullptr, false);
    if (!detail.is_object() || !activity.is_object()) return;
    if (!detail.contains("reasons") || !looked_for_an_intent(detail["reasons"])) return;
    std::string text = text_at(activity, "text");
    const std::string key = word_key(text);
    if (key.empty()) return;
    ++heard_.messages;
    if (const auto known = places_.find(key); known != places_.end()) {
      ++heard_.texts[known->second].count;
    } else if (heard_.texts.size() == most_) {
      ++heard_.left_out;
    } else {
      places_.emplace(key, heard_.texts.size());
      heard_.texts.push_back({std::move(text), text_at(detail, "language"), 1});
    }
  }

  StoreReader& reader_;
  TimePoint since_;
  std::size_t most_;
  HeardTexts heard_;
  std::unordered_map<std::string, std::size_t> places_;  // by words
};

}  // namespace

Result<HeardTexts> read_heard_texts(StoreReader& reader, const std::string& bot, TimePoint since,
                                    std::size_t most) {
  Listener listener(reader, since, most);
  const auto walked = for_each_conversation(reader, bot, since, [&](const ConversationRecord& conversation) {
    return listener.listen(conversation.id);
  });
  if (!walked) return walked.error();
  return listener.finish();
}

}  // namespace parley::intents
