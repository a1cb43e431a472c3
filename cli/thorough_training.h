// Thorough models for the bots that are being served, trained while they serve.
//
// One child process at a time runs `parley train BOT --thorough` (child_process.h). Its end is a SIGCHLD,
// after which finished() names the bot whose model may be loaded. A bot whose thorough model is stored
// already needs no child.
//
// Errors: a training that fails is reported in the log and not tried again until the next start().
// Thread rule: one thread, the one that waits for signals; SIGCHLD must be blocked.
#pragma once

#include <deque>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/child_process.h"
#include "cli/load_bot.h"

namespace parley::cli {

class ThoroughTraining {
 public:
  /// Models are looked for and stored in `cache`.
  explicit ThoroughTraining(std::filesystem::path cache) : cache_(std::move(cache)) {}
  ~ThoroughTraining() { stop(); }
  ThoroughTraining(const ThoroughTraining&) = delete;
  ThoroughTraining& operator=(const ThoroughTraining&) = delete;

  /// Ends what runs, and trains these bots, one after the other.
  void start(const std::vector<BotFiles>& bots);
  /// After a SIGCHLD: the folder of the bot whose training has succeeded, if one has. Begins the next.
  std::optional<std::filesystem::path> finished();
  void stop();

 private:
  void begin_next();

  std::filesystem::path cache_;
  std::deque<std::filesystem::path> waiting_;  // folders of bots
  std::filesystem::path running_;
  ChildProcess child_;
};

}  // namespace parley::cli
