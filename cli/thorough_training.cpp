#include "cli/thorough_training.h"

#include <algorithm>
#include <sys/wait.h>

#include "connectors/log.h"
#include "intents/understander.h"

namespace parley::cli {

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
  const auto status = child_.ended();
  if (!status) return std::nullopt;
  const std::filesystem::path folder = running_;
  begin_next();
  if (WIFEXITED(*status) && WEXITSTATUS(*status) == 0) return folder;
  connectors::log_warn("thorough_training_failed", {{"bot", folder.string()}});
  return std::nullopt;
}

void ThoroughTraining::stop() {
  waiting_.clear();
  child_.stop();
}

void ThoroughTraining::begin_next() {
  if (waiting_.empty()) return;
  running_ = waiting_.front();
  waiting_.pop_front();
  if (!child_.start({"train", running_.string(), "--thorough", "--cache", cache_.string()},
                    ChildProcess::Output::kShown))
    return connectors::log_warn("thorough_training_failed", {{"bot", running_.string()}});
  connectors::log_info("thorough_training_started", {{"bot", running_.string()}});
}

}  // namespace parley::cli
