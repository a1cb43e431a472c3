// Regular expressions for `matches`: RE2, so that matching takes time in proportion to the text, whatever the
// pattern.
#pragma once

#include <memory>
#include <string>

#include "engine/result.h"

namespace re2 {
class RE2;
}

namespace parley::cel {

/// What compiling a pattern while evaluating counts for, in evaluation steps.
inline constexpr std::size_t kRegexCompileSteps = 500;

Result<std::shared_ptr<const re2::RE2>> compile_regex(const std::string& pattern);

}  // namespace parley::cel
