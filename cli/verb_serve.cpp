// The server: settings -> bots -> ledger -> engine -> sockets, then signals until it ends.
//
// SIGTERM and SIGINT drain: no new work, what was taken is finished and stored, sockets close with 1001.
// SIGHUP reads the bots again and swaps them in whole; when a file has a mistake the old ones go on serving
// and the log names the lines. SIGCHLD: a thorough training in the background has ended
// (thorough_training.h), or the measuring of a bot's level (maturity/maturity_watch.h), by which channels
// open and close.

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sys/stat.h>

#include "cli/load_bot.h"
#include "cli/maturity/channel_phases.h"
#include "cli/maturity/model_file.h"
#include "cli/serving.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "cli/thorough_training.h"
#include "cli/unset_secrets.h"
#include "cli/verbs.h"
#include "config/settings.h"
#include "connectors/log.h"
#include "engine/clock.h"

namespace parley::cli {
namespace {

struct Options {
  std::string settings = "parley.yaml";
  int port = -1;
  std::string data;
  bool demo = false;
};

std::filesystem::path model_folder(const config::Settings& settings) {
  return settings.data_folder / "models";
}

// The files of all bots; empty, after printing what is wrong, when any has an error.
std::vector<BotFiles> read_bots(const config::Settings& settings) {
  config::Findings findings;
  std::vector<BotFiles> bots;
  for (const auto& [name, folder] : settings.bots)
    bots.push_back(read_bot(folder, findings));
  findings.sort();
  if (!findings.all().empty()) print_findings(findings, std::cerr);
  if (findings.has_errors() || lacks_secrets(bots, ": set it where the server is started")) bots.clear();
  return bots;
}

// `bots` in the order of the settings. Empty, after printing what is wrong, when any bot can't be made.
Channels make_channels(const config::Settings& settings, const std::vector<BotFiles>& bots) {
  std::map<std::string, BotPtr> by_name;
  Channels channels;
  if (bots.empty()) return channels;
  std::size_t next = 0;
  for (const auto& [name, folder] : settings.bots) {
    auto bot = make_bot(bots[next++], model_folder(settings));
    if (!bot) {
      failed(bot.error().message);
      return {};
    }
    by_name[name] = *bot;
  }
  for (const auto& [name, channel] : settings.channels)
    channels[name] = by_name.at(channel.bot);
  return channels;
}

// The bots while they are served: signals change them, and so does what is measured of them.
class ServedBots {
 public:
  ServedBots(const config::Settings& settings, std::vector<BotFiles> bots, config::MaturityModel model,
             Serving& serving)
      : settings_(settings),
        bots_(std::move(bots)),
        model_(std::move(model)),
        serving_(serving),
        training_(model_folder(settings)),
        watch_(settings, model_.name, clock_),
        phases_(settings, watch_, clock_) {
    watch_.serve(bots_);
  }

  // What the channels offer by what was measured before.
  Offers offers() {
    Offers offers;
    for (const auto& [channel, place] : phases_.look())
      offers[channel] = {place, standing_of(place, model_)};
    return offers;
  }

  void start_background() {
    show_levels();
    phases_.tell();
    if (settings_.thorough) training_.start(bots_);
    watch_.begin_due();
  }

  void reload() {
    std::vector<BotFiles> bots = read_bots(settings_);
    if (!swap(make_channels(settings_, bots))) {
      connectors::log_warn("reload_refused",
                           {{"reason", "the bots' files have errors; the running version goes on"}});
      return;
    }
    bots_ = std::move(bots);
    if (settings_.thorough) training_.start(bots_);
    watch_.serve(bots_);
    watch_.measure_all();
    take_levels();
  }

  void a_child_ended() {
    take_thorough_model();
    if (watch_.finished()) take_levels();
  }

  void take_levels() {
    show_levels();
    serving_.offer(offers());
    phases_.tell();
    watch_.begin_due();
  }

  std::chrono::milliseconds rest() const { return watch_.rest(); }

