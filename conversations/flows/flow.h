// A compiled flow: what the loader makes of flows/*.yaml, and what the dialogue walks.
//
// Branches are flattened: a flow is a vector of steps, each naming the index of the step that follows it, so
// that a position is one number and walking needs no stack. kFlowEnd stands for "after the last step". All
// names have been resolved and all expressions type-checked: a Program cannot fail to find something at run
// time.
//
//     - call: hr.book            0  call, failed -> 1, next -> 3
//       failed:
//         - say: It failed.      1  say, next -> 2
//                                2  end "failed", implied: the author need not write it
//     - say: Done.               3  say, next -> kFlowEnd
//
//
// Immutable after load; shared by all shards.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conversations/cel/declarations.h"
#include "conversations/cel/expression.h"
#include "conversations/messages/template.h"
#include "engine/decision_tree.h"

namespace parley::conversations {

using StepIndex = int;
inline constexpr StepIndex kFlowEnd = -1;

using ExpressionPtr = std::shared_ptr<const cel::Expression>;
/// Variants of one text, each in all languages of the bot. Never empty where a text is required.
using Text = std::vector<MessageTemplate>;

struct Button {
  MessageTemplate title;
  std::string value;   // what the person is taken to have said; empty: the title
  std::string url;     // opens a page instead
  std::string intent;  // or starts this intent, whatever the words mean
};

struct Image {
  std::string url;
  std::optional<MessageTemplate> alt;
};

/// A string inside an Adaptive Card that holds a message, by its JSON pointer.
struct CardText {
  nlohmann::json::json_pointer at;
  MessageTemplate text;
};

struct Card {
  std::optional<MessageTemplate> title, text;  // a hero card
  std::optional<Image> image;
  std::vector<Button> buttons;
  nlohmann::json adaptive;  // or an Adaptive Card (null: hero)
  std::vector<CardText> adaptive_texts;
  std::vector<std::string> into;  // wait for its submit and fill these slots
};

struct Option {
  MessageTemplate title;
  nlohmann::json value;
};

struct Say {
  Text text;  // may be empty where there is a card or an image
  std::vector<Button> buttons;
  std::optional<Card> card;
  std::optional<Image> image;
};
struct Collect {
  std::vector<std::string> slots;
};
struct Choose {
  std::string slot;
  Text ask;
  std::vector<Option> options;                 // a fixed list, or
  ExpressionPtr from, item_title, item_value;  // a computed one: list, then over `item`
};
struct Confirm {
  Text ask;
  StepIndex no = kFlowEnd;  // always a step: the author's, or an implied `end: declined`
};
struct Assignment {
  std::string slot;
  ExpressionPtr value;
};
struct Set {
  std::vector<Assignment> assignments;
};
struct If {
  ExpressionPtr condition;
  StepIndex then = kFlowEnd, otherwise = kFlowEnd;
};
struct Switch {
  ExpressionPtr subject;
  std::vector<std::pair<nlohmann::json, StepIndex>> cases;
  StepIndex otherwise = kFlowEnd;
};
/// Every outcome of the tree has its case: the author's, the default or the step that follows.
struct Decide {
  std::string decision;
  std::shared_ptr<const DecisionTree> tree;
  std::vector<ExpressionPtr> features;  // by feature of the tree
  std::string into;                     // may be empty
  std::vector<nlohmann::json> values;   // by outcome: what the slot becomes
  std::vector<StepIndex> cases;         // by outcome; behind them what the author wrote for others
};
struct Call {
  std::string service, operation;
  std::vector<Assignment> arguments;
  std::string as;               // may be empty
  StepIndex failed = kFlowEnd;  // always a step: the author's, or an implied `end: failed`
};
struct Run {
  std::string flow;
  std::vector<Assignment> arguments;
  std::string as;  // may be empty
};
struct Go {};  // `next` says where
struct Handoff {
  std::string reason;
};
struct End {
  std::string reason;  // "completed" when the author gave none
};

using Action =
    std::variant<Say, Collect, Choose, Confirm, Set, If, Switch, Decide, Call, Run, Go, Handoff, End>;

struct Step {
  std::string id;  // stable while the step keeps its place: "3", "3.then.0", "4.failed.1", or its name
  int line = 0;    // in the flow's file, for coverage
  Action action;
  StepIndex next = kFlowEnd;
  bool implied = false;  // put in by the loader (an `end` behind a branch): not counted in coverage
  bool digress = true;   // whether another intent may take over from its question
  bool returns = true;   // whether the person is asked to come back to its question then
};

/// How a slot's values look: `type` is a built-in name or an entity of the vocabulary.
struct Slot {
  std::string name;
  std::string type;
  std::optional<MessageTemplate> title;  // as people name it: "last day"
  Text ask;
  ExpressionPtr check;  // may be null
  Text otherwise;       // no variants: the first time the first, then the next, then the last; may be empty
  bool optional = false;
  bool keep = false;
  std::vector<std::string> depends;  // a correction of one of these empties this one: it is asked again
  std::vector<Option> options;
};

struct Flow {
  std::string name;
  std::string path;  // file it stands in
  int line = 0;
  std::optional<MessageTemplate> title;
  std::vector<std::string> when;  // intents that start it
  int level = 1;
  std::vector<std::string> roles, channels;  // empty: everyone, everywhere
  bool digress = true;                       // as Step::digress, for all of its questions
  bool returns = true;
  bool built_in = false;                              // a pattern that the bot does not replace
  std::map<std::string, std::string> params, result;  // name -> type; results are slots of this flow
  std::map<std::string, Slot> slots;
  /// Every name that this flow's expressions may read, with its type: slots, params, results of calls and
  /// sub-flows, user {id, name, roles}, channel, language, now, today. `cel::Bindings::set_all(json, scope)`
  /// restores their values.
  cel::Declarations scope;
  std::vector<Step> steps;

  StepIndex find_step(const std::string& id) const;  // kFlowEnd: none
};

/// All flows of a bot, its own and the built-in patterns that it does not replace.
struct Program {
  std::map<std::string, Flow> flows;
  /// Intent -> the flows it starts. More than one only where their channels or roles keep them apart: the
  /// first that the person may use is taken.
  std::map<std::string, std::vector<std::string>> flows_of_intent;
  std::map<std::string, MessageTemplate> intent_titles;
  std::vector<std::string> languages;  // the first is the source language
  std::string timezone;                // IANA name
  double accept = 0.5, margin = 0.15;
  int level = 5;  // of the bot (bot.yaml): a flow above it does not start
};

using ProgramPtr = std::shared_ptr<const Program>;

}  // namespace parley::conversations
