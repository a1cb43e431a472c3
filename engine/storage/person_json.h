// A person as JSON text, for the ledger: {"id","name","roles"}.
//
// Thread rule: pure functions.
#pragma once

#include <string>
#include <string_view>

#include "engine/message.h"

namespace parley {

std::string person_to_json(const Person& person);
/// What can't be read is left empty.
Person person_from_json(std::string_view text);

}  // namespace parley
