// What a matched pattern is worth: the JSON value of an entity, in the shapes that engine/understanding.h
// lists.
//
// Thread rule: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>

#include "intents/entities/calendar.h"
#include "intents/entities/grammar.h"

namespace parley::intents {

struct EntityValue {
  nlohmann::json value;
  std::optional<CalendarDate> date;  // behind the value of a date
};

/// nullopt: it looked like one, but is none (the 31st of April). `original` is the matched text as it was
/// written.
std::optional<EntityValue> resolve_value(const GrammarMatch& match, const Grammar& grammar,
                                         const CalendarContext& calendar, std::string_view original);

}  // namespace parley::intents
