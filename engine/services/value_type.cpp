#include "engine/services/value_type.h"

namespace parley {

const std::vector<std::string>& service_value_types() {
  static const std::vector<std::string> kTypes{"text", "int",      "number",    "bool", "date",
                                               "time", "duration", "timestamp", "any"};
  return kTypes;
}

bool fits(const std::string& type, const Json& value) {
  if (value.is_null() || type == "any") return true;
  if (type == "int") return value.is_number_integer();
  if (type == "number" || type == "duration") return value.is_number();
  if (type == "bool") return value.is_boolean();
  return value.is_string();
}

}  // namespace parley
