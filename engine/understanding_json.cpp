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

std::vector<IntentScore> intents_from(const Json& json) {
  std::vector<IntentScore> intents;
  for (const Json& intent : list_at(json, "intents"))
    intents.push_back({intent.value("intent", ""), intent.value("probability", 0.0)});
  return intents;
}

std::vector<Entity> entities_from(const Json& json) {
  std::vector<Entity> entities;
  for (const Json& entity : list_at(json, "entities"))
    entities.push_back(entity_from_json(entity));
  return entities;
}

Json to_json(const std::vector<IntentScore>& intents) {
  Json json = Json::array();
  for (const IntentScore& score : intents)
    json.push_back({{"intent", score.intent}, {"probability", score.probability}});
  return json;
}

Json to_json(const std::vector<Entity>& entities) {
  Json json = Json::array();
  for (const Entity& entity : entities)
    json.push_back(entity_to_json(entity));
  return json;
}

Json to_json(const Clause& clause) {
  return {{"begin", clause.begin},
          {"end", clause.end},
          {"intents", to_json(clause.intents)},
          {"in_scope", clause.in_scope},
          {"entities", to_json(clause.entities)}};
}

Understanding read(const Json& json) {
  Understanding understanding;
  understanding.language = json.value("language", "");
  understanding.in_scope = json.value("in_scope", 0.0);
  understanding.negative = json.value("negative", 0.0);
  understanding.intents = intents_from(json);
  understanding.entities = entities_from(json);
  for (const Json& clause : list_at(json, "clauses"))
    understanding.clauses.push_back({clause.value("begin", std::size_t{0}),
                                     clause.value("end", std::size_t{0}), intents_from(clause),
                                     clause.value("in_scope", 0.0), entities_from(clause)});
  for (const Json& aside : list_at(json, "asides"))
    understanding.asides.push_back(
        {aside.value("begin", std::size_t{0}), aside.value("end", std::size_t{0})});
  for (const Json& word : list_at(json, "words"))
    understanding.words.push_back({word.value("word", ""), word.value("weight", 0.0)});
  return understanding;
}

}  // namespace

Json to_json(const Understanding& understanding) {
  Json json{{"language", understanding.language},          {"in_scope", understanding.in_scope},
            {"negative", understanding.negative},          {"intents", to_json(understanding.intents)},
            {"entities", to_json(understanding.entities)}, {"words", Json::array()}};
  for (const Clause& clause : understanding.clauses)
    json["clauses"].push_back(to_json(clause));
  for (const Aside& aside : understanding.asides)
    json["asides"].push_back({{"begin", aside.begin}, {"end", aside.end}});
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
