// Annotations against the vocabulary: of "[attic](room)" the attic should be a room.
//
// One pass over the annotated sentences. One thread.
//
// Codes: unlisted-value.
#pragma once

#include "config/diagnostic.h"
#include "intents/corpus.h"

namespace parley::intents {

/// A value that neither the list nor the pattern of its entity knows, inflections and small typos allowed,
/// fills no slot. Entities without either have no list to be on.
void check_annotated_values(const Corpus& corpus, config::Findings& findings);

}  // namespace parley::intents
