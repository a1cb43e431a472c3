// Pictures in the languages of programs that draw: DOT for Graphviz, Mermaid for Markdown pages.
//
// Any text is escaped, whatever it holds. Boxes are coloured by kind, dark on light; texts are cut to
// kBoxTextMax code points. Pure functions; any thread.
// Sources: https://graphviz.org/doc/info/lang.html, https://graphviz.org/doc/info/shapes.html#html,
// https://mermaid.js.org/syntax/flowchart.html
#pragma once

#include <map>
#include <string>

#include "conversations/drawing/picture.h"

namespace parley::conversations {

inline constexpr std::size_t kBoxTextMax = 140;  // of each paragraph of a box
inline constexpr std::size_t kBoxLineColumns = 34;

/// `links`: flow -> where its picture or page is; boxes of these flows lead there.
std::string to_dot(const Picture& picture, const std::map<std::string, std::string>& links = {});
std::string to_mermaid(const Picture& picture);

}  // namespace parley::conversations
