// What `parley check` says about example sentences beyond the reader: intents whose sentences are mixed up,
// and entities that no sentence shows.
//
// Likeness is that of sentence_index.h, with the strays of likeness.h. A warning names the intents and up to
// three pairs of sentences with their places. Above kSentencesCompared sentences nothing is compared: that is
// for `parley evaluate`. One thread.
//
// Codes: alike-intents, entity-without-example.
#pragma once

#include <set>
#include <string>

#include "config/diagnostic.h"
#include "intents/corpus.h"

namespace parley::intents {

/// Two intents are too alike when so many sentences of one are nearer to the other,
inline constexpr std::size_t kStraysOfPairMin = 3;
/// and these are this share of its sentences.
inline constexpr double kStrayShareMin = 0.25;
inline constexpr std::size_t kSentencesCompared = 6'000;

void check_alike_intents(const Corpus& corpus, config::Findings& findings);

/// Of the entities of the vocabulary that are in `wanted` (types of slots): those of which no sentence has a
/// value, in a list, by a pattern or as an annotation.
void check_entity_examples(const Corpus& corpus, const std::set<std::string>& wanted,
                           config::Findings& findings);

}  // namespace parley::intents
