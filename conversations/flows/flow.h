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
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "config/bot_manifest.h"
#include "conversations/cel/declarations.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/step.h"
#include "engine/knowledge.h"
#include "engine/redaction.h"

namespace parley::conversations {

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
  bool is_private = false;           // its values are not written down (engine/redaction.h)
  std::vector<std::string> depends;  // a correction of one of these empties this one: it is asked again
  std::vector<Option> options;
  Silence silence;
};

/// What a channel must offer before a flow is (features.h).
struct Needs {
  int level = 1;
  std::set<std::string> features;
};

struct Flow {
  std::string name;
  std::string path;  // file it stands in
  int line = 0;
  std::optional<MessageTemplate> title;
  std::vector<std::string> when;        // intents that start it
  std::vector<std::string> when_event;  // events from outside that start it
  Silence silence;
  int level = 1;
  Needs needs;
  std::vector<std::string> roles, channels;  // empty: everyone, everywhere
  bool digress = true;                       // as Step::digress, for all of its questions
  bool returns = true;
  bool built_in = false;                              // a pattern that the bot does not replace
  std::map<std::string, std::string> params, result;  // name -> type; results are slots of this flow
  std::map<std::string, Slot> slots;
  /// Every name that this flow's expressions may read, with its type: slots, params, results of calls and
  /// sub-flows, user {id, name, roles}, turn {negative}, channel, language, now, today.
  /// `cel::Bindings::set_all(json, scope)` restores their values.
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
  /// The same for events from outside.
  std::map<std::string, std::vector<std::string>> flows_of_event;
  std::map<std::string, MessageTemplate> intent_titles;
  VocabularyWords words;               // how values of the vocabulary are called
  std::vector<std::string> languages;  // the first is the source language
  std::string timezone;                // IANA name
  double accept = 0.5, margin = 0.15;
  Silence silence;                             // of all questions that say nothing themselves, nor their flow
  std::shared_ptr<const Knowledge> knowledge;  // null: the bot has no pages
  double knowledge_accept = 0.4;
  double negative = 0.7;           // a text at or above this probability tells of a negative experience
  config::QuietHours quiet_hours;  // in which no follow-up of a recovery case is said
  std::shared_ptr<const Redactor> redactor;  // null: nothing is taken out by its look
  std::set<std::string> private_slots;       // that are private in some flow: so they are in all
  std::vector<std::string> plain_channels;   // where texts are said without Markdown's marks
  int level = 5;                             // of the bot (bot.yaml): a flow above it does not start
};

using ProgramPtr = std::shared_ptr<const Program>;

}  // namespace parley::conversations
