// Values with their type beside them, as the conformance cases write them:
//
//   {"int": -1} {"uint": 1} {"double": "0.5"} {"string": "a"} {"bytes": [195, 191]} {"bool": true} {"null":
//   null}
//   {"list": [{"int": 1}]} {"map": [[{"string": "k"}, {"int": 1}]]} {"type": "int"}
//   {"timestamp": "2026-03-03T09:00:00Z"} {"duration": "90s"}
//
// A double is text in its shortest form, with ".0" where it is whole: "-23.0", "6.02214e+23", "inf", "-inf",
// "nan".
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "conversations/cel/value.h"

namespace parley::cel {

/// An error value where `json` is not of that form.
Value from_typed_json(const nlohmann::json& json);
/// An error as {"error": message}.
nlohmann::json to_typed_json(const Value& value);

}  // namespace parley::cel
