// The tree of an expression: what the parser builds, the checker resolves, and the evaluator walks.
//
// Operators are calls of functions with CEL's names for them ("_+_", "_[_]", "@in", "!_"); && and || stand
// apart, because they take errors in; macros are a Comprehension or a Select that only tests. No tree is
// higher than limits::kExpressionMaxDepth, so walking it may recurse.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "conversations/cel/value.h"

namespace re2 {
class RE2;
}

namespace parley::cel {

struct Node;
struct Function;
using NodePtr = std::unique_ptr<Node>;

struct Constant {
  Value value;
};

/// A variable. The checker folds `a.b` into one name where it is declared as one.
struct Name {
  std::string name;
  bool absolute = false;  // `.x`: never a macro's variable
  int local = -1;         // place among the macros' variables, counted from the outermost; -1: a binding
};

struct Select {
  NodePtr operand;
  std::string field;
  bool test = false;  // has(operand.field)
};

struct Call {
  std::string function;
  bool receiver = false;  // written a.f(b): the first argument is a
  std::vector<NodePtr> arguments;
  const Function* resolved = nullptr;       // set by the checker; null: an error when evaluated
  std::shared_ptr<const re2::RE2> pattern;  // of `matches` with a constant pattern
};

struct Logic {
  bool all = true;  // &&, or else ||
  std::vector<NodePtr> operands;
};

struct Choice {
  NodePtr condition, yes, no;
};

struct ListForm {
  std::vector<NodePtr> items;
};

struct MapForm {
  std::vector<std::pair<NodePtr, NodePtr>> entries;
};

enum class Macro { kAll, kExists, kExistsOne, kFilter, kList, kMap, kMapEntry };

/// `range.macro(first, [second,] [filter,] result)`. With one variable it holds a list's elements or a map's
/// keys, with two a list's indexes and elements or a map's keys and values.
struct Comprehension {
  Macro macro = Macro::kAll;
  NodePtr range;
  std::string first, second;  // second: empty with one variable
  NodePtr filter;             // may be null
  NodePtr result;             // the condition, or what an element becomes; null: the element itself
};

struct Node {
  std::size_t offset = 0;  // byte offset in the source, for problems
  std::size_t height = 1;
  std::variant<Constant, Name, Select, Call, Logic, Choice, ListForm, MapForm, Comprehension> form;
};

}  // namespace parley::cel
