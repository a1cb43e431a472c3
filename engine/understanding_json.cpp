#include "engine/understanding_json.h"

namespace parley {
namespace {

using Json = nlohmann::json;

Json entity_to_json(const Entity& entity) {
  Json json{{"kind", entity.kind}, {"role", entity.role}, {"begin", entity.begin},
            {"end", entity.end},   {"text", entity.text}, {"value", entity.value}};
  if (!entity.readings.empty()) json["readings"] = entity.readings;
  if (!entity.recurs.empty()) json["recurs"] = entity.recurs;
  if (entity.confidence < 1) json["confidence"] = entity.confidence;
  return json;
}

Entity entity_from_json(const Json& json) {
  return {json.value("kind", ""),
          json.value("role", ""),
          json.value("begin", std::size_t{0}),
          json.value("end", std::size_t{0}),
          json.value("text", ""),
          json.value("value", Json()),
          json.value("readings", std::vector<Json>()),
          json.value("recurs", ""),
          json.value("confidence", 1.0)};
}

const Json& list_at(const Json& json, const char* key) {
  static const Json kNone = Json::array();
  const auto found = json.find(key);
  return found != json.end() && found->is_array() ? *found : kNone;
}

Understanding read(const Json& json) {
  Understanding understanding;
  understanding.language = json.value("language", "");
  understanding.in_scope = json.value("in_scope", 0.0);
  for (const Json& intent : list_at(json, "intents"))
    understanding.intents.push_back({intent.value("intent", ""), intent.value("probability", 0.0)});
  for (const Json& entity : list_at(json, "entities"))
    understanding.entities.push_back(entity_from_json(entity));
  for (const Json& word : list_at(json, "words"))
    understanding.words.push_back({word.value("word", ""), word.value("weight", 0.0)});
  return understanding;
}

}  // namespace

Json to_json(const Understanding& understanding) {
  Json json{{"language", understanding.language},
            {"in_scope", understanding.in_scope},
            {"intents", Json::array()},
            {"entities", Json::array()},
            {"words", Json::array()}};
  for (const IntentScore& score : understanding.intents)
    json["intents"].push_back({{"intent", score.intent}, {"probability", score.probability}});
  for (const Entity& entity : understanding.entities)
    json["entities"].push_back(entity_to_json(entity));
  for (const WordWeight& word : understanding.words)
    json["words"].push_back({{"word", word.word}, {"weight", word.weight}});
  return json;
}

Understanding understanding_from_json(const Json& json) {
  try {
    return json.is_object() ? read(json) : Understanding();
  } catch (const Json::exception&) {
    return {};
  }
}

}  // namespace parley
