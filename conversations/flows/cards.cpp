#include "conversations/flows/cards.h"

#include <algorithm>

#include "conversations/flows/card_check.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;
using nlohmann::json;

bool is_web_address(const std::string& url) {
  return url.starts_with("https://") || url.starts_with("http://") || url.starts_with("/");
}

std::string read_url(const Node& node) {
  const std::string url = node.text().value_or("");
  if (node && !is_web_address(url))
    node.error("button", "'" + url + "' is not an address", "begin it with https:// (or / for this server)");
  return url;
}

std::string read_intent(const Node& node, const FlowReader& reader) {
  const std::string intent = node.text().value_or("");
  if (node && !reader.leads_somewhere(intent))
    node.error("unknown-intent", "there is no intent '" + intent + "'",
               config::near_names_hint(intent, reader.outline().intents));
  return intent;
}

std::optional<Button> read_button(const Node& node, const FlowReader& reader) {
  Button button;
  if (node.is_map()) node.allow({"title", "value", "url", "intent"});
  const Node title = node.is_map() ? node.need("title") : node;
  auto text = reader.button(title);
  if (!text) return std::nullopt;
  button.title = std::move(*text);
  if (!node.is_map()) return button;
  const Node value = node.get("value"), url = node.get("url"), intent = node.get("intent");
  if ((value && url) || (value && intent) || (url && intent))
    node.error("button", "a button has a value, opens a url or starts an intent: only one of them");
  button.value = value.text().value_or("");
  button.url = read_url(url);
  button.intent = read_intent(intent, reader);
  return button;
}

bool is_spoken(const std::string& key) {
  return key == "text" || key == "title" || key == "label" || key == "placeholder" || key == "altText" ||
         key == "errorMessage" || key == "fallbackText" || key == "speak" || key == "value";
}

// Walks an Adaptive Card; every text that people see, and every text with an argument, becomes a message.
class AdaptiveReader {
 public:
  AdaptiveReader(const FlowReader& reader, Card& card) : reader_(reader), card_(card) {}

  json read(const Node& node, const json::json_pointer& at, const std::string& key, std::size_t depth) {
    if (depth > limits::kJsonMaxDepth || ++nodes_ > kNodesMax) {
      if (!too_deep_) node.error("too-deep", "this card is nested too deeply or too large");
      too_deep_ = true;
      return nullptr;
    }
    if (node.is_map()) return read_map(node, at, depth);
    if (node.is_list()) return read_list(node, at, depth);
    if (!node.is_scalar()) return nullptr;
    json value = card_scalar(node);
    if (value.is_string()) note_text(node, at, key, value.get<std::string>());
    return value;
  }

  bool too_deep() const { return too_deep_; }

 private:
  static constexpr std::size_t kNodesMax = 5'000;

  json read_map(const Node& node, const json::json_pointer& at, std::size_t depth) {
    json map = json::object();
    for (const Entry& entry : node.entries())
      map[entry.name] = read(entry.value, at / entry.name, entry.name, depth + 1);
    return map;
  }

  json read_list(const Node& node, const json::json_pointer& at, std::size_t depth) {
    json list = json::array();
    for (const Node& item : node.list())
      list.push_back(read(item, at / list.size(), "", depth + 1));
    return list;
  }

  void note_text(const Node& node, const json::json_pointer& at, const std::string& key,
                 const std::string& text) {
    const bool has_argument = text.find('{') != std::string::npos;
    const bool said = is_spoken(key) && (key != "value" || has_argument);
    if (text.empty() || (!said && !has_argument)) return;
    if (auto message = reader_.message(node)) card_.adaptive_texts.push_back({at, std::move(*message)});
  }

  const FlowReader& reader_;
  Card& card_;
  std::size_t nodes_ = 0;
  bool too_deep_ = false;
};

Card read_adaptive(const Node& node, const FlowReader& reader) {
  Card card;
  if (!node.is_map()) {
    node.error("card", "an Adaptive Card is a map", "see https://adaptivecards.io/explorer");
    return card;
  }
  AdaptiveReader adaptive(reader, card);
  card.adaptive = adaptive.read(node, json::json_pointer(), "", 0);
  if (!adaptive.too_deep()) check_adaptive_card(node);
  if (!card.adaptive.contains("type")) card.adaptive["type"] = "AdaptiveCard";
  if (!card.adaptive.contains("version")) card.adaptive["version"] = kDefaultCardVersion;
  return card;
}

