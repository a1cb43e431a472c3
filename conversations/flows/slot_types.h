// The types of slots, parameters and results: their names, what they are in expressions, and their values in
// files.
//
//   text, email, phone, url, time, an entity of the vocabulary   text in expressions     int, number, bool,
//   date, timestamp, duration, money                                   their own kinds         list<text>,
//   map, any  as CEL has them
//
// Pure functions; any thread.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "conversations/cel/type.h"
#include "conversations/flows/bot_outline.h"

namespace parley::conversations {

/// What a slot may be beside an entity of the vocabulary.
const std::vector<std::string>& slot_types();
/// What a parameter or a result of a sub-flow may be beside those.
const std::vector<std::string>& value_types();

/// The type in expressions; an unknown word counts as an entity: text.
cel::Type type_of(const std::string& name);

/// The same for a slot, which may be of a composite of the vocabulary: a structure of its parts.
cel::Type slot_type(const std::string& name, const BotOutline& outline);

/// What a `search` step gives: a list of passages (engine/knowledge.h).
cel::Type passages_type();

/// How the last call failed is the text `failure` in expressions, for the steps to which only failed calls
/// lead; one of these (docs/services.md).
inline constexpr const char* kFailureName = "failure";
const std::vector<std::string>& failure_kinds();

/// A value as it stands in a file (`3`, `yes`, `2026-03-03`, `laptop`) as the JSON of a type; nullopt:
/// not of that type.
std::optional<nlohmann::json> value_of(const std::string& written, const std::string& type);

/// The same by the kind that an expression has, for the cases of a switch.
std::optional<nlohmann::json> value_of(const std::string& written, const cel::Type& type);

}  // namespace parley::conversations
