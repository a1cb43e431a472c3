// The terms that pages and questions are compared by: words, folded as for the classifier, without stop
// words, as stems. "What are the policies?" -> polici.
//
// Thread rule: pure functions; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

struct Term {
  std::string stem;
  std::string word;  // folded, as it was written
};

/// In order, with repeats. Stop words are those of language/<code>.yaml; single letters are left out as well.
std::vector<Term> terms_of(std::string_view text, const std::string& language);

}  // namespace parley::intents
