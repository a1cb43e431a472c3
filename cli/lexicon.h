// What the exploration of flows says to a bot: a sentence for each intent, words for each value. Pure; any
// thread.
#pragma once

#include "conversations/exploring/situation.h"
#include "intents/corpus.h"

namespace parley::cli {

/// In the corpus's first language.
conversations::Lexicon lexicon_of(const intents::Corpus& corpus);

}  // namespace parley::cli
