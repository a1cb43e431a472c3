#include "intents/tree/tree_text.h"

#include <array>
#include <cstdio>
#include <numeric>

namespace parley::intents {
namespace {

std::uint64_t rows_of(const DecisionNode& node) {
  return std::accumulate(node.counts.begin(), node.counts.end(), std::uint64_t{0});
}

/// "network (8 rows)"; "network (7 of 8 rows)" when not all of them were decided so.
std::string decision_text(const DecisionTree& tree, const DecisionNode& node) {
  const std::size_t outcome = tree.outcome_of(node);
  const std::uint64_t rows = rows_of(node), agree = node.counts[outcome];
  std::string text = tree.outcomes()[outcome] + " (";
  if (agree != rows) text += std::to_string(agree) + " of ";
  return text + std::to_string(rows) + (rows == 1 ? " row)" : " rows)");
}

class RulePrinter {
 public:
  explicit RulePrinter(const DecisionTree& tree) : tree_(tree) {}

  std::string print() {
    const DecisionNode& root = tree_.nodes().front();
    if (root.is_leaf()) return "always -> " + decision_text(tree_, root) + "\n";
    question(root, 0);
    return std::move(text_);
  }

 private:
  void question(const DecisionNode& node, std::size_t depth) {
    line("if " + tree_.question_of(node), node.yes, depth);
    line("else", node.no, depth);
  }

  void line(const std::string& text, std::uint32_t next, std::size_t depth) {
    const DecisionNode& node = tree_.nodes()[next];
    text_ += std::string(depth * 2, ' ') + text;
    if (node.is_leaf()) text_ += " -> " + decision_text(tree_, node);
    text_ += '\n';
    if (!node.is_leaf()) question(node, depth + 1);
  }

  const DecisionTree& tree_;
  std::string text_;
};

std::string escaped(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    if (c == '\n')
      result += "\\n";
    else if (static_cast<unsigned char>(c) >= ' ')
      result += c;
  }
  return result;
}

std::string box_text(const DecisionTree& tree, const DecisionNode& node) {
  std::string text;
  if (!node.is_leaf()) text += escaped(tree.question_of(node)) + "\\n";
  std::array<char, 32> impurity{};
  std::snprintf(impurity.data(), impurity.size(), "%.3f", node.impurity);
  text += std::string("impurity ") + impurity.data() + "\\n";
  return text + escaped(decision_text(tree, node));
}

}  // namespace

std::string to_rules(const DecisionTree& tree) {
  return RulePrinter(tree).print();
}

std::string to_graphviz(const DecisionTree& tree) {
  std::string text = "digraph tree {\n  graph [label=\"" + escaped(tree.target()) +
                     "\", labelloc=t, fontname=Helvetica]\n"
                     "  node [shape=box, style=rounded, fontname=Helvetica]\n  edge [fontname=Helvetica]\n";
  const auto edge = [&](std::size_t from, std::uint32_t to, const char* answer) {
    text += "  " + std::to_string(from) + " -> " + std::to_string(to) + " [label=" + answer + "]\n";
  };
  for (std::size_t i = 0; i < tree.nodes().size(); ++i) {
    const DecisionNode& node = tree.nodes()[i];
    text += "  " + std::to_string(i) + " [label=\"" + box_text(tree, node) + "\"" +
            (node.is_leaf() ? ", style=\"rounded,filled\", fillcolor=\"#eef3f8\"" : "") + "]\n";
    if (node.is_leaf()) continue;
    edge(i, node.yes, "yes");
    edge(i, node.no, "no");
  }
  return text + "}\n";
}

}  // namespace parley::intents
