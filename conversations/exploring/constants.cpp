#include "conversations/exploring/constants.h"

#include <algorithm>

#include "conversations/cel/lexer.h"
#include "conversations/flows/texts.h"

namespace parley::conversations {

namespace {

using Visit = std::function<void(const cel::Expression&)>;

void visit_one(const ExpressionPtr& expression, const Visit& visit) {
  if (expression) visit(*expression);
}

/// Expressions of a step that decide where it goes.
struct DecidingOfStep {
  const Visit& visit;

  void operator()(const Say&) const {}
  void operator()(const Collect&) const {}
  void operator()(const Choose& action) const { visit_one(action.from, visit); }
  void operator()(const Confirm&) const {}
  void operator()(const Set&) const {}
  void operator()(const If& action) const { visit_one(action.condition, visit); }
  void operator()(const Switch& action) const { visit_one(action.subject, visit); }
  void operator()(const Decide& action) const {
    for (const ExpressionPtr& feature : action.features)
      visit_one(feature, visit);
  }
  void operator()(const Call&) const {}
  void operator()(const Search&) const {}
  void operator()(const Run&) const {}
  void operator()(const Wait& action) const {
    visit_one(action.where, visit);
    visit_one(action.until, visit);
  }
  void operator()(const Recover& action) const { visit_one(action.consent, visit); }
  void operator()(const Outcome&) const {}
  void operator()(const Go&) const {}
  void operator()(const Handoff&) const {}
  void operator()(const End&) const {}
};

/// What one expression names and compares with.
struct Mentioned {
  std::set<std::string> names, texts;  // variables and fields; text constants
};

class Collector {
 public:
  explicit Collector(const Program& program) : program_(program) {}

  void add_flow(const Flow& flow) {
    if (!met_.insert(flow.name).second) return;
    each_deciding_expression(flow, [&](const cel::Expression& one) { add_deciding(mentioned_in(one)); });
    for (const Step& step : flow.steps)
      add_step(step);
  }

  /// What is set from something is as good as that: until nothing new is found.
  Constants take() {
    for (bool changed = true; changed;) {
      changed = false;
      for (const auto& [slot, source] : set_from_) {
        if (constants_.deciding.contains(slot)) changed |= constants_.deciding.insert(source).second;
        const std::set<std::string> texts = constants_.texts_of[slot];
        std::set<std::string>& known = constants_.texts_of[source];
        const std::size_t before = known.size();
        known.insert(texts.begin(), texts.end());
        changed |= known.size() > before;
      }
    }
    return std::move(constants_);
  }

 private:
  void add_step(const Step& step) {
    if (const auto* set = std::get_if<Set>(&step.action)) add_assignments(set->assignments);
    if (const auto* branches = std::get_if<Switch>(&step.action)) add_cases(*branches);
    if (const auto* decide = std::get_if<Decide>(&step.action)) add_tree(*decide);
    const auto* run = std::get_if<Run>(&step.action);
    if (!run) return;
    add_assignments(run->arguments);
    const auto called = program_.flows.find(run->flow);
    if (called != program_.flows.end()) add_flow(called->second);
  }

  void add_assignments(const std::vector<Assignment>& assignments) {
    for (const Assignment& one : assignments)
      for (const std::string& name : mentioned_in(*one.value).names)
        set_from_.insert({one.slot, name});
  }

  void add_cases(const Switch& branches) {
    Mentioned mentioned = mentioned_in(*branches.subject);
    for (const auto& [value, target] : branches.cases) {
      if (value.is_string()) mentioned.texts.insert(value.get<std::string>());
      if (value.is_number()) constants_.numbers.insert(value.get<double>());
    }
    add_deciding(mentioned);
  }

  void add_tree(const Decide& decide) {
    const auto& features = decide.tree->features();
    for (std::size_t i = 0; i < std::min(features.size(), decide.features.size()); ++i) {
      Mentioned mentioned = mentioned_in(*decide.features[i]);
      mentioned.texts.insert(features[i].categories.begin(), features[i].categories.end());
      add_deciding(mentioned);
    }
    for (const DecisionNode& node : decide.tree->nodes())
      if (node.question == DecisionNode::Question::kAtMost) constants_.numbers.insert(node.threshold);
  }

  void add_deciding(const Mentioned& mentioned) {
    constants_.texts.insert(mentioned.texts.begin(), mentioned.texts.end());
    for (const std::string& name : mentioned.names) {
      constants_.deciding.insert(name);
      constants_.texts_of[name].insert(mentioned.texts.begin(), mentioned.texts.end());
    }
  }

  Mentioned mentioned_in(const cel::Expression& expression) {
    Mentioned mentioned;
    std::vector<cel::Problem> none;
    const auto tokens = cel::split_tokens(expression.source(), none);
    if (!tokens) return mentioned;
    for (std::size_t i = 0; i < tokens->size(); ++i)
      add_token(*tokens, i, mentioned);
    for (const std::string& name : expression.variables()) {
      mentioned.names.insert(name);
      constants_.names.insert(name);
      if (name.starts_with("user")) constants_.roles.insert(mentioned.texts.begin(), mentioned.texts.end());
      if (name == "channel") constants_.channels.insert(mentioned.texts.begin(), mentioned.texts.end());
    }
    return mentioned;
  }

  void add_token(const std::vector<cel::Token>& tokens, std::size_t i, Mentioned& mentioned) {
    const cel::Token& token = tokens[i];
    if (token.kind == cel::TokenKind::kName) {
      if (i > 0 && tokens[i - 1].is(".")) mentioned.names.insert(std::string(token.text));
      constants_.weekdays |= token.text == "workdays" || token.text == "getDayOfWeek";
    }
    if (token.kind != cel::TokenKind::kLiteral) return;
    if (token.value.is_number()) constants_.numbers.insert(number_of(token.value));
    if (!token.value.is(cel::Kind::kString)) return;
    const bool pattern = i >= 2 && tokens[i - 1].is("(") && tokens[i - 2].text == "matches";
    (pattern ? constants_.patterns : mentioned.texts).insert(token.value.as_text());
  }

  static double number_of(const cel::Value& value) {
    if (value.is(cel::Kind::kInt)) return static_cast<double>(value.as_int());
    if (value.is(cel::Kind::kUint)) return static_cast<double>(value.as_uint());
    return value.as_double();
  }

  const Program& program_;
  std::set<std::string> met_;
  std::set<std::pair<std::string, std::string>> set_from_;  // a slot, and a name its value comes from
  Constants constants_;
};

}  // namespace

void each_deciding_expression(const Flow& flow, const Visit& visit) {
  for (const auto& [name, slot] : flow.slots)
    visit_one(slot.check, visit);
  for (const Step& step : flow.steps)
    std::visit(DecidingOfStep{visit}, step.action);
  each_text(flow, [&](const Text& text, StepIndex) {
    for (const Variant& variant : text)
      visit_one(variant.condition, visit);
  });
}

Constants constants_of(const Program& program, const Flow& flow) {
  Collector collector(program);
  collector.add_flow(flow);
  return collector.take();
}

}  // namespace parley::conversations
