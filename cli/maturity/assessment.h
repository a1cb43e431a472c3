// Where a bot stands: each bar of the model against what was measured, the level per axis that follows, and
// what to do for the next.
//
// An axis stands on the highest level all of whose bars, and those of the levels below, are met or waived.
// The bot stands where its lowest axis does; 0 is below level 1. A waiver that has run out no longer counts,
// and makes the assessment fail until it is taken out.
//
// Thread rule: pure functions of their arguments; `today` comes from outside.
#pragma once

#include <array>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "cli/maturity/measure.h"
#include "config/bot_manifest.h"
#include "config/maturity_model.h"

namespace parley::cli {

enum class BarOutcome {
  kMet,
  kMissed,
  kUnmeasured,  // a measure that it needs has no value
  kWaived,      // missed or unmeasured, and let pass for a time
};
std::string_view name_of(BarOutcome outcome);

struct JudgedBar {
  config::Bar bar;
  BarOutcome outcome = BarOutcome::kUnmeasured;
  std::vector<std::string> variables;  // that the condition reads: "ledger.fallback.high"
  std::string why;                     // of an unmeasured one: what is missing
  std::string waiver;                  // of a waived one: "until 2027-01-31, Ann: waits for the new system"
};

struct Assessment {
  std::string bot, folder, version, model;
  std::string ledger;  // that was looked at; may be empty
  std::string date;    // "2026-03-03"
  int aim = 1;         // bot.yaml's level
  std::array<int, config::kAxes.size()> axis_levels{};
  std::array<std::string, config::kLevelMax> level_names;
  std::vector<JudgedBar> bars;          // as the model has them
  std::vector<std::string> expired;     // waivers that have run out, in words
  std::vector<config::Waiver> waivers;  // all of the bot's
  Measures measures{0.95};

  int level() const;  // the lowest of the axes
  int level_of(config::Axis axis) const { return axis_levels[static_cast<std::size_t>(axis)]; }
  /// Bars that keep the bot from the next level, what is done soonest first; empty at the top.
  std::vector<const JudgedBar*> to_do() const;
  /// Bars that are met by none of their own, but let pass.
  std::vector<const JudgedBar*> waived() const;
};

/// A condition over measures. Problems are reported at its node. Code: condition.
void check_bar(const config::Node& needs);

struct AssessedBot {
  const config::BotManifest& manifest;
  std::string version;
  std::string ledger;  // as the person calls it; may be empty
};
Assessment assess(const AssessedBot& bot, const config::MaturityModel& model, Measures measures,
                  const std::string& today);

/// What was measured of all that a bar reads: "ledger.fallback 8.1 % (6.2 to 10.4 % of 812)".
std::string figures_of(const JudgedBar& bar, const Measures& measures);

/// "2 Guide"; "0, below the first level".
std::string level_words(int level, const Assessment& assessment);
/// " (2 bars waived)"; "" where none is.
std::string waived_words(const Assessment& assessment);

/// What the bar's measures are about: "flows/leave.yaml:12: ...", each measure's once.
std::vector<std::string> places_of(const JudgedBar& bar, const Measures& measures);

/// What to begin with, with the bot's folder put in for BOT and the ledger, where there is one, for LEDGER.
std::string start_of(const JudgedBar& bar, const Assessment& assessment);

/// For the terminal: the levels, what was measured against each bar, the to-do list.
std::string to_text(const Assessment& assessment);
/// {"bot","version","model","date","level","aim","axes":{"interaction":{"level","bars":[...]},...},
/// "measures":{name:{"value","low","high","count","missing","places"}},"todo":[...],"waivers":[...],"expired":[...]}
nlohmann::json to_json(const Assessment& assessment);

}  // namespace parley::cli
