#include "conversations/testing/recorded_conversation.h"

#include <algorithm>
#include <utility>

#include "conversations/testing/reply_view.h"
#include "engine/replay.h"

namespace parley::conversations {
namespace {

Json object_of(const std::string& text) {
  Json json = Json::parse(text, nullptr, false);
  return json.is_object() ? json : Json::object();
}

Json json_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? Json() : *found;
}

std::string text_at(const Json& object, const char* key) {
  const Json value = json_at(object, key);
  return value.is_string() ? value.get<std::string>() : "";
}

class ExchangeCutter {
 public:
  explicit ExchangeCutter(RecordedConversation& into) : into_(into) {}

  void take(const LedgerEvent& event) {
    RecordedEvent recorded{event.sequence, event.at, event.kind,
                           event.activity.empty() ? Json() : object_of(event.activity),
                           object_of(event.detail)};
    if (begins_exchange(event)) into_.exchanges.emplace_back();
    if (into_.exchanges.empty()) return;
    RecordedExchange& exchange = into_.exchanges.back();
    if (recorded.detail.contains("reasons")) exchange.bot.reasons.push_back(recorded.detail["reasons"]);
    note(recorded, exchange.bot);
    const bool cause = begins_exchange(event) || event.kind == EventKind::kCallResult;
    if (cause) exchange.causes.push_back(std::move(recorded));
  }

 private:
  static bool begins_exchange(const LedgerEvent& event) {
    return event.cause == 0 && event.kind != EventKind::kCallResult;
  }

  void note(const RecordedEvent& event, BotSide& bot) {
    switch (event.kind) {
      case EventKind::kActivityOut:
        if (is_reply(event.activity)) bot.replies.push_back(shown_part(event.activity));
        break;
      case EventKind::kFlowEnd:
        bot.ends.push_back({text_at(event.detail, "flow"), text_at(event.detail, "reason")});
        break;
      case EventKind::kHandoff:
        bot.handed_off = true;
        break;
      case EventKind::kCall:
        into_.calls.push_back({{text_at(event.detail, "id"), text_at(event.detail, "service"),
                                text_at(event.detail, "operation"), json_at(event.detail, "arguments")},
                               {},
                               0});
        break;
      case EventKind::kCallResult:
        end_call(event);
        break;
      default:
        break;
    }
  }

  void end_call(const RecordedEvent& event) {
    const std::string id = text_at(event.detail, "id");
    const auto call = std::find_if(into_.calls.begin(), into_.calls.end(),
                                   [&](const RecordedCall& one) { return one.request.id == id; });
    if (call == into_.calls.end()) return;
    const Json ok = json_at(event.detail, "ok");
    call->outcome = {id, ok.is_boolean() && ok.get<bool>(), json_at(event.detail, "value"),
                     text_at(event.detail, "failure")};
    call->ended = event.sequence;
  }

  RecordedConversation& into_;
};

}  // namespace

Result<RecordedConversation> read_conversation(StoreReader& reader, const std::string& id) {
  auto found = reader.find(id);
  if (!found) return found.error();
  if (!found->has_value()) return Error{ErrorCode::kNotFound, "the ledger has no conversation " + id};
  auto events = events_of(reader, id, kRecordedEventsMax);
  if (!events) return events.error();
  RecordedConversation recorded;
  recorded.record = std::move((*found)->record);
  recorded.cut = events->size() == kRecordedEventsMax;
  ExchangeCutter cutter(recorded);
  for (const LedgerEvent& event : *events)
    cutter.take(event);
  return recorded;
}

Json shown_part(const Json& activity) {
  Json shown = Json::object();
  for (const char* key : {"text", "attachments", "suggestedActions"})
    if (activity.contains(key)) shown[key] = activity.at(key);
  return shown;
}

}  // namespace parley::conversations
