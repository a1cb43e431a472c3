#include "cli/thorough_training.h"

#include <algorithm>
#include <csignal>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "connectors/log.h"
#include "intents/understander.h"

namespace parley::cli {
namespace {

constexpr int kLowestPriority = 19;

/// Starts this program with `arguments` and no signal blocked; 0 when that fails.
pid_t start_self(std::vector<std::string> arguments) {
  std::vector<char*> pointers;
  for (std::string& argument : arguments)
    pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  pid_t child = 0;
  if (::posix_spawn(&child, "/proc/self/exe", nullptr, &attributes, pointers.data(), environ) != 0) child = 0;
  posix_spawnattr_destroy(&attributes);
  return child;
}

}  // namespace

void ThoroughTraining::start(const std::vector<BotFiles>& bots) {
  stop();
  for (const BotFiles& files : bots) {
    const auto model = intents::model_path(files.corpus, cache_, intents::ModelKind::kThorough);
    const auto& folder = files.manifest.folder;
    const bool listed = std::find(waiting_.begin(), waiting_.end(), folder) != waiting_.end();
    if (!listed && !std::filesystem::exists(model)) waiting_.push_back(folder);
  }
  begin_next();
}

std::optional<std::filesystem::path> ThoroughTraining::finished() {
  int status = 0;
  if (child_ == 0 || ::waitpid(child_, &status, WNOHANG) != child_) return std::nullopt;
  child_ = 0;
  const std::filesystem::path folder = running_;
  begin_next();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return folder;
  connectors::log_warn("thorough_training_failed", {{"bot", folder.string()}});
  return std::nullopt;
}

void ThoroughTraining::stop() {
  waiting_.clear();
  if (child_ == 0) return;
  ::kill(child_, SIGKILL);
  ::waitpid(child_, nullptr, 0);
  child_ = 0;
}

void ThoroughTraining::begin_next() {
  if (waiting_.empty()) return;
  running_ = waiting_.front();
  waiting_.pop_front();
  child_ = start_self({"parley", "train", running_.string(), "--thorough", "--cache", cache_.string()});
  if (child_ == 0) return connectors::log_warn("thorough_training_failed", {{"bot", running_.string()}});
  ::setpriority(PRIO_PROCESS, static_cast<id_t>(child_), kLowestPriority);
  connectors::log_info("thorough_training_started", {{"bot", running_.string()}});
}

}  // namespace parley::cli
