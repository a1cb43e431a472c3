#include "connectors/inbound_activity.h"

#include <algorithm>

namespace parley::connectors {
namespace {

enum class Fate { kText, kAny, kObject, kNoAttachments, kDrop };

struct Field {
  std::string_view name;
  Fate fate;
};

constexpr Field kFields[] = {
    {"type", Fate::kText},
    {"text", Fate::kText},
    {"textFormat", Fate::kText},
    {"locale", Fate::kText},
    {"name", Fate::kText},
    {"localTimestamp", Fate::kText},
    {"localTimezone", Fate::kText},
    {"replyToId", Fate::kText},
    {"value", Fate::kAny},
    {"channelData", Fate::kObject},
    {"attachments", Fate::kNoAttachments},
    {"from", Fate::kDrop},
    {"id", Fate::kDrop},
    {"timestamp", Fate::kDrop},
    {"conversation", Fate::kDrop},
    {"channelId", Fate::kDrop},
    {"recipient", Fate::kDrop},
    {"serviceUrl", Fate::kDrop},
    {"entities", Fate::kDrop},
};

constexpr std::size_t kShortTextMaxBytes = 256;  // any text field but `text`

Error bad(const std::string& message) {
  return {ErrorCode::kInvalid, message};
}

const Field* find_field(const std::string& name) {
  const auto* found =
      std::find_if(std::begin(kFields), std::end(kFields), [&](const Field& f) { return f.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

Result<Done> take_field(const Field& field, const std::string& name, const Json& value, Json& into) {
  switch (field.fate) {
    case Fate::kDrop:
      return Done{};
    case Fate::kText:
      if (!value.is_string()) return bad("activity." + name + " is not a text");
      if (name != "text" && value.get_ref<const std::string&>().size() > kShortTextMaxBytes)
        return Error{ErrorCode::kTooLarge, "activity." + name + " is too long"};
      break;
    case Fate::kObject:
      if (!value.is_object()) return bad("activity." + name + " is not an object");
      break;
    case Fate::kNoAttachments:
      if (!value.is_array()) return bad("activity.attachments is not a list");
      return value.empty() ? Result<Done>(Done{}) : bad("activity.attachments: files are not taken here");
    case Fate::kAny:
      break;
  }
  into[name] = value;
  return Done{};
}

Result<std::string> client_id_of(const Json& activity, const ConnectionLimits& limits) {
  const auto data = activity.find("channelData");
  if (data == activity.end()) return std::string();
  const auto id = data->find("clientActivityID");
  if (id == data->end()) return std::string();
  if (!id->is_string()) return bad("activity.channelData.clientActivityID is not a text");
  auto text = id->get<std::string>();
  if (text.size() > limits.activity_id_max_bytes)
    return Error{ErrorCode::kTooLarge, "activity.channelData.clientActivityID is over " +
                                           std::to_string(limits.activity_id_max_bytes) + " bytes"};
  return text;
}

}  // namespace

Result<CleanActivity> clean_activity(const Json& raw, UnknownFields unknown, const ConnectionLimits& limits) {
  if (!raw.is_object()) return bad("an activity is a JSON object");
  CleanActivity clean;
  clean.activity = Json::object();
  for (const auto& [name, value] : raw.items()) {
    const Field* field = find_field(name);
    if (field == nullptr && unknown == UnknownFields::kRefuse)
      return bad("activity." + name.substr(0, 64) + " is not a known field");
    if (field == nullptr) continue;
    if (const auto taken = take_field(*field, name, value, clean.activity); !taken) return taken.error();
  }
  if (!clean.activity.contains("type")) return bad("activity.type is missing");
  auto client_id = client_id_of(clean.activity, limits);
  if (!client_id) return client_id.error();
  clean.client_id = std::move(*client_id);
  clean.transient = clean.activity["type"] == "typing";
  return clean;
}

}  // namespace parley::connectors
