// The names that expressions and messages of the fuzz targets may use: each type that a slot, a result or the
// person has, with a value.
//
// Immutable after making; one thread.
#pragma once

#include <nlohmann/json.hpp>

#include "conversations/cel/bindings.h"
#include "conversations/cel/declarations.h"

namespace parley::fuzz {

struct Scope {
  Scope();

  cel::Declarations declarations;
  cel::Bindings bindings;
};

const Scope& scope();

}  // namespace parley::fuzz
