// Resolves the names of a tree and checks its types, before anything runs.
//
// Gradual, as CEL has it: dyn fits everything, and what it hides is found while evaluating. Beyond CEL's own
// rules, every value may be null, so null compares with anything; and numbers of different kinds compare with
// each other.
#pragma once

#include <string>
#include <vector>

#include "conversations/cel/ast.h"
#include "conversations/cel/expression.h"

namespace parley::cel {

enum class Checking {
  kStrict,   // problems are appended
  kLenient,  // none are: an unknown name or function, a type that does not fit become errors when they are
             // evaluated
};

struct Checked {
  Type type;
  std::vector<std::string>
      variables;  // those that the expression reads, each once, in the order of the source
};

Checked check(Node& root, const Declarations& declarations, Checking checking,
              std::vector<Problem>& problems);

}  // namespace parley::cel
