// Whether a text tells of a negative experience: one small classifier for all bots, from sentences that ship
// (intents/sentiment/<language>.yaml; en.yaml says what counts as one).
//
// It is trained by the trainer of intents, as a bot of two: kNegative and kOther. The languages share one
// model. Trained once a process, or read from the cache of models: about a second.
//
// Thread rule: a Sentiment is immutable; negative() may run on any number of threads at once.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "intents/classifier.h"
#include "intents/corpus.h"

namespace parley::intents {

inline constexpr std::string_view kNegative = "negative";
inline constexpr std::string_view kOther = "other";

/// The sentences that ship, as the corpus of two intents.
const Corpus& sentiment_corpus();

class Sentiment {
 public:
  explicit Sentiment(ClassifierModel model);

  /// Probability that the text tells of a negative experience; 0 for one of which nothing is known.
  double negative(std::string_view text) const;

 private:
  Classifier classifier_;
  std::size_t column_;  // of kNegative
};

/// From `cache_folder`, or trained and stored there; an empty folder keeps nothing. The same object for the
/// whole process.
std::shared_ptr<const Sentiment> shipped_sentiment(const std::filesystem::path& cache_folder);

}  // namespace parley::intents
