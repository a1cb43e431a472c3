// A decision tree as JSON: what `parley tree --json` writes and a bot's decisions/ may hold.
//
//   {"parley_tree": 1, "target": "desk", "outcomes": ["network", "workplace"],
//    "features": [{"name": "topic", "kind": "text", "categories": ["laptop", "vpn"]},
//                 {"name": "hour", "kind": "number", "may_be_missing": true}],
//    "nodes": [{"feature": 1, "at_most": 17.5, "missing_is_yes": false, "yes": 1, "no": 2, "impurity": 0.5,
//               "counts": [5, 5]},
//              {"impurity": 0, "counts": [5, 0]}, {"impurity": 0, "counts": [0, 5]}]}
//
// A question is `at_most` a number, `is` a category (by its place) or `known`: true. Nodes are in preorder.
//
// Errors: what is wrong is reported to Findings with its line and column (codes of config/yaml.h, and
// `tree`). Pure functions; any thread.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

#include "config/diagnostic.h"
#include "engine/decision_tree.h"

namespace parley::intents {

nlohmann::ordered_json to_json(const DecisionTree& tree);

/// Nullopt when something was reported.
std::optional<DecisionTree> read_tree(const std::filesystem::path& path, config::Findings& findings);

inline constexpr int kTreeFormat = 1;

}  // namespace parley::intents