 private:
  // The files as they were read: a change that waits for its reload is not taken up here.
  void take_thorough_model() {
    const auto folder = training_.finished();
    if (!folder) return;
    connectors::log_info("thorough_training_done", {{"bot", folder->string()}});
    swap(make_channels(settings_, bots_));
  }

  bool swap(const Channels& channels) {
    if (channels.empty()) return false;
    serving_.swap(channels);
    for (const auto& [channel, bot] : channels)
      connectors::log_info("bot_swapped",
                           {{"channel", channel}, {"bot", bot->manifest.name}, {"version", bot->version}});
    return true;
  }

  void show_levels() {
    for (const auto& [key, folder] : settings_.bots) {
      const MaturityWatch::Watched* bot = watch_.find(key);
      if (bot == nullptr || !bot->last) continue;
      for (const config::Axis axis : config::kAxes)
        serving_.show_level(bot->name, config::name_of(axis),
                            bot->last->row.axis_levels[static_cast<std::size_t>(axis)]);
    }
  }

  const config::Settings& settings_;
  std::vector<BotFiles> bots_;
  const config::MaturityModel model_;
  Serving& serving_;
  const SystemClock clock_;
  ThoroughTraining training_;
  MaturityWatch watch_;
  ChannelPhases phases_;
};

// The next signal; 0 when none has come in this time.
int next_signal(const sigset_t& signals, std::chrono::milliseconds patience) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(patience);
  const timespec span{seconds.count(), std::chrono::nanoseconds(patience - seconds).count()};
  return std::max(0, ::sigtimedwait(&signals, nullptr, &span));
}

void wait_until_ended(const sigset_t& signals, ServedBots& bots) {
  for (;;) {
    const int signal = next_signal(signals, bots.rest());
    if (signal == 0)
      bots.take_levels();
    else if (signal == SIGHUP)
      bots.reload();
    else if (signal == SIGCHLD)
      bots.a_child_ended();
    else
      return;
  }
}

std::optional<config::Settings> settings_of(const Options& options) {
  config::Findings findings;
  config::Settings settings = config::read_settings(options.settings, findings);
  if (!findings.all().empty()) print_findings(findings, std::cerr);
  if (findings.has_errors()) return std::nullopt;
  if (options.port >= 0) settings.port = static_cast<std::uint16_t>(options.port);
  if (!options.data.empty()) settings.data_folder = options.data;
  settings.demo = options.demo;
  return settings;
}

int serve(const Options& options) {
  const auto settings = settings_of(options);
  if (!settings) return kExitFailed;
  auto model = maturity_model_of(settings->maturity.model);
  if (!model) return kExitFailed;
  ::umask(0077);  // what people say is nobody's business but this user's
  connectors::set_up_log(settings->log_level);
  const sigset_t signals = block_signals();
  const auto serving = Serving::open(*settings);
  if (!serving) return failed(serving.error().message);
  std::vector<BotFiles> bots = read_bots(*settings);
  auto channels = make_channels(*settings, bots);
  if (channels.empty()) return kExitFailed;
  ServedBots served(*settings, std::move(bots), std::move(*model), **serving);
  const auto address = (*serving)->listen(std::move(channels), served.offers());
  if (!address) return failed(address.error().message);
  std::cout << "Parley listens on " << *address << std::endl;
  served.start_background();
  wait_until_ended(signals, served);
  return kExitDone;
}

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("serve", "Serve bots over HTTP and WebSocket");
  verb->add_option("--settings", options->settings, "The settings file")
      ->capture_default_str()
      ->check(CLI::ExistingFile);
  verb->add_option("--port", options->port, "Listen here instead; 0 takes any free port")
      ->check(CLI::Range(0, 65535));
  verb->add_option("--data", options->data, "Keep ledger, models and services here instead");
  verb->add_flag("--demo", options->demo, "Hand out tokens for the made-up employees of the settings");
  verb->footer(
      "Example: parley serve --settings config/parley.yaml --demo\n"
      "SIGHUP reads the bots again (or: parley reload); SIGTERM ends without losing anything.");
  verb->callback([options, &exit_code] { exit_code = serve(*options); });
}

}  // namespace parley::cli
