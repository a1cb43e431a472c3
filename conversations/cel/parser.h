// Tokens -> tree, by CEL's grammar with the macros expanded.
//
// A tree higher than limits::kExpressionMaxDepth is refused, and so is nesting of brackets beyond it.
#pragma once

#include <string_view>
#include <vector>

#include "conversations/cel/ast.h"
#include "conversations/cel/expression.h"

namespace parley::cel {

/// Null after appending a problem.
NodePtr parse(std::string_view source, std::vector<Problem>& problems);

}  // namespace parley::cel
