// What the parts of the loader share while one bot is loaded: the inputs, the flows under construction with
// their places in the files, the translations.
//
// One thread; lives as long as load_program runs. Every part reports to `findings` and goes on.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "config/bot_manifest.h"
#include "config/yaml.h"
#include "conversations/flows/bot_outline.h"
#include "conversations/flows/flow.h"
#include "conversations/messages/translations.h"
#include "engine/service_catalog.h"

namespace parley::conversations {

/// One reading of a variable by an expression.
struct Read {
  std::string name;
  config::Node node;           // the scalar in which the expression stands
  std::size_t offset = 0;      // of the name in it
  bool tested = false;         // compared with null right there: it may be unset
  bool unset_is_fine = false;  // in the condition of a text, which then does not hold
};

struct StepNotes {
  config::Node node;
  std::vector<Read> reads;
};

struct SlotNotes {
  config::Node name;
  std::vector<Read> texts, check;  // read while asking, and when the slot is filled
};

/// A flow and where it came from.
struct FlowSource {
  config::Node node;
  Flow flow;
  std::deque<StepNotes> steps;  // as flow.steps
  std::map<std::string, SlotNotes> slots;
  std::vector<std::pair<config::Node, ExpressionPtr>> text_conditions;  // of variants of its texts
  std::set<std::string> called;                                         // flows that it runs
};

/// A language's translations: the bot's own first, then the built-in ones.
struct LanguageTranslations {
  std::string language;
  bool own_missing = false;  // no file of the bot's own: said once, not for each text
  std::vector<Catalogue> catalogues;
};

struct Loading {
  const config::BotManifest& manifest;
  const BotOutline& outline;
  const ServiceCatalog& services;
  config::Findings& findings;
  std::deque<config::YamlFile> files;  // nodes refer to them
  std::map<std::string, FlowSource> flows;
  std::map<std::string, std::map<std::string, std::string>>
      replaced_params;  // of built-in flows that the bot replaces
  std::vector<LanguageTranslations> translations;
  bool incomplete = false;                // a flow could not be read: what seems unused may not be
  bool unknown_intent = false;            // a `when` is misspelt: the intent it means only seems unanswered
  std::set<const Translation*> used;      // translations that some text asked for
  std::set<const Translation*> reported;  // found wrong: said once

  const std::string& source_language() const { return manifest.languages.front(); }
  std::vector<std::string> flow_names() const {
    std::vector<std::string> names;
    for (const auto& [name, source] : flows)
      names.push_back(name);
    return names;
  }
};

/// A finding about a name of another folder's file, with the line it stands in.
config::Finding finding_at(const Place& place, config::Severity severity, std::string code,
                           std::string message, std::string hint);

}  // namespace parley::conversations
