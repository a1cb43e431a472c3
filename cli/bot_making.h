// Makes bots of files in the background, the newest files first: what `parley dev` does with each good save.
//
// Files that are given while others are being made wait; files that are newer take their place. So a burst of
// saves ends with the last one served, and a text changed during a training is served right behind it.
//
// Thread rule: take from one thread; `made` and `training` run on a thread of this. The destructor waits for
// what is being made, and forgets what waits.
#pragma once

#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "cli/load_bot.h"

namespace parley::cli {

struct MadeBot {
  Result<BotPtr> bot;
  std::chrono::steady_clock::time_point changed_at;  // as given with the files
  bool trained = false;                              // no model of these sentences was in the cache
};

/// Called with the version before its model is trained.
using Training = std::function<void(const std::string& version)>;

/// One bot, here and now. Models are looked for and kept in `cache`.
MadeBot make_bot_of(const BotFiles& files, const std::filesystem::path& cache, const Training& training,
                    std::chrono::steady_clock::time_point changed_at);

class BotMaking {
 public:
  using Made = std::function<void(const MadeBot&)>;

  /// `made` is called with each bot.
  BotMaking(std::filesystem::path cache, Training training, Made made);
  ~BotMaking();
  BotMaking(const BotMaking&) = delete;
  BotMaking& operator=(const BotMaking&) = delete;

  /// The files must be without errors.
  void take(BotFiles files, std::chrono::steady_clock::time_point changed_at);

 private:
  struct Job {
    BotFiles files;
    std::chrono::steady_clock::time_point changed_at;
  };

  void run();

  const std::filesystem::path cache_;
  const Training training_;
  const Made made_;
  std::mutex mutex_;
  std::condition_variable given_;
  std::optional<Job> waiting_;
  bool ending_ = false;
  std::thread thread_;  // last: it uses all of the above
};

}  // namespace parley::cli
