// Text in HTML, SVG and XML. Pure function; any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley::config {

/// As the content of an element, or of an attribute between double or single quotes. Control characters other
/// than tab and line end become spaces: XML 1.0 knows them not even escaped.
std::string markup_escaped(std::string_view text);

}  // namespace parley::config
