// The types of arguments and columns, as services.yaml names them.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/message.h"

namespace parley {

/// The types that an argument or a column may have, in the order in which documentation lists them.
const std::vector<std::string>& service_value_types();

/// Whether an argument's value is of its type; null fits all.
bool fits(const std::string& type, const Json& value);

}  // namespace parley
