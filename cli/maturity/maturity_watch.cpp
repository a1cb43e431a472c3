#include "cli/maturity/maturity_watch.h"

#include <algorithm>

#include "connectors/log.h"

namespace parley::cli {

using connectors::log_info;
using connectors::log_warn;

MaturityWatch::MaturityWatch(const config::Settings& settings, std::string model, const Clock& clock)
    : settings_(settings), model_(std::move(model)), clock_(clock) {
  for (const auto& [name, channel] : settings.channels)
    if (channel.opens_at > 0) bots_[channel.bot];
}

void MaturityWatch::serve(const std::vector<BotFiles>& bots) {
  std::size_t next = 0;
  for (const auto& [key, folder] : settings_.bots) {
    const BotFiles& files = bots[next++];
    const auto found = bots_.find(key);
    if (found == bots_.end()) continue;
    Watched& bot = found->second;
    bot.name = files.manifest.name;
    bot.version = files.version;
    bot.folder = folder;
    bot.due = clock_.now();
    look_up(bot);
  }
}

/// Takes over what is recorded of the served version.
void MaturityWatch::look_up(Watched& bot) const {
  const auto record = MaturityRecord::open_beside(ledger());
  const auto last = record ? record->last_assessment(bot.name, bot.version, model_)
                           : Result<std::optional<LastAssessment>>(record.error());
  if (!last) return log_warn("maturity_not_read", {{"bot", bot.name}, {"why", last.error().message}});
  if (!*last) return;
  bot.last = **last;
  bot.due = bot.last->row.at + settings_.maturity.every;
}

void MaturityWatch::measure_all() {
  for (auto& [key, bot] : bots_)
    bot.due = clock_.now();
}

void MaturityWatch::begin_due() {
  if (child_.runs()) return;
  for (auto& [key, bot] : bots_) {
    if (bot.due > clock_.now()) continue;
    bot.due = clock_.now() + settings_.maturity.every;
    measured_ = key;
    if (child_.start(arguments_for(bot), ChildProcess::Output::kHidden))
      return log_info("maturity_measuring", {{"bot", bot.name}, {"version", bot.version.substr(0, 12)}});
    log_warn("maturity_not_measured", {{"bot", bot.name}, {"see", command_for(bot)}});
  }
}

bool MaturityWatch::finished() {
  if (!child_.ended()) return false;
  Watched& bot = bots_.at(measured_);
  const TimePoint before = bot.last ? bot.last->row.at : TimePoint{}, due = bot.due;
  look_up(bot);
  bot.due = std::max(bot.due, due);
  const bool newer = bot.last && bot.last->row.version == bot.version && bot.last->row.at > before;
  if (newer)
    log_info("maturity_measured", {{"bot", bot.name}, {"level", std::to_string(bot.last->row.level())}});
  else
    log_warn("maturity_not_measured",
             {{"bot", bot.name},
              {"note", "it failed, or the files have changed since the bot was loaded"},
              {"see", command_for(bot)}});
  return true;
}

std::chrono::milliseconds MaturityWatch::rest() const {
  std::chrono::milliseconds rest = settings_.maturity.every;
  if (child_.runs()) return rest;  // its end is a signal
  for (const auto& [key, bot] : bots_)
    rest = std::min(rest, std::chrono::milliseconds(bot.due - clock_.now()));
  return std::max(rest, std::chrono::milliseconds(0));
}

const MaturityWatch::Watched* MaturityWatch::find(const std::string& bot) const {
  const auto found = bots_.find(bot);
  return found == bots_.end() ? nullptr : &found->second;
}

std::vector<std::string> MaturityWatch::arguments_for(const Watched& bot) const {
  std::vector<std::string> arguments{"maturity", bot.folder.string(),
                                     "--ledger", ledger().string(),
                                     "--cache",  (settings_.data_folder / "models").string()};
  const std::filesystem::path& model = settings_.maturity.model;
  if (!model.empty()) arguments.insert(arguments.end(), {"--model", model.string()});
  return arguments;
}

std::string MaturityWatch::command_for(const Watched& bot) const {
  std::string command = "parley maturity " + bot.folder.string() + " --ledger " + ledger().string();
  const std::filesystem::path& model = settings_.maturity.model;
  return model.empty() ? command : command + " --model " + model.string();
}

}  // namespace parley::cli
