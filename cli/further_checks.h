// What `parley check` looks at beyond reading the files, because it takes flows, sentences and tests
// together: intents that are too alike, entities without an example, annotated values that
// no list has, flows that no test touches.
//
// Costs up to some seconds for thousands of sentences, so verbs that only need a good bot leave it out. One
// thread.
#pragma once

#include "cli/load_bot.h"

namespace parley::cli {

/// `files` must be without errors. The findings are sorted again.
void check_further(const BotFiles& files, config::Findings& findings);

}  // namespace parley::cli
