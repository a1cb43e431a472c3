// Training: from a corpus to a classifier, with probabilities that mean something.
//
// 1. Every example sentence becomes a row, with a misspelt copy; so does the name of every intent. Sentences
// of
//    the intent `none`, and everyday sentences of the bot's languages, are examples against every intent.
// 2. One linear classifier is solved for every intent, for "none of them" and for every language
//    (linear_solver.h); for a thorough model a network is trained beside it (network/network_trainer.h).
// 3. The same is done on parts of the sentences, with other sentences and whole intents held out. How the
//    held-out ones score says how sharp probabilities may be, and from which score on a text is in scope: a
//    hidden intent's sentences are texts that the bot was not made for.
//
// Deterministic to the byte, whatever the number of threads, on machines of the same instruction set. Thread
// rule: a call uses threads of its own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "intents/classifier.h"
#include "intents/corpus.h"

namespace parley::intents {

/// Which of the two trainings.
enum class ModelKind {
  kFast,      // linear alone: seconds, while authoring
  kThorough,  // linear with a small network beside it: minutes, more accurate
};

struct TrainingOptions {
  ModelKind kind = ModelKind::kFast;
  unsigned threads = 0;            // 0: as many as there are processors
  bool everyday_sentences = true;  // use those of language/*.yaml
  std::size_t typo_copies = 1;     // misspelt copies of each sentence
};

/// Raise it whenever training makes another model from the same corpus.
inline constexpr std::uint32_t kTrainerVersion = 2;

/// The one entry point of training, for a bot's files as for labelled rows (evaluate.h: corpus_of):
///
///   const Classifier classifier(train_classifier(corpus_of(rows, "en"), {.kind = ModelKind::kThorough}));
///   classifier.read(text, reading);
///
/// Both kinds are read through the same Classifier; model_bytes() says how large either is on disk.
/// `corpus` must have an intent with sentences. `progress` is called with the share done, one call at a time,
/// on any thread.
ClassifierModel train_classifier(const Corpus& corpus, const TrainingOptions& options = {},
                                 const std::function<void(double)>& progress = {});

}  // namespace parley::intents
