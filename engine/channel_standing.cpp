#include "engine/channel_standing.h"

namespace parley {

Json to_json(const ChannelStanding& standing) {
  Json json = Json::object();
  if (standing.preview) json["preview"] = true;
  if (!standing.level) return json;
  json["level"] = *standing.level;
  json["features"] = standing.features;
  return json;
}

StandingPtr standing_from_json(const Json& json) {
  if (!json.is_object()) return nullptr;
  auto standing = std::make_shared<ChannelStanding>();
  standing->preview = json.value("preview", false);
  if (json.contains("level")) standing->level = json.at("level").get<int>();
  if (json.contains("features"))
    standing->features = json.at("features").get<std::set<std::string, std::less<>>>();
  return standing;
}

}  // namespace parley
