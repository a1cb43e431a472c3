// Whether a text tells of a negative experience: a small classifier beside that of the intents, from
// sentences that ship (intents/sentiment/<language>.yaml; en.yaml says what counts as one).
//
// It is trained by the trainer of intents, as a bot of two: kNegative and kOther. The languages share one
// model. What people ask a bot for every day is the best example of what is no experience, so a bot with
// kOwnSentencesMin sentences has a model of its own, in which its sentences are kOther, too: all but those of
// intents that sound like complaints themselves. Other bots share one. Half a second each.
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

/// Bots with fewer sentences take the model of the sentences that ship.
inline constexpr std::size_t kOwnSentencesMin = 20;
/// Of a bot with more, every n-th is taken.
inline constexpr std::size_t kOwnSentencesMax = 1'500;

/// From `cache_folder`, or trained and stored there; an empty folder keeps nothing.
std::shared_ptr<const Sentiment> load_or_train_sentiment(const Corpus& bot,
                                                         const std::filesystem::path& cache_folder);
/// The one of the sentences that ship: the same object for the whole process.
std::shared_ptr<const Sentiment> shipped_sentiment(const std::filesystem::path& cache_folder);

/// The sentences that a bot's model is trained from: its own behind those that ship, or those alone.
Corpus sentiment_corpus_of(const Corpus& bot, const Sentiment& shipped);

}  // namespace parley::intents
