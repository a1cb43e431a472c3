// How the values of a conversation look to expressions: the types of slots, parameters and results as CEL types, and the
// way between those values and the JSON that the state, services and activities hold.
//
//   slot type                     CEL type    JSON
//   text, email, phone, url       string      "text"
//   time                          string      "14:30"
//   an entity of the vocabulary   string      "laptop" (the value's name)
//   int                           int         3
//   number                        double      2.5
//   bool                          bool        true
//   date                          date        "2026-03-03"
//   timestamp                     timestamp   "2026-03-03T09:00:00Z"
//   duration                      duration    90 (seconds)
//   money                         map         {"amount": 12.5, "currency": "EUR"}
//   list, map, any                dyn         as it is (sub-flow parameters and service columns only)
//
// Pure functions; any number of threads.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "conversations/cel/expression.h"

namespace parley::conversations {

/// The CEL type behind a slot type; a name that is not built in is an entity of the vocabulary.
cel::Type type_of(std::string_view slot_type);

/// The names of the built-in slot types, for checks and hints.
const std::vector<std::string>& slot_types();

/// `json` as a value of `type`. What does not fit keeps its own shape (a string stays a string); null is null.
cel::Value value_from_json(const nlohmann::json& json, const cel::Type& type);
nlohmann::json value_to_json(const cel::Value& value);

}  // namespace parley::conversations
