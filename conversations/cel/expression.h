// An expression in CEL, the Common Expression Language: strict, typed, without side effects, checked when a
// bot is loaded.
//
// Source: https://github.com/google/cel-spec (langdef.md). docs/cel.md lists what this subset leaves out, and
// `parley cel --jsonl` runs conformance cases. Every evaluation is bounded (limits::kExpressionStepsMax), so
// no author can hang a turn.
//
// Immutable after compile; evaluate may be called from any number of threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "conversations/cel/bindings.h"
#include "conversations/cel/declarations.h"
#include "conversations/cel/type.h"
#include "conversations/cel/value.h"

namespace parley::cel {

struct Problem {
  std::size_t offset = 0;  // byte offset in the source
  std::string message;
  std::string hint;  // near names; may be empty
};

class Expression {
 public:
  /// Parses and type-checks against the names in scope. Null when there are problems, which are appended.
  static std::shared_ptr<const Expression> compile(std::string_view source, const Declarations& declarations,
                                                   std::vector<Problem>& problems);

  virtual ~Expression() = default;
  virtual const Type& type() const = 0;
  /// A value, or an error value (Value::is_error) with CEL's wording: "divide by zero", "no such key: x" ...
  virtual Value evaluate(const Bindings& bindings) const = 0;
  /// Names of the variables it reads, each once.
  virtual const std::vector<std::string>& variables() const = 0;
  virtual const std::string& source() const = 0;
};

}  // namespace parley::cel
