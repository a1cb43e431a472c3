// Measures in the background on which level the served bots stand: those of which a channel opens at a level.
//
// One child process at a time runs `parley maturity BOT` on the ledger that is being served, at once for a
// version of a bot of which no assessment is recorded, and then every so often. What it finds is read from
// maturity.db; what others record there counts as well, from the next look on.
//
// A measuring that fails is reported in the log, with the command that shows why, and tried again when it
// would be due next. Thread rule: one thread, the one that waits for signals; SIGCHLD must be blocked.
#pragma once

#include <chrono>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/child_process.h"
#include "cli/load_bot.h"
#include "cli/maturity/record.h"
#include "config/settings.h"
#include "engine/clock.h"

namespace parley::cli {

class MaturityWatch {
 public:
  /// `model`: the name of the model by which is measured. Settings and clock must outlive the watch.
  MaturityWatch(const config::Settings& settings, std::string model, const Clock& clock);

  /// From now on these are served, in the order of the settings. Reads what is recorded of them; a version of
  /// which nothing is keeps the level of the one before it until it has been measured.
  void serve(const std::vector<BotFiles>& bots);
  /// Measures all of them anew, as soon as the others are done.
  void measure_all();
  /// Begins to measure what is due, if nothing is being measured.
  void begin_due();
  /// After a SIGCHLD: whether a measuring has ended, and levels may have changed.
  bool finished();
  /// How long nothing will be due.
  std::chrono::milliseconds rest() const;

  struct Watched {
    std::string name, version;  // as bot.yaml and the digest of the files have them
    std::filesystem::path folder;
    std::optional<LastAssessment> last;
    TimePoint due{};
  };
  /// By the bot's name in the settings; null: no channel of it opens at a level.
  const Watched* find(const std::string& bot) const;
  /// The command that shows what is measured of the bot.
  std::string command_for(const Watched& bot) const;
  std::filesystem::path ledger() const { return settings_.data_folder / "ledger.db"; }

 private:
  void look_up(Watched& bot) const;
  std::vector<std::string> arguments_for(const Watched& bot) const;

  const config::Settings& settings_;
  const std::string model_;
  const Clock& clock_;
  std::map<std::string, Watched> bots_;
  std::string measured_;  // the bot that is being measured
  ChildProcess child_;
};

}  // namespace parley::cli
