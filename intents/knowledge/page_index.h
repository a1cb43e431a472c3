// The index over the passages of all pages, and the search in it.
//
// Thread rule: immutable after making; search from any number of threads.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "engine/knowledge.h"
#include "engine/result.h"

namespace parley::intents {

struct IndexedPassage {
  Passage passage;
  std::string language;
  std::vector<std::string> channels, roles;  // who may see it; empty: everywhere, everyone
  std::string title_words;                   // of the page: its title and its keywords
  std::string heading_words;                 // the heading and those above it
  std::string body_words;
};

/// kUnavailable, with SQLite's reason, where its full-text search can't be used.
Result<std::shared_ptr<const Knowledge>> make_page_index(std::vector<IndexedPassage> passages);

}  // namespace parley::intents
