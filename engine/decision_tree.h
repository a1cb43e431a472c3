// A decision tree in use: from the values of named features to one of a few outcomes, by questions with two
// answers each.
//
// Made by intents/tree from a table, asked by flows (`decide:`), so it stands where both may see it.
// Questions: a number is at most a threshold; a text is one category; a value is known at all. A value that
// is not known goes the way that its question names; a text that no row of the table had is none of the
// categories.
//
// Numbers are compared as 32-bit floats, as they were when the tree was made. Nodes are in preorder: the root
// first, then all below its yes, then all below its no; so every walk is short and ends.
//
// Thread rule: immutable; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/result.h"

namespace parley {

enum class FeatureKind {
  kNumber,
  kFlag,  // yes or no; a number to the tree: 1 or 0
  kText,
};

struct DecisionFeature {
  std::string name;
  FeatureKind kind = FeatureKind::kNumber;
  std::vector<std::string> categories = {};  // of a text, those of the table, sorted
  bool may_be_missing = false;               // it was, in some row of the table
};

struct DecisionNode {
  enum class Question { kNone, kAtMost, kIs, kKnown };

  Question question = Question::kNone;  // none: a leaf
  std::uint32_t feature = 0;
  double threshold = 0;         // of kAtMost
  std::uint32_t category = 0;   // of kIs
  bool missing_is_yes = false;  // of kAtMost: where a value that is not known goes
  std::uint32_t yes = 0, no = 0;
  double impurity = 0;
  std::vector<std::uint32_t> counts = {};  // rows of the table that came here, by outcome

  bool is_leaf() const { return question == Question::kNone; }
};

/// Not known; a number or a flag (1 or 0); a text.
using FeatureInput = std::variant<std::monostate, double, std::string_view>;

class DecisionTree {
 public:
  struct Parts {
    std::string target;  // what is decided: the name of the table's column
    std::vector<DecisionFeature> features;
    std::vector<std::string> outcomes;
    std::vector<DecisionNode> nodes;
  };

  /// kInvalid, with the number of the node, for parts that are no tree.
  static Result<DecisionTree> make(Parts parts);

  const std::string& target() const { return parts_.target; }
  const std::vector<DecisionFeature>& features() const { return parts_.features; }
  const std::vector<std::string>& outcomes() const { return parts_.outcomes; }
  const std::vector<DecisionNode>& nodes() const { return parts_.nodes; }

  /// The leaf that `inputs`, one for each feature, lead to.
  const DecisionNode& leaf_of(std::span<const FeatureInput> inputs) const;
  /// The way there, one answer each: "topic is vpn", "not hour <= 17.5".
  std::vector<std::string> reasons_of(std::span<const FeatureInput> inputs) const;
  /// "topic is vpn", "hour <= 17.5", "urgent is no", "hour is known"; with "or not known" where that takes
  /// the same way and the table had such rows. Not for a leaf.
  std::string question_of(const DecisionNode& node) const;

  /// What most rows that came to a node had: the first of `outcomes` where several had as many.
  std::size_t outcome_of(const DecisionNode& node) const;
  const std::string& decide(std::span<const FeatureInput> inputs) const {
    return outcomes()[outcome_of(leaf_of(inputs))];
  }

 private:
  explicit DecisionTree(Parts parts) : parts_(std::move(parts)) {}
  bool passes(const DecisionNode& node, const FeatureInput& input) const;

  Parts parts_;
};

/// Questions from the root to a leaf.
inline constexpr std::size_t kTreeDepthMax = 100;

}  // namespace parley
