// Markdown as plain text, for a channel that shows no formatting: marks are dropped, lists keep their numbers
// and dashes, a link is followed by its address.
//
// CommonMark (https://spec.commonmark.org), read and written by libcmark; a text of malformed Markdown is
// just text. Pure function; any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley::conversations {

std::string plain_text(std::string_view markdown);

}  // namespace parley::conversations
