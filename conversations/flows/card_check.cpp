#include "conversations/flows/card_check.h"

#include <algorithm>
#include <map>
#include <re2/re2.h>

#include "conversations/cel/type.h"
#include "conversations/flows/card_schema.h"
#include "conversations/flows/slot_types.h"

namespace parley::conversations {
namespace {

using config::Entry;
using config::Node;
using nlohmann::json;

std::string shown(CardVersion version) {
  return std::to_string(version / 10) + "." + std::to_string(version % 10);
}

bool same_word(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](unsigned char a, unsigned char b) { return std::tolower(a) == std::tolower(b); });
}

struct Word {
  std::string text;
  CardVersion since;
};

/// "compact|filtered@15"
std::vector<Word> words_of(std::string_view list) {
  std::vector<Word> words;
  while (!list.empty()) {
    const std::string_view one = list.substr(0, list.find('|'));
    list.remove_prefix(std::min(one.size() + 1, list.size()));
    const std::size_t at = one.find('@');
    words.push_back({std::string(one.substr(0, at)),
                     at == one.npos ? kCardVersionMin : std::stoi(std::string(one.substr(at + 1)))});
  }
  return words;
}

std::string listed(const std::vector<Word>& words) {
  std::string text;
  for (const Word& word : words)
    text += (text.empty() ? "" : ", ") + word.text;
  return text;
}

bool is_filled_in(const std::string& text) {
  return text.find('{') != std::string::npos;
}

const char* const kStaysText = "a text with {expressions} stays a text: write a value";

class Checker {
 public:
  void check(const Node& card) {
    version_ = version_of(card.get("version"));
    map(card, *find_card_type("AdaptiveCard"));
    for (const auto& [node, id] : targets_)
      if (!ids_.contains(id))
        node.error("card-id", "nothing in this card has the id '" + id + "'", known_ids(id));
  }

 private:
  static CardVersion version_of(const Node& node) {
    const std::string text = node && node.is_scalar() ? node.text().value_or("") : kDefaultCardVersion;
    for (CardVersion version = kCardVersionMin; version <= kCardVersionMax; ++version)
      if (text == shown(version)) return version;
    node.error(
        "card", "there is no version '" + text + "' of Adaptive Cards that is known here",
        "the versions \"" + shown(kCardVersionMin) + "\" to \"" + shown(kCardVersionMax) +
            "\" are checked; a client that knows no newer one shows only the fallbackText of such a card");
    return kCardVersionMax;
  }

  std::string known_ids(const std::string& id) const {
    std::vector<std::string> known;
    for (const auto& [name, node] : ids_)
      known.push_back(name);
    return config::near_names_hint(id, known);
  }

  // --- maps ---

  void map(const Node& node, const CardType& type) {
    for (const Entry& entry : node.entries()) {
      const CardProperty* property = type.find(entry.name);
      if (!property)
        unknown_property(entry, type);
      else if (too_new(property->since, entry.key, "'" + entry.name + "'"))
        continue;
      else if (entry.name == "fallback")
        fallback(entry.value, type);
      else
        value(entry.value, *property);
    }
    for (const CardProperty& property : type.properties)
      if (property.required && !node.get(property.name))
        node.error("card", std::string(type.name) + " needs '" + std::string(property.name) + "'",
                   property.name == "id" ? "an input's value comes back under its id" : "");
    note_id(node.get("id"));
    check_alt_text(node, type);
    check_required_input(node);
  }

  static void unknown_property(const Entry& entry, const CardType& type) {
    std::vector<std::string> known;
    for (const CardProperty& property : type.properties)
      known.emplace_back(property.name);
    entry.key.warning("card-ignored",
                      std::string(type.name) + " has no '" + entry.name + "': it is passed over",
                      config::near_names_hint(entry.name, known));
  }

  bool too_new(CardVersion since, const Node& node, const std::string& what) const {
    if (since <= version_) return false;
    node.warning("card-ignored",
                 what + " came with version " + shown(since) + ", and this card is for " + shown(version_) +
                     ": it is passed over",
                 "write version: \"" + shown(since) + "\" where the clients show it");
    return true;
  }

  void note_id(const Node& node) {
    const std::string id = node && node.is_scalar() ? node.text().value_or("") : "";
    if (id.empty() || is_filled_in(id) || ids_.emplace(id, node).second) return;
    node.error("card-id", "the id '" + id + "' is there twice", "give each element an id of its own");
  }

  static void check_alt_text(const Node& node, const CardType& type) {
    if (type.find("altText") && !node.get("altText"))
      node.warning("missing-alt-text", "nobody who can't see this picture learns what it shows",
                   "say it in altText; altText: \"\" where it is only decoration");
  }

