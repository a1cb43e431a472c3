#include "intents/linear_trainer.h"

#include <algorithm>
#include <unordered_map>

namespace parley::intents {
namespace {

/// Behind the n-grams of a text come the numbers of its mean vector.
Rows rows_of(const std::vector<Example>& examples, const std::vector<std::vector<Occurrence>>& texts,
             const ClassifierModel& model) {
  const FeatureTable table(model.keys);
  Rows rows;
  rows.features = model.features() + model.vectors.dimensions();
  FeatureVector row;
  std::vector<float> meaning;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    weigh_features(texts[i], table, row);
    if (!model.vectors.empty()) mean_of_words(fold(examples[i].text), model.vectors, meaning);
    for (std::size_t k = 0; k < meaning.size(); ++k)
      if (meaning[k] != 0)
        row.values.push_back({static_cast<std::uint32_t>(model.features() + k), meaning[k]});
    rows.add(row.values);
  }
  return rows;
}

/// Two matrices of as many rows side by side.
std::vector<float> side_by_side(const std::vector<float>& left, std::size_t left_columns,
                                const std::vector<float>& right, std::size_t right_columns) {
  if (right_columns == 0) return left;
  std::vector<float> joined;
  joined.reserve(left.size() + right.size());
  for (std::size_t f = 0; f < left.size() / left_columns; ++f) {
    const auto add = [&](const std::vector<float>& from, std::size_t columns) {
      const auto begin = from.begin() + static_cast<std::ptrdiff_t>(f * columns);
      joined.insert(joined.end(), begin, begin + static_cast<std::ptrdiff_t>(columns));
    };
    add(left, left_columns);
    add(right, right_columns);
  }
  return joined;
}

}  // namespace

std::vector<std::vector<Occurrence>> occurrences_of(const std::vector<Example>& examples) {
  std::vector<std::vector<Occurrence>> texts(examples.size());
  for (std::size_t i = 0; i < examples.size(); ++i)
    extract_features(fold(examples[i].text), texts[i]);
  return texts;
}

std::vector<FeatureKey> frequent_keys(const std::vector<std::vector<Occurrence>>& texts,
                                      std::size_t count_min) {
  std::unordered_map<FeatureKey, std::size_t> counts;
  for (const auto& occurrences : texts)
    for (std::size_t i = 0; i < occurrences.size(); ++i)
      if (i == 0 || occurrences[i].key != occurrences[i - 1].key) ++counts[occurrences[i].key];
  std::vector<FeatureKey> keys;
  for (const auto& [key, count] : counts)
    if (count >= count_min) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  return keys;
}

ClassifierModel train_linear(const std::vector<Example>& originals, const std::vector<std::string>& intents,
                             const std::vector<std::string>& languages, const LinearOptions& options,
                             const std::function<void(double)>& progress) {
  const std::vector<Example> examples = with_misspelt_copies(originals, options.typo_copies);
  const auto texts = occurrences_of(examples);
  ClassifierModel model;
  model.intents = intents;
  model.languages = languages;
  model.keys = frequent_keys(texts, options.count_min);
  model.vectors = options.vectors;
  const Rows rows = rows_of(examples, texts, model);
  std::vector<int> intent_columns;
  std::vector<int> language_columns;
  for (const Example& example : examples) {
    const bool none = example.intent == kNoColumn;
    intent_columns.push_back(none ? static_cast<int>(model.none_column()) : example.intent);
    language_columns.push_back(example.language);
  }
  SolverOptions solver;
  solver.threads = options.threads;
  const std::vector<float> costs(rows.size(), 1.0F);
  const std::size_t columns = model.none_column() + 1;
  const auto weights = solve_one_against_rest(rows, intent_columns, columns, costs, solver, progress);
  const std::size_t more = model.columns() - columns;
  std::vector<float> language_weights;
  if (more > 0) language_weights = solve_one_against_rest(rows, language_columns, more, costs, solver);
  model.weights = to_bytes(side_by_side(weights, columns, language_weights, more), model.columns());
  return model;
}

}  // namespace parley::intents
