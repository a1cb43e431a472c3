// What a phrase resolves to, as JSON: in the shape of the Recognizers-Text specs with every reading, and as
// the values that a flow's slot takes.
//
// Thread rule: pure functions.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "intents/entities/meaning.h"

namespace parley::intents {

/// The kind of entity that bots know for a symbol of the grammar ("daterange" is a "period"), or "" when it
/// is only a part of others.
std::string_view entity_kind(std::string_view symbol);

/// {"value":"12,5"} with the language's decimal sign; times {"values":[{"timex","type","value" | "start",
/// "end"}]}.
nlohmann::json resolution_of(std::string_view kind, const Meaning& meaning, char decimal);

/// The name that the specs give to such an entity: "datetimeV2.daterange", "currency".
std::string spec_type(std::string_view kind, const Meaning& meaning);

/// The values that the entity may have in the shape that engine/understanding.h lists, past before future,
/// morning before evening; none when there is no such day (the 31st of April) or no amount.
std::vector<nlohmann::json> slot_values(std::string_view kind, const Meaning& meaning, const Viewpoint& view);

/// Which of them is meant when nothing else is known: the coming day, the hour between 7 and 19.
std::size_t usual_value(const std::vector<nlohmann::json>& values, std::string_view kind);

/// 15 significant digits, as the specs print a number.
std::string number_text(double value, char decimal);

}  // namespace parley::intents
