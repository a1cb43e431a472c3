#include "cli/lsp/scope.h"

#include <algorithm>

namespace parley::lsp {
namespace {

using config::Node;

const std::vector<ScopeName>& names_everywhere() {
  static const std::vector<ScopeName> kNames{{"user", "{id: text, name: text, roles: list<text>}"},
                                             {"turn", "{negative: bool}"},
                                             {"channel", "text"},
                                             {"language", "text"},
                                             {"now", "timestamp"},
                                             {"today", "date"}};
  return kNames;
}

std::string text_in(const Node& map, std::string_view key) {
  const Node node = map.get(key);
  return node.is_scalar() ? node.text().value_or("") : "";
}

std::vector<ScopeName> entries_of(const Node& map) {
  std::vector<ScopeName> names;
  if (!map.is_map()) return names;
  for (const config::Entry& entry : map.entries())
    names.push_back({entry.name, entry.value.is_scalar() ? entry.value.text().value_or("") : ""});
  return names;
}

Node defined_at(const BotView& bot, const Name& name) {
  const auto places = bot.definitions(name);
  return places.empty() ? Node() : places.front().occurrence->node;
}

Node operation_named(const BotView& bot, const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return {};
  return defined_at(bot, {NameKind::kOperation, name.substr(0, dot), name.substr(dot + 1)});
}

// Of a step with `as`: what its call or run gives.
std::vector<ScopeName> results_of(const BotView& bot, const Node& step) {
  if (const std::string operation = text_in(step, "call"); !operation.empty())
    return entries_of(operation_named(bot, operation).get("returns"));
  if (const std::string flow = text_in(step, "run"); !flow.empty())
    return entries_of(defined_at(bot, {NameKind::kFlow, "", flow}).get("result"));
  return {};
}

std::string as_type(const std::vector<ScopeName>& fields) {
  std::string text;
  for (const ScopeName& field : fields)
    text += (text.empty() ? "{" : ", ") + field.name + ": " + field.type;
  return text.empty() ? "" : text + "}";
}

}  // namespace

std::string type_of(const BotView& bot, const NamePlace& definition) {
  const Node& node = definition.occurrence->node;
  if (node.is_scalar()) return node.text().value_or("");
  if (node.get("as")) return as_type(results_of(bot, node));
  return text_in(node, "type");
}

std::vector<ScopeName> names_in_scope(const BotView& bot, const std::string& flow) {
  std::vector<ScopeName> names;
  if (!flow.empty())
    for (const NamePlace& place : bot.defined(NameKind::kSlot, flow)) {
      const std::string& name = place.occurrence->name.text;
      const bool known =
          std::any_of(names.begin(), names.end(), [&](const ScopeName& other) { return other.name == name; });
      if (!known) names.push_back({name, type_of(bot, place)});
    }
  names.insert(names.end(), names_everywhere().begin(), names_everywhere().end());
  return names;
}

std::vector<ScopeName> fields_of(const BotView& bot, const std::string& flow, const std::string& variable) {
  if (variable == "user") return {{"id", "text"}, {"name", "text"}, {"roles", "list<text>"}};
  if (variable == "turn") return {{"negative", "bool"}};
  const Node node = defined_at(bot, {NameKind::kSlot, flow, variable});
  if (node.get("as")) return results_of(bot, node);
  return entries_of(defined_at(bot, {NameKind::kEntity, "", text_in(node, "type")}).get("parts"));
}

std::vector<ScopeName> arguments_of(const BotView& bot, const std::string& called) {
  if (called.find('.') != std::string::npos) return entries_of(operation_named(bot, called).get("with"));
  return entries_of(defined_at(bot, {NameKind::kFlow, "", called}).get("params"));
}

}  // namespace parley::lsp
