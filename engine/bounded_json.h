// JSON from outside, without its traps: the only way in which what a peer or a service sent is parsed.
//
// Refused, with a message that says what and where: text over `max_bytes` (before parsing) or nested deeper
// than `max_depth` (while parsing: a deep document would overflow the stack of whoever copies it), a key
// twice in one object (parsers disagree on which one counts), U+0000 in a text, lone surrogates, bytes that
// are not UTF-8, and numbers that no double can hold.
//
// Any thread. Errors: kTooLarge, kInvalid.
#pragma once

#include <cstddef>
#include <string_view>

#include "engine/limits.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley {

struct JsonBounds {
  std::size_t max_bytes = limits::kMessageMaxBytes;
  std::size_t max_depth = limits::kJsonMaxDepth;
};

Result<Json> parse_bounded_json(std::string_view text, const JsonBounds& bounds = {});

}  // namespace parley
