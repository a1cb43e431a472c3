// The maturity model: five levels on three axes, what each level unlocks, and the bars a bot must meet to
// stand on it. config/maturity.yaml is the one that ships; a company may write its own.
//
// A bar is a CEL condition over named measures, kept as text here: whoever reads the model says which
// conditions are good (`BarCheck`), for the ground floor knows neither CEL nor the measures.
//
// The axes are those of L. Smiers, "Bot Maturity Model" (Capgemini, 2017); the levels are ours.
//
// Plain values. Every mistake is a finding with its line. Codes: missing-key, type, unknown-key, range, name,
// duplicate-bar, unknown-feature, duplicate-feature, effort, levels, and those of the BarCheck. One thread.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "config/yaml.h"

namespace parley::config {

inline constexpr int kLevelMax = 5;

enum class Axis { kInteraction, kIntelligence, kIntegration };
inline constexpr std::array kAxes{Axis::kInteraction, Axis::kIntelligence, Axis::kIntegration};
std::string_view name_of(Axis axis);

/// What meeting a bar usually takes: the to-do list begins with what is done soonest.
enum class Effort { kMinutes, kHours, kDays, kWeeks };
std::string_view name_of(Effort effort);

/// What a flow may use; a model says from which level on.
struct Feature {
  std::string_view name;
  std::string_view what;
};
inline constexpr std::array kFeatures{
    Feature{"pages", "search the bot's pages"},
    Feature{"questions", "ask for values: collect, choose, confirm"},
    Feature{"lookups", "call a service that only reads"},
    Feature{"changes", "call a service that changes something"},
    Feature{"decisions", "ask a decision tree"},
    Feature{"reminders", "wait for a time or an event, and speak first"},
};

struct Bar {
  std::string name;  // [a-z][a-z0-9-]*, once in a model: waivers call it so
  int level = 1;
  Axis axis = Axis::kInteraction;
  std::string needs;    // CEL over measures, a bool
  std::string because;  // the reason for the bar
  std::string start;    // what to do first: a file or a command; BOT stands for the bot's folder
  Effort effort = Effort::kHours;
};

struct Level {
  std::string name;     // "Guide"
  std::string promise;  // what people may expect of a bot that stands here
  std::vector<std::string> unlocks;
};

struct MaturityModel {
  std::string name;
  std::chrono::milliseconds window{std::chrono::hours(24 * 28)};  // of the ledger that is looked at
  std::size_t least_conversations = 100;  // in the window: below, nothing of the ledger counts as measured
  double confidence = 0.95;               // of every interval
  std::array<Level, kLevelMax> levels;    // level 1 first
  std::vector<Bar> bars;                  // in file order

  /// The level from which on flows may use it; kLevelMax + 1: no level unlocks it.
  int level_of_feature(std::string_view feature) const;
};

/// Reports what is wrong with a condition; `needs` is its node.
using BarCheck = std::function<void(const Node& needs)>;

MaturityModel read_maturity_model(const YamlFile& file, const BarCheck& check);

/// The model that ships, as text.
std::string_view shipped_maturity_model();

}  // namespace parley::config
