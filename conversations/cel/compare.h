// The order of values: CEL's `<` and the order of map keys.
//
// Numbers of different kinds compare as doubles, int with uint exactly; NaN is unordered. Pure functions; any
// thread.
#pragma once

#include <compare>
#include <optional>

#include "conversations/cel/value.h"

namespace parley::cel {

/// Nullopt: values of these kinds have no order among them.
std::optional<std::partial_ordering> compare(const Value& left, const Value& right);

/// Bool, int, uint or text.
bool may_be_key(const Value& value);
/// Before, equal or after, for two values that may be keys: bool, then numbers, then text.
std::strong_ordering compare_keys(const Value& left, const Value& right);
/// A double that stands for a whole number as that int or uint; other values as they are.
Value as_key(const Value& value);

}  // namespace parley::cel
