// The files of conversations/patterns, compiled into the binary: the built-in flows, their translations, and
// the words that the dialogue knows. Made by parley_embed in CMakeLists.txt. Any thread.
#pragma once

#include <map>
#include <string_view>

namespace parley {

/// Path below conversations/patterns -> content.
const std::map<std::string_view, std::string_view>& built_in_patterns();

}  // namespace parley
