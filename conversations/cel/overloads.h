// Which overload of a function takes given types (for the checker) or given values (for the evaluator).
#pragma once

#include <optional>
#include <vector>

#include "conversations/cel/functions.h"

namespace parley::cel {

/// The type of the call. Dyn where arguments of type dyn leave more than one result open; nullopt when no
/// overload fits.
std::optional<Type> result_type(const Function& function, bool receiver, const std::vector<Type>& arguments);

/// Null: no overload takes values of these kinds.
const Overload* find_overload(const Function& function, bool receiver, Arguments arguments);

}  // namespace parley::cel
