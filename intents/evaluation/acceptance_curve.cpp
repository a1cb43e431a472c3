#include "intents/evaluation/acceptance_curve.h"

#include <algorithm>
#include <cmath>

namespace parley::intents {
namespace {

AcceptancePoint point_at(const std::vector<Prediction>& predictions, double threshold) {
  AcceptancePoint point{threshold, 0, 0};
  for (const Prediction& prediction : predictions) {
    const bool accepted = !prediction.best.empty() && prediction.probability() >= threshold;
    const bool right = prediction.wanted_in_scope() && prediction.right();
    point.false_accepts += accepted && !right ? 1 : 0;
    point.false_rejects += !accepted && right ? 1 : 0;
  }
  const double all = std::max<double>(1, static_cast<double>(predictions.size()));
  point.false_accepts /= all;
  point.false_rejects /= all;
  return point;
}

}  // namespace

AcceptanceCurve acceptance_curve(const std::vector<Prediction>& predictions, double accept, double cost) {
  AcceptanceCurve curve;
  curve.cost = cost;
  curve.shipped = point_at(predictions, accept);
  const int steps = static_cast<int>(std::lround(1 / kThresholdStep));
  for (int i = 0; i <= steps; ++i)
    curve.points.push_back(point_at(predictions, i * kThresholdStep));
  curve.best = *std::min_element(
      curve.points.begin(), curve.points.end(), [&](const AcceptancePoint& a, const AcceptancePoint& b) {
        return cost * a.false_accepts + a.false_rejects < cost * b.false_accepts + b.false_rejects;
      });
  return curve;
}

}  // namespace parley::intents