  static void check_required_input(const Node& node) {
    const Node required = node.get("isRequired");
    if (!required.is_scalar() || card_scalar(required) != true ||
        (node.get("label") && node.get("errorMessage")))
      return;
    node.warning("unlabelled-input", "people are held up by this input, and not told what it wants",
                 "give a required input a label and an errorMessage");
  }

  // --- what a type names ---

  void element(const Node& node, CardFamily family) {
    const bool is_action = family == CardFamily::kAction;
    if (!node.is_map()) return node.error("card", is_action ? "an action is a map" : "an element is a map");
    const Node named = node.get("type");
    const std::string name = named && named.is_scalar() ? named.text().value_or("") : "";
    if (name.empty())
      return node.error("card", is_action ? "this action has no type" : "this element has no type",
                        config::near_names_hint("", card_types(family)));
    const CardType* type = find_card_type(name);
    const bool known = type && type->family == family;
    if (known && type->since <= version_) return map(node, *type);
    if (const Node instead = node.get("fallback")) return fallback_of(instead, family);
    if (known)
      return named.error("card",
                         "'" + name + "' came with version " + shown(type->since) +
                             ", and this card is for " + shown(version_),
                         "write version: \"" + shown(type->since) + "\", or give it a fallback");
    unknown_type(named, name, family, type);
  }

  static void unknown_type(const Node& named, const std::string& name, CardFamily family,
                           const CardType* other) {
    if (other && other->family == CardFamily::kAction)
      return named.error("card", "'" + name + "' is an action, and here an element is wanted",
                         "put it under actions, or into an ActionSet");
    named.error("card",
                std::string("there is no ") + (family == CardFamily::kAction ? "action" : "element") + " '" +
                    name + "' in an Adaptive Card",
                config::near_names_hint(name, card_types(family)));
  }

  void fallback(const Node& node, const CardType& type) {
    if (type.family == CardFamily::kPart && node.is_map()) return part(node, type.name);
    fallback_of(node, type.family);
  }

  void fallback_of(const Node& node, CardFamily family) {
    if (node.is_map()) return element(node, family);
    if (!same_word(node.text().value_or(""), "drop"))
      node.error("card", "a fallback is another element, or drop", "write fallback: drop");
  }

  void part(const Node& node, std::string_view name) {
    const CardType& type = *find_card_type(name);
    const std::string article = name.starts_with("A") || name.starts_with("I") ? "an " : "a ";
    if (!node.is_map()) return node.error("card", article + std::string(name) + " is wanted here: a map");
    const Node named = node.get("type");
    if (named && name != "AuthCardButton" && named.is_scalar() && named.text() != std::string(name))
      return named.error("card",
                         article + std::string(name) + " is wanted here, not '" + *named.text() + "'");
    map(node, type);
  }

  void action_in_place(const Node& node) {
    const Node type = node.is_map() ? node.get("type") : Node();
    if (type && type.is_scalar() && type.text() == "Action.ShowCard")
      return type.error("card", "no card can be opened from here", "put Action.ShowCard under actions");
    element(node, CardFamily::kAction);
  }

  template <typename Each>
  void each(const Node& node, const CardProperty& property, Each check) {
    if (!node.is_list())
      return node.error("card", "'" + std::string(property.name) + "' is a list",
                        "begin each item with '- '");
    const std::vector<Node> items = node.list();
    if (items.empty() && property.required && property.value != CardValue::kElements)
      node.error("card", "'" + std::string(property.name) + "' lists nothing", "list at least one");
    for (const Node& item : items)
      check(item);
  }

  // --- values ---

  void value(const Node& node, const CardProperty& property) {
    switch (property.value) {
      case CardValue::kPart:
        return part(node, property.of);
      case CardValue::kPicture:
        return node.is_map() ? part(node, property.of) : scalar(node, {property.name, CardValue::kAddress});
      case CardValue::kParts:
        return each(node, property, [&](const Node& item) { part(item, property.of); });
      case CardValue::kElements:
        return each(node, property, [&](const Node& item) { element(item, CardFamily::kElement); });
      case CardValue::kActions:
        check_button_count(node);
        return each(node, property, [&](const Node& item) { element(item, CardFamily::kAction); });
      case CardValue::kAction:
        return action_in_place(node);
      case CardValue::kRuns:
        return each(node, property, [&](const Node& item) {
          return item.is_map() ? part(item, property.of) : scalar(item, {"inlines"});
        });
      case CardValue::kTargets:
        return each(node, property, [&](const Node& item) { target(item, property); });
      case CardValue::kTexts:
        return each(node, property, [&](const Node& item) { scalar(item, {property.name}); });
      case CardValue::kData:
        if (!node.is_map()) scalar(node, {property.name});
        return;
      case CardValue::kVersions:
        if (!node.is_map()) node.error("card", "'" + std::string(property.name) + "' is a map");
        return;
      case CardValue::kAnything:
        return;
      default:
        return scalar(node, property);
    }
  }

