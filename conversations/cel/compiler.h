// Expression::compile with a choice of how strictly types are checked: conformance cases may ask for none.
#pragma once

#include "conversations/cel/checker.h"
#include "conversations/cel/expression.h"

namespace parley::cel {

std::shared_ptr<const Expression> compile(std::string_view source, const Declarations& declarations,
                                          Checking checking, std::vector<Problem>& problems);

}  // namespace parley::cel
