// Cuts a page into passages: at every heading, and where the text under one is longer than a passage, between
// its blocks, then the items of a list, the lines of code, the sentences of a paragraph.
//
// Thread rule: as markdown.h. The tree that is cut is used up.
#pragma once

#include <string>
#include <vector>

#include "intents/knowledge/markdown.h"

namespace parley::intents {

struct Section {
  std::string heading;  // as plain text; empty before the first heading
  std::string parents;  // the headings above it, as plain text
  std::string anchor;
  int level = 0;  // of the heading, 1 to 6
  int line = 0;   // in the file
  std::vector<cmark_node*> blocks;
};

/// The sections of a page in order; the first, before any heading, may be without blocks. Anchors are made as
/// GitHub makes them: "How long?" -> "how-long", a second one "how-long-1".
std::vector<Section> sections_of(cmark_node* page);

struct CutPassage {
  std::string text;   // Markdown, at most limits::kPassageMaxChars code points
  std::string words;  // the same as plain text
};

std::vector<CutPassage> cut_passages(const std::vector<cmark_node*>& blocks, const std::string& language);

}  // namespace parley::intents
