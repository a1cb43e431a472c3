// Measuring a bot's sentences on themselves: each is judged by a classifier that did not see it.
//
// The sentences of every intent and language are dealt out to the folds in turn. For each fold a classifier
// is trained on the others; the fold's sentences are then read as written and with typos. Sentences of the
// intent `none` are texts out of scope. The learning curve trains on growing shares of the first folds'
// sentences, each share within the next.
//
// Deterministic. Thread rule: a call uses threads of its own.
#pragma once

#include <cstddef>
#include <functional>
#include <string_view>
#include <vector>

#include "intents/corpus.h"
#include "intents/evaluation/predictions.h"
#include "intents/trainer.h"

namespace parley::intents {

inline constexpr std::size_t kFoldsMin = 2;
inline constexpr std::size_t kFoldsMax = 20;

/// Accuracy in scope when this share of the words of five letters or more has a typo.
struct TypoPoint {
  double share = 0;
  double accuracy = 0;
};

/// Accuracy in scope with this many sentences an intent to learn from.
struct LearningPoint {
  double sentences_per_intent = 0;
  double accuracy = 0;
};

struct CrossValidation {
  std::vector<Prediction> predictions;  // one for each sentence, fold by fold
  std::vector<TypoPoint> typos;         // the first without any
  std::vector<LearningPoint> learning;  // rising
};

struct CrossValidationOptions {
  std::size_t folds = 5;  // kFoldsMin to kFoldsMax
  TrainingOptions training;
};

/// `done` rises from 0 to 1, `what` says which part is under way.
using EvaluationProgress = std::function<void(double done, std::string_view what)>;

/// Whether an intent has two sentences, so that something is left to learn from.
bool can_be_divided(const Corpus& corpus);

/// `corpus` can be divided.
CrossValidation cross_validate(const Corpus& corpus, const CrossValidationOptions& options,
                               const EvaluationProgress& progress = {});

/// What twice as many sentences would bring, by the straight line that errors follow over the number of
/// sentences when both are drawn as logarithms; the last accuracy when there are fewer than two points with
/// errors.
double accuracy_with_twice(const std::vector<LearningPoint>& learning);

/// All sentences as labelled texts, with their places; those of `none` are out of scope.
std::vector<LabelledText> labelled_texts_of(const Corpus& corpus);

}  // namespace parley::intents
