#include "cli/serving.h"

#include <filesystem>
#include <optional>

#include "cli/pid_file.h"
#include "connectors/server.h"
#include "engine/clock.h"
#include "engine/engine.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

std::map<std::string, StandingPtr> standings_of(const Offers& offers) {
  std::map<std::string, StandingPtr> standings;
  for (const auto& [channel, offer] : offers)
    standings[channel] = offer.standing;
  return standings;
}

}  // namespace

struct Serving::Parts {
  config::Settings settings;
  SystemClock clock;
  std::unique_ptr<Store> store;
  std::optional<Engine> engine;
  std::optional<connectors::Server> server;
  std::optional<PidFile> pid_file;
};

Serving::Serving(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Serving::~Serving() {
  if (parts_->server) parts_->server->stop();
  if (parts_->engine) parts_->engine->drain();
  parts_->store->close();
}

Result<std::unique_ptr<Serving>> Serving::open(config::Settings settings) {
  std::error_code problem;
  std::filesystem::create_directories(settings.data_folder, problem);
  if (problem)
    return Error{ErrorCode::kUnavailable,
                 settings.data_folder.string() + ": the data folder can't be made: " + problem.message()};
  auto store = open_sqlite_store({settings.data_folder / "ledger.db", ""});
  if (!store) return store.error();
  auto parts = std::make_unique<Parts>();
  parts->settings = std::move(settings);
  parts->store = std::move(*store);
  return std::unique_ptr<Serving>(new Serving(std::move(parts)));
}

Result<std::string> Serving::listen(Channels channels, const Offers& offers) {
  config::Settings& settings = parts_->settings;
  for (const auto& [channel, offer] : offers)
    settings.channels.at(channel).phase = offer.place.phase;
  parts_->engine.emplace(EngineOptions{settings.shards, settings.data_folder, std::move(channels), nullptr},
                         *parts_->store, parts_->clock);
  parts_->engine->set_standings(standings_of(offers));
  parts_->server.emplace(settings, *parts_->engine, parts_->clock);
  const auto port = parts_->server->start();
  if (!port) return port.error();
  offer(offers);
  parts_->pid_file.emplace(settings.data_folder);
  return "http://" + settings.address + ':' + std::to_string(*port);
}

void Serving::swap(Channels channels) {
  parts_->engine->swap_bots(std::move(channels));
}

void Serving::offer(const Offers& offers) {
  parts_->engine->set_standings(standings_of(offers));
  for (const auto& [channel, offer] : offers)
    parts_->server->set_phase(channel, offer.place);
}

void Serving::show_level(const std::string& bot, std::string_view axis, int level) {
  parts_->server->set_level(bot, axis, level);
}

}  // namespace parley::cli