  void target(const Node& node, const CardProperty& property) {
    if (node.is_map()) part(node, property.of);
    const Node named = node.is_map() ? node.get("elementId") : node;
    const std::string id = named && named.is_scalar() ? named.text().value_or("") : "";
    if (!id.empty() && !is_filled_in(id)) targets_.emplace_back(named, id);
  }

  void scalar(const Node& node, const CardProperty& property) {
    const std::string name = "'" + std::string(property.name) + "'";
    if (!node.is_scalar())
      return node.error("card",
                        name + (node.is_null() ? " has no value" : " is a single value, no list or map"));
    const json value = card_scalar(node);
    if (property.value == CardValue::kFlag) return flag(node, name, value);
    if (property.value == CardValue::kNumber) return number(node, name, value);
    if (property.value == CardValue::kWidth && value.is_number()) return;
    if (!value.is_string())
      return node.error("card", name + " is a text",
                        "write it in quotes: \"" + node.text().value_or("") + "\"");
    if (!is_filled_in(value.get<std::string>())) text(node, property, value.get<std::string>());
  }

  static void flag(const Node& node, const std::string& name, const json& value) {
    if (value.is_boolean()) return;
    const bool filled_in = value.is_string() && is_filled_in(value.get<std::string>());
    node.error("card", name + " is true or false",
               filled_in ? kStaysText : "write true or false, without quotes");
  }

  static void number(const Node& node, const std::string& name, const json& value) {
    if (value.is_number()) return;
    const bool filled_in = value.is_string() && is_filled_in(value.get<std::string>());
    node.error("card", name + " is a number", filled_in ? kStaysText : "write digits, without quotes");
  }

  void text(const Node& node, const CardProperty& property, const std::string& said) const {
    static const RE2 kDate("[0-9]{4}-[0-9]{2}-[0-9]{2}"), kTime("[0-9]{2}:[0-9]{2}"),
        kPixels("[0-9]+(\\.[0-9]+)?px"), kWeight("[0-9]+(\\.[0-9]+)?"),
        kAddress("(?i)(https?://|/|data:|mailto:|tel:).*");
    const auto wants = [&](const RE2& pattern, const std::string& what, const std::string& hint) {
      if (!RE2::FullMatch(said, pattern))
        node.error("card", "'" + std::string(property.name) + "' is " + what + ", not '" + said + "'", hint);
    };
    const bool in_pixels = RE2::FullMatch(said, kPixels);
    switch (property.value) {
      case CardValue::kDate:
        return wants(kDate, "a date", "write it as \"2026-03-01\"");
      case CardValue::kTime:
        return wants(kTime, "a time", "write it as \"08:30\"");
      case CardValue::kPixels:
        return wants(kPixels, "a number of pixels", "write it as 80px");
      case CardValue::kAddress:
        return wants(kAddress, "an address", "begin it with https:// (or / for this server)");
      case CardValue::kExtent:
        return in_pixels ? void() : word(node, property, said, ", or pixels as 80px");
      case CardValue::kWidth:
        return in_pixels || RE2::FullMatch(said, kWeight)
                   ? void()
                   : word(node, {property.name, CardValue::kWord, "auto|stretch"}, said,
                          ", 80px or a weight");
      case CardValue::kWord:
        return word(node, property, said, "");
      default:
        return;
    }
  }

  void word(const Node& node, const CardProperty& property, const std::string& said,
            const std::string& or_else) const {
    const std::vector<Word> words = words_of(property.of);
    const auto found =
        std::find_if(words.begin(), words.end(), [&](const Word& one) { return same_word(one.text, said); });
    if (found != words.end()) {
      too_new(found->since, node, "'" + said + "'");
      return;
    }
    node.error("card", "'" + std::string(property.name) + "' can't be '" + said + "'",
               "it can be " + listed(words) + or_else);
  }

  CardVersion version_ = kCardVersionMax;
  std::map<std::string, Node> ids_;
  std::vector<std::pair<Node, std::string>> targets_;
};

}  // namespace

void check_adaptive_card(const Node& card) {
  Checker().check(card);
}

void check_button_count(const Node& buttons) {
  const std::size_t count = buttons && buttons.is_list() ? buttons.items().size() : 0;
  if (count > kCardButtonsMax)
    buttons.warning("too-many-buttons",
                    "clients show " + std::to_string(kCardButtonsMax) + " buttons of a card, and these are " +
                        std::to_string(count),
                    "offer fewer, or ask with choose");
}

json card_scalar(const Node& node) {
  const std::string text = node.text().value_or("");
  if (node.is_quoted()) return text;
  if (text == "true" || text == "false") return text == "true";
  if (const auto number = value_of(text, cel::Type(cel::Kind::kInt))) return *number;
  if (const auto number = value_of(text, cel::Type(cel::Kind::kDouble))) return *number;
  return text;
}

}  // namespace parley::conversations
