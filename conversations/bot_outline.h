// What flows may refer to outside their own folder: the names that the intents and vocabulary files define.
// The command line fills it from the corpus, so that `conversations` need not know `intents`.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace parley::conversations {

struct BotOutline {
  std::vector<std::string> intents;
  std::map<std::string, std::string> intent_titles;            // intent -> source text of its title
  std::map<std::string, std::vector<std::string>> vocabulary;  // entity -> its value names (empty: a pattern)
};

}  // namespace parley::conversations