void check_entity_value(const Node& node, const std::string& value, const std::string& entity,
                        const BotOutline& outline) {
  const auto known = outline.vocabulary.find(entity);
  if (known == outline.vocabulary.end() || known->second.empty()) return;
  if (std::find(known->second.begin(), known->second.end(), value) != known->second.end()) return;
  node.error("unknown-value", "'" + entity + "' has no value '" + value + "'",
             config::near_names_hint(value, known->second));
}

}  // namespace

std::vector<Button> read_buttons(const Node& node, const FlowReader& reader) {
  std::vector<Button> buttons;
  if (!node) return buttons;
  for (const Node& item : node.list())
    if (auto button = read_button(item, reader)) buttons.push_back(std::move(*button));
  return buttons;
}

std::optional<Image> read_image(const Node& node, const FlowReader& reader) {
  if (!node) return std::nullopt;
  if (!node.is_map()) {
    node.error("card", "an image is a map of url and alt",
               "write image: {url: https://..., alt: what it shows}");
    return std::nullopt;
  }
  const Node source = node.get("src");
  if (source && !node.get("url"))
    source.error("unknown-key", "the address of an image is its 'url' here, not 'src'",
                 "write image: {url: https://..., alt: what it shows}");
  else
    node.allow({"url", "alt"});
  Image image;
  image.url = read_url(source ? node.get("url") : node.need("url"));
  image.alt = reader.message(node.get("alt"));
  if (!node.get("alt"))
    node.warning("missing-alt-text", "nobody who can't see this picture learns what it shows",
                 "say it in alt");
  return image;
}

std::optional<Card> read_card(const Node& node, const FlowReader& reader) {
  if (!node) return std::nullopt;
  if (!node.is_map()) {
    node.error("card", "a card is a map", "write card: {title: ..., text: ...} or card: {adaptive: ...}");
    return std::nullopt;
  }
  if (const Node adaptive = node.get("adaptive")) {
    node.allow({"adaptive", "into"});
    return read_adaptive(adaptive, reader);
  }
  node.allow({"title", "text", "image", "buttons"});
  Card card;
  card.title = reader.message(node.get("title"));
  card.text = reader.message(node.get("text"));
  card.image = read_image(node.get("image"), reader);
  card.buttons = read_buttons(node.get("buttons"), reader);
  check_button_count(node.get("buttons"));
  if (!node.get("title") && !node.get("text") && !card.image)
    node.error("card", "this card shows nothing", "give it a title, a text or an image");
  return card;
}

std::vector<std::string> fields_of(const json& adaptive_card) {
  std::vector<std::string> fields;
  if (adaptive_card.is_object()) {
    const std::string type =
        adaptive_card.value("type", json()).is_string() ? adaptive_card.value("type", "") : "";
    const json id = adaptive_card.value("id", json()), data = adaptive_card.value("data", json());
    if (type.starts_with("Input.") && id.is_string()) fields.push_back(id.get<std::string>());
    if (type.starts_with("Action.") && data.is_object())
      for (const auto& [key, value] : data.items())
        fields.push_back(key);
  }
  if (!adaptive_card.is_structured()) return fields;
  for (const json& inner : adaptive_card)
    for (std::string& field : fields_of(inner))
      fields.push_back(std::move(field));
  return fields;
}

std::vector<Option> read_options(const Node& node, const std::string& slot_type, const BotOutline& outline,
                                 const FlowReader& reader) {
  std::vector<Option> options;
  if (!node) return options;
  for (const Node& item : node.list()) {
    if (item.is_map()) item.allow({"title", "value"});
    const Node title = item.is_map() ? item.need("title") : item;
    const Node value_node = item.is_map() && item.get("value") ? item.get("value") : title;
    auto message = reader.button(title);
    const auto written = value_node.text();
    if (!message || !written) continue;
    const auto value = value_of(*written, slot_type);
    if (!value) value_node.error("value-type", "'" + *written + "' is not " + slot_type);
    check_entity_value(value_node, *written, slot_type, outline);
    if (value) options.push_back({std::move(*message), *value});
  }
  if (options.empty() && node.is_list() && node.list().empty())
    node.error("choose-shape", "this list offers nothing", "list at least one value");
  return options;
}

}  // namespace parley::conversations
