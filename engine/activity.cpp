#include "engine/activity.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "engine/bot.h"
#include "engine/engine.h"
#include "engine/limits.h"

namespace parley {
namespace {

constexpr std::array<std::string_view, 5> kStoredTypes{"conversationUpdate", "endOfConversation",
                                                       "installationUpdate", "contactRelationUpdate",
                                                       "messageReaction"};

std::string text_at(const Json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Adds up what a value holds, and stops at the first limit that it breaks; never deeper than the limit
// itself.
class Measure {
 public:
  bool fits(const Json& value, std::size_t depth = 1) {
    bytes_ += value.is_string() ? value.get_ref<const std::string&>().size() : 1;
    if (depth > limits::kJsonMaxDepth || bytes_ > limits::kMessageMaxBytes) return false;
    if (!value.is_structured()) return true;
    for (const auto& [key, member] : value.items()) {
      if (value.is_object()) bytes_ += key.size();
      if (!fits(member, depth + 1)) return false;
    }
    return true;
  }

 private:
  std::size_t bytes_ = 0;
};

// A message must hold something to answer: a text, a card's value or an attachment.
bool says_something(const Json& activity) {
  const auto value = activity.find("value");
  const auto attachments = activity.find("attachments");
  return !text_at(activity, "text").empty() || (value != activity.end() && !value->is_null()) ||
         (attachments != activity.end() && attachments->is_array() && !attachments->empty());
}

Error invalid(std::string message) {
  return {ErrorCode::kInvalid, std::move(message)};
}

Result<ActivityUse> admit_message(const Json& activity) {
  if (const auto text = activity.find("text");
      text != activity.end() && !text->is_string() && !text->is_null())
    return invalid("the 'text' of a message must be a text");
  if (!says_something(activity)) return invalid("a message needs a 'text', a 'value' or 'attachments'");
  return ActivityUse::kTurn;
}

}  // namespace

Result<ActivityUse> admit_activity(const Json& activity) {
  if (!activity.is_object()) return invalid("an activity is a JSON object");
  if (!fits_json_limits(activity))
    return Error{ErrorCode::kTooLarge, "the activity is over " + std::to_string(limits::kMessageMaxBytes) +
                                           " bytes or nested deeper than " +
                                           std::to_string(limits::kJsonMaxDepth)};
  const std::string type = text_at(activity, "type");
  if (type == "message") return admit_message(activity);
  if (type == "typing") return ActivityUse::kTransient;
  if (std::find(kStoredTypes.begin(), kStoredTypes.end(), type) != kStoredTypes.end())
    return ActivityUse::kStored;
  if (type != "event") return invalid("an activity of type '" + type.substr(0, 40) + "' can't be sent here");
  const std::string name = text_at(activity, "name");
  if (name.empty()) return invalid("an event needs a 'name'");
  if (name == kHandbackEvent) return invalid("the event 'handback' can't be sent by a client");
  return ActivityUse::kTurn;
}

bool fits_json_limits(const Json& value) {
  return Measure().fits(value);
}

bool is_too_long(std::string_view text) {
  const auto begins_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return text.size() > limits::kTextMaxChars && std::count_if(text.begin(), text.end(), begins_character) >
                                                    static_cast<std::ptrdiff_t>(limits::kTextMaxChars);
}

Event event_of(const Json& activity) {
  Event event;
  event.value = activity.value("value", Json());
  if (text_at(activity, "type") == "event") {
    event.kind = Event::Kind::kCustom;
    event.name = text_at(activity, "name");
  } else {
    event.kind = Event::Kind::kMessage;
    event.text = text_at(activity, "text");
  }
  return event;
}

void strip_client_notes(Json& activity) {
  const auto data = activity.find("channelData");
  if (data == activity.end() || !data->is_object()) return;
  for (auto member = data->begin(); member != data->end();) {
    const std::string& key = member.key();
    const bool private_note = key == "state" || key == "webChat" || key.starts_with("webchat:");
    member = private_note ? data->erase(member) : std::next(member);
  }
}

void stamp(Json& activity, const ConversationRecord& conversation, Sequence sequence, TimePoint at) {
  activity["id"] = activity_id(conversation.id, sequence);
  activity["timestamp"] = timestamp_text(at);
  activity["conversation"] = {{"id", conversation.id}};
  activity["channelId"] = conversation.channel;
}

void set_sender(Json& activity, const Person& person) {
  activity["from"] = {{"id", person.id}, {"name", person.name}, {"role", "user"}};
}

void set_sender(Json& activity, const Bot& bot) {
  activity["from"] = {{"id", bot.manifest.name}, {"name", bot.manifest.title}, {"role", "bot"}};
}

std::string timestamp_text(TimePoint time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss<std::chrono::milliseconds> clock(time - day);
  std::array<char, 40> text;
  const int length = std::snprintf(
      text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string json_text(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace parley
