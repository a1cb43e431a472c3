// The macros: calls whose arguments are not evaluated but woven into a comprehension.
#pragma once

#include <string_view>
#include <variant>
#include <vector>

#include "conversations/cel/ast.h"
#include "conversations/cel/expression.h"

namespace parley::cel {

/// Whether `name` with so many arguments is a macro: has(x.y) when not `receiver`, or else range.all(x, p)
/// and its kin.
bool is_macro(std::string_view name, bool receiver, std::size_t arguments);

/// The names of all macros, for hints.
std::vector<std::string> macro_names();

/// `arguments` begins with the range, but for `has`. The form, or what is wrong with the arguments.
std::variant<Node, Problem> expand_macro(std::string_view name, std::vector<NodePtr> arguments,
                                         std::size_t offset);

}  // namespace parley::cel
