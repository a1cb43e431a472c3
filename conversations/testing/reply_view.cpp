#include "conversations/testing/reply_view.h"

#include <algorithm>
#include <re2/re2.h>

namespace parley::conversations {
namespace {

Json object_at(const Json& json, const char* key) {
  const auto found = json.is_object() ? json.find(key) : json.end();
  return json.is_object() && found != json.end() && found->is_object() ? *found : Json::object();
}

Json list_at(const Json& json, const char* key) {
  if (!json.is_object() || !json.contains(key) || !json.at(key).is_array()) return Json::array();
  return json.at(key);
}

std::string type_of(const Json& attachment) {
  return attachment.value("contentType", "");
}

Json hero_card(const Json& content) {
  Json card = Json::object();
  for (const char* key : {"title", "subtitle", "text", "buttons"})
    if (content.contains(key)) card[key] = content.at(key);
  const Json images = list_at(content, "images");
  if (!images.empty()) card["image"] = images.front();
  return card;
}

bool list_is_part(const Json& expected, const Json& actual) {
  auto from = actual.begin();
  for (const Json& item : expected) {
    from = std::find_if(from, actual.end(), [&](const Json& one) { return is_part(item, one); });
    if (from == actual.end()) return false;
    ++from;
  }
  return true;
}

}  // namespace

bool is_reply(const Json& activity) {
  if (!activity.is_object()) return false;
  const auto type = activity.find("type");
  return type == activity.end() || *type == "message";
}

std::string reply_text(const Json& activity) {
  if (std::string text = activity.value("text", ""); !text.empty()) return text;
  for (const Json& attachment : list_at(activity, "attachments")) {
    const Json content = object_at(attachment, "content");
    for (const char* key : {"title", "text"}) {
      if (content.contains(key) && content.at(key).is_string()) return content.at(key);
    }
    if (attachment.contains("name")) return attachment.at("name");
  }
  return "";
}

Json actions_of(const Json& activity) {
  Json actions = list_at(object_at(activity, "suggestedActions"), "actions");
  for (const Json& attachment : list_at(activity, "attachments")) {
    for (const Json& action : list_at(object_at(attachment, "content"), "buttons"))
      actions.push_back(action);
  }
  return actions;
}

std::vector<Json> cards_of(const Json& activity) {
  std::vector<Json> cards;
  for (const Json& attachment : list_at(activity, "attachments")) {
    const std::string type = type_of(attachment);
    if (type.find(".card.adaptive") != std::string::npos)
      cards.push_back({{"adaptive", object_at(attachment, "content")}});
    else if (type.find(".card.") != std::string::npos)
      cards.push_back(hero_card(object_at(attachment, "content")));
  }
  return cards;
}

std::vector<Json> images_of(const Json& activity) {
  std::vector<Json> images;
  for (const Json& attachment : list_at(activity, "attachments")) {
    if (!type_of(attachment).starts_with("image/")) continue;
    Json image{{"url", attachment.value("contentUrl", "")}};
    if (attachment.contains("name")) image["alt"] = attachment.at("name");
    images.push_back(std::move(image));
  }
  return images;
}

bool is_pattern(const std::string& text) {
  return text.size() >= 2 && text.front() == '/' && text.back() == '/';
}

bool matches(const std::string& expected, const std::string& actual) {
  if (!is_pattern(expected)) return expected == actual;
  return RE2::PartialMatch(actual, RE2(expected.substr(1, expected.size() - 2), RE2::Quiet));
}

bool same_value(const Json& expected, const Json& actual) {
  if (expected == actual) return true;
  const auto plain = [](const Json& json) {
    return json.is_string() ? json.get<std::string>() : json.dump();
  };
  const bool scalars =
      expected.is_primitive() && actual.is_primitive() && !expected.is_null() && !actual.is_null();
  return scalars && plain(expected) == plain(actual);
}

bool is_part(const Json& expected, const Json& actual) {
  if (expected.is_object()) {
    return actual.is_object() &&
           std::all_of(expected.items().begin(), expected.items().end(), [&](const auto& one) {
             return actual.contains(one.key()) && is_part(one.value(), actual.at(one.key()));
           });
  }
  if (expected.is_array()) return actual.is_array() && list_is_part(expected, actual);
  if (actual.is_object()) {
    return (actual.contains("title") && is_part(expected, actual.at("title"))) ||
           (actual.contains("url") && is_part(expected, actual.at("url")));
  }
  if (expected.is_string() && actual.is_string())
    return matches(expected.get_ref<const std::string&>(), actual.get_ref<const std::string&>());
  return same_value(expected, actual);
}

}  // namespace parley::conversations
