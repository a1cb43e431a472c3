// Compiles one flow's slots and steps: reads each step by its verb and lays branches out flat (flow.h).
//
// Where a step goes on is often not yet known while it is read, so targets are labels until the flow is
// complete: negative numbers below kFlowEnd, replaced by step indexes at the end.
//
// Codes: step, unknown-slot, unknown-flow, unknown-step, unknown-service, unknown-operation,
// unknown-argument, missing-argument, missing-ask, no-error-branch, duplicate-step, choose-shape, too-deep,
// unknown-decision, unknown-case, missing-case, wait-shape, silence, unknown-value, too-many-steps, range,
// recover-shape, unknown-outcome, no-outcome, no-pages and those of FlowReader and cards.h. One thread.
#pragma once

#include "conversations/flows/reader.h"

namespace parley::conversations {

class FlowCompiler {
 public:
  FlowCompiler(FlowSource& source, Loading& loading);

  /// Fills the flow's title, slots and steps. To be called once, when the scopes of all flows are known.
  void compile();

 private:
  using Label = int;
  struct Verb {
    std::string_view name;
    std::vector<std::string_view> keys;  // allowed beside it
    Action (FlowCompiler::*read)(const config::Node& step, Label next);
  };
  struct Jump {
    std::size_t step;
    config::Node name;
  };

  static const std::vector<Verb>& verbs();

  // compiler.cpp: the layout.
  void slot(Slot& slot, const config::Node& node);
  void check_results() const;
  void list(const std::vector<config::Node>& steps, const std::string& prefix, Label after);
  void step(const config::Node& node, const std::string& place, Label next);
  const Verb* verb_of(const config::Node& node) const;
  void name_step(const config::Node& name, std::size_t index);
  StepIndex branch(const config::Node& node, const std::string& prefix, Label after);
  StepIndex ending_branch(const config::Node& node, const std::string& prefix, const std::string& reason);
  Label new_label();
  void place(Label label);
  StepIndex target(Label label);
  void jump_to(Step& from, StepIndex target);
  void resolve_jumps();
  void resolve_labels();
  StepIndex resolved(StepIndex index) const;

  // decide_step.cpp: asking a decision tree.
  Action decide(const config::Node& step, Label next);
  std::shared_ptr<const DecisionTree> tree_named(const config::Node& node, const std::string& name) const;
  void give_features(const config::Node& step, Decide& decide);
  std::string slot_decided(const config::Node& node, Decide& decide);
  void decide_cases(const config::Node& step, const std::string& id, Label next, Decide& decide);

  // wait_step.cpp: waiting for a time, an event, or an answer that does not come.
  Action wait(const config::Node& step, Label next);
  std::string event_name(const config::Node& node) const;
  void wait_time(const config::Node& node, Wait& wait);
  void wait_condition(const config::Node& node, Wait& wait);
  Silence silence(const config::Node& node) const;

  // recover_step.cpp: recovery cases.
  Action recover(const config::Node& step, Label next);
  Action outcome(const config::Node& step, Label next);
  void check_recovery() const;

  // steps.cpp: one function a verb.
  Action say(const config::Node& step, Label next);
  Action collect(const config::Node& step, Label next);
  Action choose(const config::Node& step, Label next);
  Action confirm(const config::Node& step, Label next);
  Action set(const config::Node& step, Label next);
  Action if_else(const config::Node& step, Label next);
  Action switch_cases(const config::Node& step, Label next);
  Action call(const config::Node& step, Label next);
  Action search(const config::Node& step, Label next);
  Action run(const config::Node& step, Label next);
  Action go(const config::Node& step, Label next);
  Action handoff(const config::Node& step, Label next);
  Action end(const config::Node& step, Label next);
  std::optional<MessageTemplate> item_title(const config::Node& title, const FlowReader& reader) const;
  void computed_choice(const config::Node& step, Choose& choose);
  void card_slots(const config::Node& card_node, Card& card);
  const Slot* slot_named(const config::Node& name) const;
  const cel::Type* settable(const config::Node& name, const std::string& text) const;
  const ServiceOperation* operation_named(const config::Node& call, Call& action) const;
  void read_arguments(const config::Node& step, const ServiceOperation& operation, Call& call);
  std::vector<Assignment> arguments(const config::Node& step, const config::Node& verb,
                                    const std::map<std::string, std::string>& wanted,
                                    const std::string& receiver);

  FlowSource& source_;
  Flow& flow_;
  Loading& loading_;
  FlowReader reader_;
  std::vector<StepIndex> labels_;  // where each label stands; kUnplaced until then
  std::vector<bool> used_;         // whether something goes there
  std::map<std::string, StepIndex> names_;
  std::vector<Jump> jumps_;
  std::string id_;  // of the step being read: the prefix of its branches
  std::size_t depth_ = 0;
  bool too_many_ = false;
  int guard_ = 0;  // the level of the step in whose branch this is
};

}  // namespace parley::conversations
