// An Understanding as JSON, for the ledger and for `explain`, and back without loss.
//
// {"language","in_scope","intents":[{"intent","probability"}],"entities":[{"kind","role","begin","end","text","value"}],
// "words":[{"word","weight"}]}; an entity also has "readings", "recurs" and "confidence" where they say more.
// Thread rule: pure functions.
#pragma once

#include "engine/understanding.h"

namespace parley {

nlohmann::json to_json(const Understanding& understanding);
/// What is missing or of another type keeps its default.
Understanding understanding_from_json(const nlohmann::json& json);

}  // namespace parley
