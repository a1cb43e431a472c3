#include "cli/why.h"

#include <cstdio>

#include "engine/understanding_json.h"

namespace parley::cli {
namespace {

using Json = nlohmann::json;

std::string two_places(double number) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", number);
  return text;
}

std::string value_text(const Json& value) {
  return value.dump(-1, ' ', false, Json::error_handler_t::replace);
}

void add_part(std::string& line, const std::string& part) {
  line += (line.empty() ? "" : "; ") + part;
}

template <typename List, typename Show>
void add_list(std::string& line, const std::string& title, const List& list, const std::string& separator,
              Show show) {
  std::string part;
  for (const auto& each : list)
    part += (part.empty() ? title : separator) + show(each);
  if (!part.empty()) add_part(line, part);
}

std::string entity_text(const Entity& entity) {
  return entity.kind + (entity.role.empty() ? "" : ":" + entity.role) + " '" + entity.text +
         "' = " + value_text(entity.value);
}

/// The first, and the others that show in two places.
std::vector<IntentScore> likely(const std::vector<IntentScore>& intents) {
  constexpr double kShown = 0.005;
  std::vector<IntentScore> list;
  for (const IntentScore& score : intents)
    if (list.empty() || score.probability >= kShown) list.push_back(score);
  return list;
}

void add_understanding(std::string& line, const Understanding& understood) {
  add_list(line, "intents ", likely(understood.intents), ", ",
           [](const IntentScore& score) { return score.intent + " " + two_places(score.probability); });
  add_list(line, "entities ", understood.entities, ", ", entity_text);
}

std::string text_of(const Json& json) {
  return json.is_string() ? json.get<std::string>() : value_text(json);
}

void add_reasons(std::string& line, const Json& reasons) {
  if (reasons.contains("rule")) add_part(line, "rule " + text_of(reasons["rule"]));
  add_list(line, "then ", reasons.value("then", Json::array()), ", ", text_of);
  add_list(line, "path ", reasons.value("path", Json::array()), " ", text_of);
  add_list(line, "slots ", reasons.value("slots", Json::object()).items(), ", ",
           [](const auto& slot) { return slot.key() + " = " + value_text(slot.value()); });
  if (reasons.contains("error")) add_part(line, "error " + text_of(reasons["error"]));
}

}  // namespace

std::string why(const LedgerEvent& event) {
  const Json detail = Json::parse(event.detail, nullptr, false);
  if (!detail.is_object() || !detail.contains("reasons")) return "";
  std::string line;
  if (detail.contains("understanding"))
    add_understanding(line, understanding_from_json(detail["understanding"]));
  if (detail["reasons"].is_object()) add_reasons(line, detail["reasons"]);
  return line;
}

}  // namespace parley::cli
