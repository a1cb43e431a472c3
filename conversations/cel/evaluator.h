// Walks a checked tree and gives its value.
//
// Errors are values: a call with one gives it on, && and || and their macros take it in where the other side
// decides. Bounded by limits::kExpressionStepsMax.
#pragma once

#include "conversations/cel/ast.h"
#include "conversations/cel/bindings.h"

namespace parley::cel {

Value evaluate(const Node& root, const Bindings& bindings);

}  // namespace parley::cel
