#include "intents/evaluation/measures.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace parley::intents {
namespace {

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : 0;
}

std::vector<IntentMeasures> measure_intents(const std::vector<Prediction>& predictions) {
  std::map<std::string, IntentMeasures> by_name;
  const auto entry = [&](const std::string& name) -> IntentMeasures& {
    IntentMeasures& found = by_name[name];
    found.intent = name;
    return found;
  };
  for (const Prediction& prediction : predictions) {
    if (!prediction.wanted_in_scope()) continue;
    ++entry(prediction.intent).texts;
    if (!prediction.best.empty()) ++entry(prediction.best).predicted;
    if (prediction.right()) ++entry(prediction.intent).right;
  }
  std::vector<IntentMeasures> all;
  for (auto& [name, measures] : by_name)
    all.push_back(std::move(measures));
  return all;
}

double macro_f1(const std::vector<IntentMeasures>& intents) {
  double sum = 0;
  for (const IntentMeasures& intent : intents)
    sum += intent.f1();
  return ratio(sum, static_cast<double>(intents.size()));
}

void fill_bins(const std::vector<Prediction>& predictions, Measures& into) {
  for (const Prediction& prediction : predictions) {
    if (!prediction.wanted_in_scope()) continue;
    CalibrationBin& bin = into.bins[std::min(
        static_cast<std::size_t>(prediction.certainty * kCalibrationBins), kCalibrationBins - 1)];
    ++bin.count;
    bin.mean_certainty += prediction.certainty;
    bin.share_right += prediction.right() ? 1 : 0;
  }
  double error = 0;
  for (CalibrationBin& bin : into.bins) {
    error += std::fabs(bin.mean_certainty - bin.share_right);
    bin.mean_certainty = ratio(bin.mean_certainty, static_cast<double>(bin.count));
    bin.share_right = ratio(bin.share_right, static_cast<double>(bin.count));
  }
  into.ece = ratio(error, static_cast<double>(into.in_scope_count));
}

/// `outside` holds the in_scope of the texts out of scope, in rising order: those below the threshold are
/// found.
ScopePoint scope_point(const std::vector<Prediction>& predictions, const std::vector<double>& outside,
                       double recall) {
  const auto found = static_cast<std::size_t>(std::ceil(recall * static_cast<double>(outside.size())));
  // Texts of the same value fall on one side together: the threshold lies just above the last one to be
  // found.
  ScopePoint point{recall, std::nextafter(outside[found - 1], 2.0), 0};
  double passed = 0, count = 0;
  for (const Prediction& prediction : predictions) {
    if (!prediction.wanted_in_scope()) continue;
    ++count;
    if (prediction.right() && prediction.in_scope >= point.threshold) ++passed;
  }
  point.accuracy = ratio(passed, count);
  return point;
}

void measure_scope(const std::vector<Prediction>& predictions, Measures& into) {
  std::vector<double> inside, outside;
  for (const Prediction& prediction : predictions)
    (prediction.wanted_in_scope() ? inside : outside).push_back(prediction.in_scope);
  into.in_scope_count = inside.size();
  into.out_of_scope_count = outside.size();
  if (outside.empty()) return;
  into.oos_recall = 1 - into.acceptance.out_of_scope;
  if (!inside.empty()) into.oos_auroc = chance_above(inside, outside);
  std::sort(outside.begin(), outside.end());
  for (const double recall : kScopeRecalls)
    into.scope_points.push_back(scope_point(predictions, outside, recall));
}

}  // namespace

double IntentMeasures::precision() const {
  return ratio(static_cast<double>(right), static_cast<double>(predicted));
}

double IntentMeasures::recall() const {
  return ratio(static_cast<double>(right), static_cast<double>(texts));
}

double IntentMeasures::f1() const {
  return ratio(2 * static_cast<double>(right), static_cast<double>(texts + predicted));
}

Measures measure(const std::vector<Prediction>& predictions, double accept) {
  Measures result;
  result.acceptance = acceptance_at(predictions, accept);
  measure_scope(predictions, result);
  const auto right = std::count_if(predictions.begin(), predictions.end(),
                                   [](const Prediction& p) { return p.wanted_in_scope() && p.right(); });
  result.accuracy = ratio(static_cast<double>(right), static_cast<double>(result.in_scope_count));
  result.intents = measure_intents(predictions);
  result.macro_f1 = macro_f1(result.intents);
  fill_bins(predictions, result);
  return result;
}

Acceptance acceptance_at(const std::vector<Prediction>& predictions, double threshold) {
  Acceptance result{.threshold = threshold};
  double inside = 0, outside = 0;
  for (const Prediction& prediction : predictions) {
    const bool accepted = !prediction.best.empty() && prediction.probability() >= threshold;
    ++(prediction.wanted_in_scope() ? inside : outside);
    if (!prediction.wanted_in_scope())
      result.out_of_scope += accepted ? 1 : 0;
    else if (accepted)
      ++(prediction.right() ? result.right : result.wrong);
    else
      result.rejected += prediction.right() ? 1 : 0;
  }
  for (double* share : {&result.right, &result.wrong, &result.rejected})
    *share = ratio(*share, inside);
  result.out_of_scope = ratio(result.out_of_scope, outside);
  return result;
}

double chance_above(const std::vector<double>& high, std::vector<double> low) {
  std::sort(low.begin(), low.end());
  double wins = 0;
  for (const double value : high) {
    const auto [first, last] = std::equal_range(low.begin(), low.end(), value);
    wins += static_cast<double>(first - low.begin()) + static_cast<double>(last - first) / 2;
  }
  return wins / static_cast<double>(high.size()) / static_cast<double>(low.size());
}

}  // namespace parley::intents
