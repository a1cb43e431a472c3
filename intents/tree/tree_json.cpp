#include "intents/tree/tree_json.h"

#include <array>

#include "config/yaml.h"

namespace parley::intents {
namespace {

using config::Node;
using Json = nlohmann::ordered_json;
using Question = DecisionNode::Question;

constexpr std::array<std::string_view, 3> kKinds{"number", "flag", "text"};  // by FeatureKind

Json node_json(const DecisionNode& node) {
  Json json = Json::object();
  if (!node.is_leaf()) json["feature"] = node.feature;
  if (node.question == Question::kAtMost) {
    json["at_most"] = node.threshold;
    json["missing_is_yes"] = node.missing_is_yes;
  }
  if (node.question == Question::kIs) json["is"] = node.category;
  if (node.question == Question::kKnown) json["known"] = true;
  if (!node.is_leaf()) {
    json["yes"] = node.yes;
    json["no"] = node.no;
  }
  json["impurity"] = node.impurity;
  json["counts"] = node.counts;
  return json;
}

std::uint32_t count_of(const Node& node) {
  const auto number = node.integer();
  if (number && (*number < 0 || *number > UINT32_MAX)) node.error("range", "a number from 0 is expected");
  return number && *number >= 0 ? static_cast<std::uint32_t>(*number) : 0;
}

std::vector<std::string> texts_of(const Node& node) {
  std::vector<std::string> texts;
  for (const Node& item : node ? node.list() : std::vector<Node>())
    texts.push_back(item.text().value_or(""));
  return texts;
}

DecisionFeature feature_of(const Node& node) {
  node.allow({"name", "kind", "categories", "may_be_missing"});
  DecisionFeature feature;
  feature.name = node.need("name").text().value_or("");
  const std::string kind = node.need("kind").text().value_or("");
  const auto known = std::find(kKinds.begin(), kKinds.end(), kind);
  if (known != kKinds.end())
    feature.kind = static_cast<FeatureKind>(known - kKinds.begin());
  else
    node.get("kind").error("tree", "a feature is number, flag or text");
  feature.categories = texts_of(node.get("categories"));
  feature.may_be_missing = node.get("may_be_missing").flag().value_or(false);
  return feature;
}

DecisionNode node_of(const Node& json) {
  json.allow({"feature", "at_most", "missing_is_yes", "is", "known", "yes", "no", "impurity", "counts"});
  DecisionNode node;
  if (const Node threshold = json.get("at_most")) {
    node.question = Question::kAtMost;
    node.threshold = threshold.number().value_or(0);
    node.missing_is_yes = json.get("missing_is_yes").flag().value_or(false);
  } else if (const Node category = json.get("is")) {
    node.question = Question::kIs;
    node.category = count_of(category);
  } else if (json.get("known")) {
    node.question = Question::kKnown;
  }
  if (!node.is_leaf()) {
    node.feature = count_of(json.need("feature"));
    node.yes = count_of(json.need("yes"));
    node.no = count_of(json.need("no"));
  }
  node.impurity = json.need("impurity").number().value_or(0);
  for (const Node& count : json.need("counts").list())
    node.counts.push_back(count_of(count));
  return node;
}

DecisionTree::Parts parts_of(const Node& root) {
  root.allow({"parley_tree", "target", "outcomes", "features", "nodes"});
  if (const auto format = root.need("parley_tree").integer(); format && *format != kTreeFormat)
    root.get("parley_tree")
        .error("tree",
               "this is a tree of format " + std::to_string(*format) + ", not " + std::to_string(kTreeFormat),
               "make it anew with `parley tree TABLE --json`");
  DecisionTree::Parts parts;
  parts.target = root.need("target").text().value_or("");
  parts.outcomes = texts_of(root.need("outcomes"));
  if (const Node features = root.need("features"))
    for (const Node& feature : features.list())
      parts.features.push_back(feature_of(feature));
  if (const Node nodes = root.need("nodes"))
    for (const Node& node : nodes.list())
      parts.nodes.push_back(node_of(node));
  return parts;
}

}  // namespace

nlohmann::ordered_json to_json(const DecisionTree& tree) {
  Json features = Json::array(), nodes = Json::array();
  for (const DecisionFeature& feature : tree.features()) {
    Json json{{"name", feature.name}, {"kind", kKinds[static_cast<std::size_t>(feature.kind)]}};
    if (!feature.categories.empty()) json["categories"] = feature.categories;
    if (feature.may_be_missing) json["may_be_missing"] = true;
    features.push_back(std::move(json));
  }
  for (const DecisionNode& node : tree.nodes())
    nodes.push_back(node_json(node));
  return {{"parley_tree", kTreeFormat},
          {"target", tree.target()},
          {"outcomes", tree.outcomes()},
          {"features", std::move(features)},
          {"nodes", std::move(nodes)}};
}

std::optional<DecisionTree> read_tree(const std::filesystem::path& path, config::Findings& findings) {
  const std::size_t errors_before = findings.error_count();
  const config::YamlFile file(path, path.string(), findings);
  if (findings.error_count() > errors_before) return std::nullopt;
  if (file.documents().empty() || !file.documents().front().is_map()) {
    findings.add({config::Severity::kError,
                  "tree",
                  path.string(),
                  {},
                  "this file holds no tree",
                  "make one with `parley tree TABLE --json`",
                  ""});
    return std::nullopt;
  }
  const Node root = file.documents().front();
  auto parts = parts_of(root);
  if (findings.error_count() > errors_before) return std::nullopt;
  Result<DecisionTree> tree = DecisionTree::make(std::move(parts));
  if (tree) return std::move(tree).value();
  root.get("nodes").error("tree", tree.error().message, "make it anew with `parley tree TABLE --json`");
  return std::nullopt;
}

}  // namespace parley::intents
