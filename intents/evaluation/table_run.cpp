#include "intents/evaluation/table_run.h"

#include <algorithm>
#include <chrono>
#include <iomanip>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "intents/evaluation/figures.h"
#include "intents/evaluation/measures_json.h"
#include "intents/model_file.h"

namespace parley::intents {
namespace {

std::vector<std::string> unknown_intents(const std::vector<std::string>& known,
                                         const std::vector<LabelledText>& test) {
  std::set<std::string> unknown;
  for (const LabelledText& text : test)
    if (text.intent != kOutOfScopeLabel && std::find(known.begin(), known.end(), text.intent) == known.end())
      unknown.insert(text.intent);
  return {unknown.begin(), unknown.end()};
}

void line(std::ostream& out, std::string_view name, const std::string& value) {
  out << std::left << std::setw(26) << name << value << '\n';
}

}  // namespace

Result<TableRun> evaluate_tables(const std::vector<LabelledText>& train,
                                 const std::vector<LabelledText>& test, const TableRunOptions& options,
                                 const std::function<void(double)>& progress) {
  const Corpus corpus = corpus_of(train, options.language);
  const bool trainable = std::any_of(corpus.intents.begin(), corpus.intents.end(),
                                     [](const Intent& intent) { return intent.name != kNoneIntent; });
  if (!trainable) return Error{ErrorCode::kInvalid, "the training table has no text with an intent"};
  if (test.empty()) return Error{ErrorCode::kInvalid, "the test table has no text"};
  const auto begin = std::chrono::steady_clock::now();
  ClassifierModel model = train_classifier(corpus, options.training, progress);
  TableRun run;
  run.training_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  run.configuration = options.training.kind == ModelKind::kFast ? "fast" : "thorough";
  run.training_texts = train.size();
  run.intents = model.intents.size();
  run.model_bytes = model_bytes(model, "").size();
  run.unknown_intents = unknown_intents(model.intents, test);
  const Classifier classifier(std::move(model));
  run.measures = measure(predict(classifier, test), options.accept);
  run.query = time_queries(classifier, test);
  return run;
}

nlohmann::json to_json(const TableRun& run) {
  nlohmann::json json = to_json(run.measures);
  json["configuration"] = run.configuration;
  json["training_texts"] = run.training_texts;
  json["training_intents"] = run.intents;
  json["training_seconds"] = run.training_seconds;
  json["microseconds_per_query"] = run.query.median;
  json["query_microseconds"] = {{"median", run.query.median}, {"p99", run.query.p99}};
  json["model_bytes"] = run.model_bytes;
  json["unknown_intents"] = run.unknown_intents;
  return json;
}

std::string to_text(const TableRun& run) {
  const Measures& measures = run.measures;
  std::ostringstream out;
  line(out, "configuration", run.configuration);
  line(out, "trained on",
       std::to_string(run.training_texts) + " texts, " + std::to_string(run.intents) + " intents");
  line(out, "tested on",
       std::to_string(measures.in_scope_count) + " texts in scope, " +
           std::to_string(measures.out_of_scope_count) + " out of it");
  line(out, "accuracy (in scope)", with_digits(measures.accuracy, 4));
  line(out, "macro-F1", with_digits(measures.macro_f1, 4));
  line(out, "ECE (15 bins)", with_digits(measures.ece, 4));
  line(out, "accepted right / wrong",
       with_digits(measures.acceptance.right, 3) + " / " + with_digits(measures.acceptance.wrong, 3) +
           " of the texts in scope, at " + with_digits(measures.acceptance.threshold, 2));
  if (measures.oos_auroc) line(out, "oos AUROC", with_digits(*measures.oos_auroc, 4));
  if (measures.oos_recall)
    line(out, "oos recall", with_digits(*measures.oos_recall, 3) + " at the same threshold");
  for (const ScopePoint& point : measures.scope_points)
    line(out, "accuracy at oos recall",
         with_digits(point.oos_recall, 1) + ": " + with_digits(point.accuracy, 3));
  line(out, "training", with_digits(run.training_seconds, 2) + " s");
  line(out, "query",
       with_digits(run.query.median, 1) + " µs median, " + with_digits(run.query.p99, 1) + " µs p99");
  line(out, "model", std::to_string(run.model_bytes) + " bytes");
  return out.str();
}

}  // namespace parley::intents
