// What conditions can tell apart of a value: of a text whether it is one of the constants that are compared
// with, of a number or a date between which constants it lies, of a list its beginning, of a map the fields
// that are read.
//
// Two values with the same coarse form are taken to behave alike. Pure function; any thread.
#pragma once

#include "conversations/exploring/answers.h"

namespace parley::conversations {

Json coarse(const Json& exact, const ValueSources& sources);

}  // namespace parley::conversations
