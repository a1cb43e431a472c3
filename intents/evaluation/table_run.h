// One training from a table and one measurement on another: what `parley evaluate --train A --test B` does,
// so that classifiers can be compared on the same rows.
//
// Thread rule: evaluate_tables() uses threads of its own; the rest is pure. The time of queries is that of
// one thread, and only of the classifier: without entities, which a table has none of.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "engine/result.h"
#include "intents/evaluation/measures.h"
#include "intents/trainer.h"

namespace parley::intents {

struct TableRun {
  Measures measures;
  std::string configuration;  // "fast" or "thorough"
  std::size_t training_texts = 0;
  std::size_t intents = 0;
  double training_seconds = 0;
  QueryTime query;
  std::size_t model_bytes = 0;
  std::vector<std::string> unknown_intents;  // labels of the test that training never saw
};

struct TableRunOptions {
  TrainingOptions training;
  std::string language = "en";  // of the texts
  double accept = 0.5;
};

/// kInvalid: the training texts have no intent, or there are no test texts.
Result<TableRun> evaluate_tables(const std::vector<LabelledText>& train,
                                 const std::vector<LabelledText>& test, const TableRunOptions& options,
                                 const std::function<void(double)>& progress = {});

/// The stable keys are listed in docs/evaluate.md; what can't be measured is null.
nlohmann::json to_json(const TableRun& run);
std::string to_text(const TableRun& run);

}  // namespace parley::intents
