#include "engine/storage/person_json.h"

namespace parley {

std::string person_to_json(const Person& person) {
  return Json{{"id", person.id}, {"name", person.name}, {"roles", person.roles}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
}

Person person_from_json(std::string_view text) {
  Person person;
  const Json json = Json::parse(text, nullptr, false);
  if (!json.is_object()) return person;
  const auto text_at = [&](const char* key) {
    const auto found = json.find(key);
    return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  person.id = text_at("id");
  person.name = text_at("name");
  if (const auto roles = json.find("roles"); roles != json.end() && roles->is_array())
    for (const Json& role : *roles)
      if (role.is_string()) person.roles.push_back(role.get<std::string>());
  return person;
}

}  // namespace parley
