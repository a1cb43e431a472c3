// All that `parley evaluate BOT` finds out about a bot's sentences: how well they would be understood, which
// intents are mixed up and by which sentences, which threshold is worth choosing, what typos cost, what more
// sentences bring.
//
// Thread rule: evaluate_bot() uses threads of its own; the rest is pure. It trains about a dozen times.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "intents/evaluation/acceptance_curve.h"
#include "intents/evaluation/confusions.h"
#include "intents/evaluation/cross_validation.h"
#include "intents/evaluation/likeness.h"
#include "intents/evaluation/measures.h"

namespace parley::intents {

struct BotReportOptions {
  CrossValidationOptions validation;
  double accept = 0.5;                 // the bot's threshold
  double cost = kWrongAnswerCost;      // of a wrong answer; one needless question costs 1
  std::vector<LabelledText> held_out;  // texts that are not among the bot's sentences; may be empty
};

struct BotReport {
  std::string bot;
  std::string configuration;  // "fast" or "thorough"
  std::size_t folds = 0;
  Measures measures;                 // cross-validated
  std::optional<Measures> held_out;  // trained on all of the bot's sentences
  AcceptanceCurve acceptance;
  std::vector<Confusion> confusions;
  std::vector<TypoPoint> typos;
  std::vector<LearningPoint> learning;
  double accuracy_with_twice = 0;  // as many sentences
  std::vector<LikePair> duplicates;
  std::vector<LikePair> strays;
};

/// `corpus` must have an intent with two sentences.
BotReport evaluate_bot(const std::string& bot, const Corpus& corpus, const BotReportOptions& options,
                       const EvaluationProgress& progress = {});

nlohmann::json to_json(const BotReport& report);
std::string to_text(const BotReport& report);

}  // namespace parley::intents
