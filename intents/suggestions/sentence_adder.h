// Adds sentences to an intents file as an author would by hand: lines are put in, nothing else changes.
//
// New lines go behind the last sentence of the same language, indented as it is; a list in brackets grows
// inside them; a language that the intent does not have yet gets its key at the end of the document.
// Comments, order, quotes and line ends stay. The result is read back and compared before it is given, so a
// layout that this does not understand is refused, never damaged.
//
// Errors: kInvalid: the text can't be read, has no such intent, or is laid out in such a way.
// Thread rule: pure.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/result.h"

namespace parley::intents {

/// `content`: of a file of intents that messages call `shown_as`. `sentences`: with annotation marks.
Result<std::string> add_sentences(const std::string& content, const std::string& shown_as,
                                  std::string_view intent, const std::string& language,
                                  const std::vector<std::string>& sentences);

}  // namespace parley::intents
