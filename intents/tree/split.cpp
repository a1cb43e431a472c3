// Numbers are sorted once a node; a sweep then moves one row after the other from no to yes and asks after
// each distinct value how mixed both sides are. Both formulas are the ones of scikit-learn's _criterion.pyx,
// down to the order of the operations: which of two almost equal questions wins is decided by the last bit.

#include "intents/tree/split.h"

#include <algorithm>
#include <cmath>

namespace parley::intents {
namespace {

using Question = DecisionNode::Question;

/// Values nearer to each other than this count as one.
constexpr float kSameValue = 1e-7F;

double squares(const Counts& counts) {
  double sum = 0;
  for (const std::uint32_t count : counts.of)
    sum += static_cast<double>(count) * static_cast<double>(count);
  return sum;
}

/// Grows as the sides become less mixed; only good for comparing questions about the same rows.
double worth_of(const Counts& yes, const Counts& no, Criterion criterion) {
  const auto yes_rows = static_cast<double>(yes.rows), no_rows = static_cast<double>(no.rows);
  if (criterion == Criterion::kGini) return squares(yes) / yes_rows + squares(no) / no_rows;
  return -no_rows * impurity_of(no, criterion) - yes_rows * impurity_of(yes, criterion);
}

}  // namespace

double impurity_of(const Counts& counts, Criterion criterion) {
  const auto rows = static_cast<double>(counts.rows);
  if (criterion == Criterion::kGini) return 1.0 - squares(counts) / (rows * rows);
  double entropy = 0;
  for (const std::uint32_t count : counts.of) {
    if (count == 0) continue;
    const double share = static_cast<double>(count) / rows;
    entropy -= share * (std::log(share) / std::log(2.0));
  }
  return entropy;
}

SplitSearch::SplitSearch(const DecisionTable& table, const TreeOptions& options)
    : table_(table),
      options_(options),
      missing_(table.outcomes.size()),
      yes_(table.outcomes.size()),
      no_(table.outcomes.size()) {}

std::optional<Split> SplitSearch::best(std::span<const std::uint32_t> rows, const Counts& all) {
  found_ = {};
  for (std::uint32_t feature = 0; feature < table_.columns.size(); ++feature) {
    take_values(table_.columns[feature], rows);
    DecisionNode node;
    node.feature = feature;
    if (table_.columns[feature].feature.kind == FeatureKind::kText)
      look_at_categories(node, all);
    else
      look_at_thresholds(node, all);
    if (missing_.rows > 0) look_at_missing(node, all);
  }
  return found_.node.is_leaf() ? std::nullopt : std::optional(found_);
}

void SplitSearch::take_values(const DecisionTable::Column& column, std::span<const std::uint32_t> rows) {
  values_.clear();
  missing_ = Counts(missing_.of.size());
  for (const std::uint32_t row : rows)
    if (std::isnan(column.values[row]))
      missing_.add(table_.decisions[row]);
    else
      values_.push_back({column.values[row], row});
  std::sort(values_.begin(), values_.end(),
            [](const Value& a, const Value& b) { return a.number < b.number; });
}

void SplitSearch::look_at_thresholds(DecisionNode node, const Counts& all) {
  node.question = Question::kAtMost;
  yes_ = node.missing_is_yes ? missing_ : Counts(all.of.size());
  const std::size_t count = values_.size();
  for (std::size_t i = 0; i + 1 < count; ++i) {
    yes_.add(table_.decisions[values_[i].row]);
    const float lower = values_[i].number, upper = values_[i + 1].number;
    if (upper <= lower + kSameValue) continue;
    node.threshold = static_cast<double>(lower) / 2.0 + static_cast<double>(upper) / 2.0;
    if (missing_.rows == 0) node.missing_is_yes = yes_.rows * 2 >= all.rows;
    offer(node, yes_, all);
  }
}

void SplitSearch::look_at_categories(DecisionNode node, const Counts& all) {
  node.question = Question::kIs;
  for (std::size_t i = 0; i < values_.size();) {
    const float category = values_[i].number;
    yes_ = Counts(all.of.size());
    for (; i < values_.size() && values_[i].number == category; ++i)
      yes_.add(table_.decisions[values_[i].row]);
    node.category = static_cast<std::uint32_t>(category);
    offer(node, yes_, all);
  }
}

void SplitSearch::look_at_missing(DecisionNode node, const Counts& all) {
  if (table_.columns[node.feature].feature.kind != FeatureKind::kText) {
    node.missing_is_yes = true;
    look_at_thresholds(node, all);
    node.missing_is_yes = false;
  }
  node.question = Question::kKnown;
  yes_ = Counts(all.of.size());
  for (const Value& value : values_)
    yes_.add(table_.decisions[value.row]);
  offer(node, yes_, all);
}

void SplitSearch::offer(const DecisionNode& node, const Counts& yes, const Counts& all) {
  const std::size_t no_rows = all.rows - yes.rows;
  if (yes.rows == 0 || no_rows == 0 || std::min(yes.rows, no_rows) < options_.min_samples_leaf) return;
  no_.rows = no_rows;
  for (std::size_t outcome = 0; outcome < all.of.size(); ++outcome)
    no_.of[outcome] = all.of[outcome] - yes.of[outcome];
  const double worth = worth_of(yes, no_, options_.criterion);
  if (worth > found_.worth) found_ = {node, worth};
}

bool takes_yes(const DecisionTable& table, const DecisionNode& node, std::uint32_t row) {
  const DecisionTable::Column& column = table.columns[node.feature];
  if (node.question == Question::kKnown) return !std::isnan(column.values[row]);
  if (std::isnan(column.values[row])) return node.question == Question::kAtMost && node.missing_is_yes;
  const float value = column.values[row];
  if (node.question == Question::kIs) return value == static_cast<float>(node.category);
  return static_cast<double>(value) <= node.threshold;
}

}  // namespace parley::intents
