// What a step of a compiled flow does: one plain struct a verb, with its texts and expressions.
//
// Immutable after load; shared by all shards. flow.h says how steps make a flow.
#pragma once

#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "conversations/cel/expression.h"
#include "conversations/messages/template.h"
#include "engine/decision_tree.h"
#include "engine/recovery_case.h"

namespace parley::conversations {

using StepIndex = int;
inline constexpr StepIndex kFlowEnd = -1;

using ExpressionPtr = std::shared_ptr<const cel::Expression>;
/// One way to say something, in all languages of the bot.
struct Variant {
  MessageTemplate message;
  ExpressionPtr condition;  // preferred where it holds, left out where not; null: for everyone
};
/// Variants of one text. Never empty where a text is required, and then one of them at least is for everyone.
using Text = std::vector<Variant>;

/// What happens when a question stays unanswered for a time.
struct SilenceReaction {
  std::chrono::milliseconds after{0};
  Text say;  // empty: pattern_silence speaks
};
/// One reaction after the other; behind the last, and its time once more, the flow ends as `abandoned`.
/// Empty: nothing ever happens. Nullopt: as the flow says, or else the bot.
using Silence = std::optional<std::vector<SilenceReaction>>;

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
  std::vector<Option> options;                // a fixed list, or
  ExpressionPtr from, item_value;             // a computed one: list, then over `item`
  std::optional<MessageTemplate> item_title;  // over `item`; none: the item itself
  Silence silence;
};
struct Confirm {
  Text ask;
  StepIndex no = kFlowEnd;  // always a step: the author's, or an implied `end: declined`
  Silence silence;
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
  Text meanwhile;                    // said before the call is made; may be empty
  std::string as;                    // may be empty
  StepIndex failed = kFlowEnd;       // always a step: the author's, or an implied `end: failed`
  std::vector<std::string> settles;  // what the arguments of a call that changes something are made of
};
/// Passages of the bot's pages about a text: a list of {page, heading, text, link, score}, best first.
struct Search {
  ExpressionPtr text;
  std::string as;
  std::size_t limit = 1;
  double accept = 0;  // passages with a lower score are left out
};
struct Run {
  std::string flow;
  std::vector<Assignment> arguments;
  std::string as;  // may be empty
};
/// The flow waits while the conversation goes on beside it: for a time, or for an event within a time.
struct Wait {
  std::string event;                    // empty: for the time alone
  std::string as;                       // the name of the event's value; may be empty
  ExpressionPtr where;                  // which of these events: over `as`; may be null
  std::chrono::milliseconds length{0};  // the time, or
  ExpressionPtr until;                  // until when: a date or timestamp
  StepIndex timed_out = kFlowEnd;       // of an event: always a step, the author's or an implied `end`
};
/// Opens a recovery case (engine/recovery_case.h), which the flow holds until it ends or says the outcome.
struct Recover {
  std::string happened;           // in a word, for reports: "out_of_stock"
  std::vector<Assignment> about;  // facts, for who looks after the case
  ExpressionPtr by, address;      // where the person wants to be told, and the address there; may be null
  ExpressionPtr consent;          // may the person be told? Null: nobody was asked
  StepIndex refused = kFlowEnd;   // without consent: always a step, the author's or an implied `end`
};
/// How the recovery case that the flow holds has ended.
struct Outcome {
  CaseOutcome outcome = CaseOutcome::kUnknown;
};
struct Go {};  // `next` says where
struct Handoff {
  std::string reason;
};
struct End {
  std::string reason;  // "completed" when the author gave none
};

using Action = std::variant<Say, Collect, Choose, Confirm, Set, If, Switch, Decide, Call, Search, Run, Wait,
                            Recover, Outcome, Go, Handoff, End>;

struct Step {
  std::string id;  // stable while the step keeps its place: "3", "3.then.0", "4.failed.1", or its name
  int line = 0;    // in the flow's file, for coverage
  Action action;
  StepIndex next = kFlowEnd;
  bool implied = false;  // put in by the loader (an `end` behind a branch): not counted in coverage
  bool digress = true;   // whether another intent may take over from its question
  bool returns = true;   // whether the person is asked to come back to its question then
  int level = 0;         // the maturity level it says it needs; 0: it says nothing
  int guard = 0;         // the same, or of the step in whose branch it stands
  std::string feature;   // of the maturity model, that it uses; may be empty
};

}  // namespace parley::conversations
