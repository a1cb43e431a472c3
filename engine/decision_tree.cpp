#include "engine/decision_tree.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>

namespace parley {
namespace {

using Question = DecisionNode::Question;

bool is_sound(const DecisionNode& node, std::size_t index, const DecisionTree::Parts& parts) {
  const bool counted =
      std::any_of(node.counts.begin(), node.counts.end(), [](auto count) { return count > 0; });
  if (node.counts.size() != parts.outcomes.size() || !counted || !std::isfinite(node.impurity)) return false;
  if (node.is_leaf()) return true;
  if (node.feature >= parts.features.size() || node.yes != index + 1 || node.no <= node.yes ||
      node.no >= parts.nodes.size())
    return false;
  const DecisionFeature& feature = parts.features[node.feature];
  if (node.question == Question::kIs)
    return feature.kind == FeatureKind::kText && node.category < feature.categories.size();
  return node.question == Question::kKnown ||
         (feature.kind != FeatureKind::kText && std::isfinite(node.threshold));
}

/// Whether the nodes from `begin` to `end` are one tree in preorder. Children stand behind their parent, so
/// looking at the nodes one by one ends.
bool is_preorder(const std::vector<DecisionNode>& nodes) {
  struct Part {
    std::size_t begin, end, depth;
  };
  std::vector<Part> open{{0, nodes.size(), 0}};
  while (!open.empty()) {
    const Part part = open.back();
    open.pop_back();
    if (part.begin >= part.end || part.depth > kTreeDepthMax) return false;
    const DecisionNode& node = nodes[part.begin];
    if (node.is_leaf()) {
      if (part.end != part.begin + 1) return false;
      continue;
    }
    open.push_back({node.yes, node.no, part.depth + 1});
    open.push_back({node.no, part.end, part.depth + 1});
  }
  return true;
}

/// A threshold with no more digits than its precision has: 1.65, though the middle between the floats next to
/// 1.6 and 1.7 is 1.6500000357627869.
std::string number_text(double number) {
  constexpr double kPrecision = 1e-7;  // of a 32-bit float, as a share
  constexpr int kDecimalsMax = 9;
  std::array<char, 64> digits{};
  char* const last = digits.data() + digits.size();
  for (int decimals = 0; decimals <= kDecimalsMax; ++decimals) {
    const auto [end, error] = std::to_chars(digits.data(), last, number, std::chars_format::fixed, decimals);
    double read = 0;
    if (error == std::errc()) std::from_chars(digits.data(), end, read);
    if (error == std::errc() && std::abs(read - number) <= std::abs(number) * kPrecision)
      return {digits.data(), end};
  }
  return {digits.data(), std::to_chars(digits.data(), last, static_cast<float>(number)).ptr};
}

}  // namespace

Result<DecisionTree> DecisionTree::make(Parts parts) {
  for (std::size_t i = 0; i < parts.nodes.size(); ++i)
    if (!is_sound(parts.nodes[i], i, parts))
      return Error{ErrorCode::kInvalid, "node " + std::to_string(i) + " does not fit the rest of the tree"};
  if (!is_preorder(parts.nodes))
    return Error{ErrorCode::kInvalid, "the nodes are not one tree, or it is deeper than " +
                                          std::to_string(kTreeDepthMax) + " questions"};
  return DecisionTree(std::move(parts));
}

const DecisionNode& DecisionTree::leaf_of(std::span<const FeatureInput> inputs) const {
  PARLEY_CHECK(inputs.size() == features().size());
  const DecisionNode* node = &nodes().front();
  while (!node->is_leaf())
    node = &nodes()[passes(*node, inputs[node->feature]) ? node->yes : node->no];
  return *node;
}

bool DecisionTree::passes(const DecisionNode& node, const FeatureInput& input) const {
  if (node.question == Question::kKnown) return input.index() != 0;
  if (node.question == Question::kIs) {
    const auto* text = std::get_if<std::string_view>(&input);
    return text && *text == features()[node.feature].categories[node.category];
  }
  const auto* number = std::get_if<double>(&input);
  if (!number || std::isnan(*number)) return node.missing_is_yes;
  return static_cast<float>(*number) <= node.threshold;
}

std::vector<std::string> DecisionTree::reasons_of(std::span<const FeatureInput> inputs) const {
  std::vector<std::string> reasons;
  for (const DecisionNode* node = &nodes().front(); !node->is_leaf();) {
    const bool yes = passes(*node, inputs[node->feature]);
    reasons.push_back((yes ? "" : "not ") + question_of(*node));
    node = &nodes()[yes ? node->yes : node->no];
  }
  return reasons;
}

std::string DecisionTree::question_of(const DecisionNode& node) const {
  const DecisionFeature& feature = features()[node.feature];
  if (node.question == Question::kKnown) return feature.name + " is known";
  if (node.question == Question::kIs) return feature.name + " is " + feature.categories[node.category];
  const std::string asked = feature.kind == FeatureKind::kFlag
                                ? feature.name + " is no"
                                : feature.name + " <= " + number_text(node.threshold);
  return feature.may_be_missing && node.missing_is_yes ? asked + " or not known" : asked;
}

std::size_t DecisionTree::outcome_of(const DecisionNode& node) const {
  return static_cast<std::size_t>(std::max_element(node.counts.begin(), node.counts.end()) -
                                  node.counts.begin());
}

}  // namespace parley
