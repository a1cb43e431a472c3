#include "conversations/cel/bindings.h"

#include <nlohmann/json.hpp>

#include "conversations/cel/declarations.h"

namespace parley::cel {

Bindings::Bindings(Instant now, std::string zone) : zone_(std::move(zone)) {
  auto local = in_zone(now, zone_);
  if (!local) local = in_zone(now, zone_ = "UTC");
  set("now", Value::timestamp(now));
  set("today", Value::date(local->date));
}

void Bindings::set_all(const nlohmann::json& values, const Declarations& declarations) {
  for (const auto& [name, type] : declarations.variables()) {
    const auto found = values.find(name);
    if (found != values.end()) set(name, from_json(*found, type));
  }
}

const Value* Bindings::find(std::string_view name) const {
  const auto found = values_.find(name);
  return found == values_.end() ? nullptr : &found->second;
}

}  // namespace parley::cel
