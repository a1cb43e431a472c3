// A short text that a regular expression takes, for entities and checks that are patterns.
//
// Knows what authors use of RE2's syntax: literals, classes, groups, alternatives, repetition, anchors. What
// it makes is held against RE2 itself, so that a pattern beyond it gives nothing rather than a wrong text.
//
// Pure function; any thread.
#pragma once

#include <optional>
#include <string>

namespace parley::conversations {

/// A text in which `pattern` finds itself; nullopt: none was found.
std::optional<std::string> sample_of_pattern(const std::string& pattern);

}  // namespace parley::conversations
