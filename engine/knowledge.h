// The pages of a bot (policies, answers to frequent questions) as flows and the dialogue search them.
//
// Made by intents/knowledge from a bot's knowledge/<language>/*.md. A page is cut into passages at its
// headings; a search gives the passages that say most about a text, best first. What a person may not see by
// channel or role is not searched.
//
// The score of a passage is the share of what the text asks about that the passage covers, from 0 to 1: each
// word of the text weighs as much as it is rare in the pages, and a word that no page has weighs most
// (docs/knowledge.md). So scores of different texts can be held against one threshold.
//
// Thread rule: immutable, and search is a pure function: any number of threads, the same arguments give the
// same result.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace parley {

struct Passage {
  std::string page;     // its title
  std::string heading;  // under which the passage stands; the page's title before the first one
  std::string text;     // CommonMark, at most limits::kPassageMaxChars code points
  std::string link;     // where the page can be read, with the heading's anchor; empty: nowhere
  std::string path;     // of the page's file, from the bot's folder
  double score = 0;     // 0 to 1, in thousandths
};

struct KnowledgeQuery {
  std::string_view language;  // one of the bot's languages
  std::string_view text;      // as a person wrote it; any bytes
  std::string_view channel;
  const std::vector<std::string>& roles;  // of the person
  std::size_t limit = 1;                  // passages wanted
};

class Knowledge {
 public:
  virtual ~Knowledge() = default;
  /// Best first; of passages as good, those of the earlier path and place. Empty when no word is found.
  virtual std::vector<Passage> search(const KnowledgeQuery& query) const = 0;
};

}  // namespace parley
