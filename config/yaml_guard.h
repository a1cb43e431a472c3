// What stands between files that people write and yaml-cpp 0.7, which must not be given everything:
//
// - it ends a plain text inside { } and [ ] at a question mark, which YAML does not: `{ask: From which day?}`
// - it reads documents without end where a stray `,` or `]` begins one, and takes U+0004 for the end of the
// file
// - it makes documents of any depth, and ones that hold themselves by an alias
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>
#include <yaml-cpp/yaml.h>

namespace parley::config {

/// The first control character other than tab and line ends, which YAML does not allow; npos: none.
std::size_t find_control_character(std::string_view text);

/// The documents of a text without control characters, empty ones left out. Throws YAML::Exception.
std::vector<YAML::Node> parse_documents(const std::string& text);

/// A scalar's value as it was written: parse_documents hides question marks, one byte for one byte.
std::string scalar_text(const YAML::Node& scalar);

/// Walks a document; false when it is too deep or, with what aliases repeat, too large. `nodes` counts over
/// several documents; `at` is where it became too much.
bool is_bounded(const YAML::Node& document, int& nodes, YAML::Mark& at);

/// Lists and maps inside one another.
inline constexpr int kYamlDepthMax = 128;
inline constexpr int kYamlNodesMax = 2'000'000;

}  // namespace parley::config
