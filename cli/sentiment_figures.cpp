#include "cli/sentiment_figures.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <iostream>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "cli/load_bot.h"
#include "cli/maturity/measure.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "config/bot_manifest.h"
#include "intents/evaluation/sentiment_report.h"

namespace parley::cli {
namespace {

using Judgements = std::vector<intents::SentimentJudgement>;

constexpr double kConfidence = 0.95;
constexpr std::array kThresholds{0.5, 0.6, 0.7, 0.8, 0.9};
const double kShipped = config::BotManifest().negative;

struct Share {
  std::size_t part = 0, whole = 0;

  double value() const { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }
  Interval interval() const { return whole == 0 ? Interval{} : wilson_interval(part, whole, kConfidence); }
};

struct Row {
  std::string language;  // "" for all
  double threshold = 0;
  Share precision, recall, false_alarms;
};

Row row_of(const Judgements& judgements, const std::string& language, double threshold) {
  const auto figures = intents::sentiment_figures(judgements, language, threshold);
  return {language,
          threshold,
          {figures.found, figures.found + figures.false_alarms},
          {figures.found, figures.negative},
          {figures.false_alarms, figures.other}};
}

std::vector<Row> rows_of(const Judgements& judgements) {
  std::vector<Row> rows;
  for (const double threshold : kThresholds)
    rows.push_back(row_of(judgements, "", threshold));
  std::set<std::string> languages;
  for (const auto& one : judgements)
    if (!one.language.empty()) languages.insert(one.language);
  for (const std::string& language : languages)
    rows.push_back(row_of(judgements, language, kShipped));
  return rows;
}

nlohmann::json to_json(const Share& share) {
  const Interval interval = share.interval();
  return {{"value", share.value()}, {"low", interval.low}, {"high", interval.high}, {"of", share.whole}};
}

nlohmann::json to_json(const Judgements& judgements) {
  nlohmann::json json{{"figures", nlohmann::json::array()}, {"judgements", nlohmann::json::array()}};
  for (const Row& row : rows_of(judgements))
    json["figures"].push_back({{"language", row.language},
                               {"threshold", row.threshold},
                               {"precision", to_json(row.precision)},
                               {"recall", to_json(row.recall)},
                               {"false_alarms", to_json(row.false_alarms)}});
  for (const auto& one : judgements)
    json["judgements"].push_back({{"text", one.text},
                                  {"language", one.language},
                                  {"negative", one.negative},
                                  {"probability", one.probability}});
  return json;
}

std::string shown(const Share& share) {
  const Interval interval = share.interval();
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.2f (%.2f to %.2f)", share.value(), interval.low, interval.high);
  return text.data();
}

void print_text(const Judgements& judgements) {
  std::printf("%zu texts\n\n%-10s %-9s  %-22s %-22s %-22s\n", judgements.size(), "language", "threshold",
              "precision", "recall", "false alarms");
  for (const Row& row : rows_of(judgements))
    std::printf("%-10s %-9.2f  %-22s %-22s %-22s\n", row.language.empty() ? "all" : row.language.c_str(),
                row.threshold, shown(row.precision).c_str(), shown(row.recall).c_str(),
                shown(row.false_alarms).c_str());
  std::printf("\nA share stands with its 95 %% interval. Bots take %.2f where bot.yaml says nothing.\n",
              kShipped);
}

}  // namespace

int print_sentiment(const SentimentOptions& options) {
  Judgements judgements;
  intents::Corpus bot;
  if (!options.bot.empty()) {
    auto files = read_good_bot(options.bot);
    if (!files) return kExitFailed;
    bot = std::move(files->corpus);
  }
  const auto shipped = intents::shipped_sentiment("");
  if (options.data.empty()) {
    judgements = intents::sentiment_validated(intents::sentiment_corpus_of(bot, *shipped), options.folds);
  } else {
    const auto texts = intents::read_labelled_texts(options.data);
    if (!texts) return failed(texts.error().message);
    judgements = intents::sentiment_judged(*texts, *intents::load_or_train_sentiment(bot, ""));
  }
  if (options.json)
    std::cout << to_json(judgements).dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    print_text(judgements);
  return kExitDone;
}

}  // namespace parley::cli
