// What flows may refer to outside their own folder: the names that the intents and vocabulary files define.
// The command line fills it from the corpus, so that `conversations` need not know `intents`. Plain values.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "config/diagnostic.h"
#include "engine/decision_tree.h"
#include "engine/knowledge.h"
#include "engine/redaction.h"

namespace parley::conversations {

/// Where a name stands, for findings about it. The source line is looked up in the file when it is needed.
struct Place {
  std::string path;
  config::Position position;
};

/// Entity -> value's name -> language -> how people call it there, the usual word first; never empty.
using VocabularyWords =
    std::map<std::string, std::map<std::string, std::map<std::string, std::vector<std::string>>>>;

/// `[monday](date:start)` in an example sentence names the slot `start`.
struct AnnotatedSlot {
  std::string slot;
  Place place;  // of the sentence
};

struct BotOutline {
  std::vector<std::string> intents;
  std::map<std::string, std::string> intent_titles;            // intent -> source text of its title
  std::map<std::string, Place> intent_places;                  // may lack some
  std::vector<AnnotatedSlot> annotated_slots;                  // of all example sentences
  std::map<std::string, std::vector<std::string>> vocabulary;  // entity -> its value names (empty: a pattern)
  VocabularyWords words;                                       // may lack some
  std::map<std::string, std::map<std::string, std::string>> composites;  // entity -> its parts, name -> kind
  std::map<std::string, std::shared_ptr<const DecisionTree>> decisions;  // null: reported already
  std::shared_ptr<const Knowledge> knowledge;                            // null: the bot has no pages
  std::shared_ptr<const Redactor> redactor;                              // null: nothing by its look
};

}  // namespace parley::conversations
