// Measures as JSON with stable keys; docs/evaluate.md lists them. What can't be measured is null.
//
// Thread rule: pure functions.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "intents/evaluation/measures.h"

namespace parley::intents {

nlohmann::json to_json(const Measures& measures);
nlohmann::json to_json(const Acceptance& acceptance);

}  // namespace parley::intents
