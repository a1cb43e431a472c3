// `parley evaluate --sentiment`: how well negative experiences are told from the rest.
//
// A share comes with its interval (Wilson, 95 %). Errors: the bot or --data can't be read. One thread, but
// for the training.
#pragma once

#include <string>

namespace parley::cli {

struct SentimentOptions {
  std::string bot;   // whose model is measured; "": the one of the sentences that ship
  std::string data;  // labelled texts of one's own, judged by the model; "": cross-validation
  std::size_t folds = 5;
  bool json = false;
};

/// Prints the figures; the exit code.
int print_sentiment(const SentimentOptions& options);

}  // namespace parley::cli
