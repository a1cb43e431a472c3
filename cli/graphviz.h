// Graphviz's program `dot`, which draws what to_dot() writes: run when it is needed, not needed otherwise.
//
// kUnavailable when it is not there (the message says which package has it), kInternal when it refuses the
// text. Any thread.
#pragma once

#include <string>

#include "engine/result.h"

namespace parley::cli {

Result<std::string> svg_of(const std::string& dot);

/// The <svg> element alone, without names that may stand only once on a page.
std::string inline_svg(const std::string& svg);

}  // namespace parley::cli
