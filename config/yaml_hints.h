// What to do about text that is no YAML, or other YAML than was meant: the slips that people make.
//
// Pure functions; any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley::config {

/// For a syntax error that the parser saw in `line`.
std::string syntax_hint(std::string_view line);

/// Where a text is expected and a map stands, because of a colon in the text: `- Sorry: no` is the map
/// {Sorry: no}.
std::string quote_hint(std::string_view key, std::string_view value);

/// Whether one of the curly quotes is in the text that word processors put in.
bool has_curly_quote(std::string_view text);

}  // namespace parley::config
