#include "connectors/server.h"

#include <random>

#include "connectors/http_session.h"
#include "connectors/listener.h"
#include "connectors/log.h"
#include "connectors/public_address.h"
#include "connectors/random.h"

namespace parley::connectors {
namespace {

/// Clients are told to come back spread over this time, so that a restarted server does not meet all of them
/// at once.
constexpr std::chrono::milliseconds kComeBackFrom{500}, kComeBackUntil{5'000};
/// After the drain time-out: for connections that were cut to notice.
constexpr std::chrono::seconds kCutTimeout{5};

std::chrono::milliseconds come_back_after() {
  thread_local std::minstd_rand random{std::random_device{}()};
  std::uniform_int_distribution<long long> spread(kComeBackFrom.count(), kComeBackUntil.count());
  return std::chrono::milliseconds(spread(random));
}

/// Fills in the secrets that the server keeps itself: one for each channel that takes tokens and whose
/// settings name none.
Result<Done> fill_in_secrets(config::Settings& settings) {
  for (auto& [name, channel] : settings.channels) {
    const bool needs_one = channel.takes_tokens() && channel.tokens.secret.empty() &&
                           channel.tokens.algorithm == config::TokenAlgorithm::kHs256;
    if (!needs_one) continue;
    auto secret = secret_in_file(settings.data_folder / (name + ".secret"));
    if (!secret) return secret.error().in("channel " + name);
    channel.tokens.secret = std::move(*secret);
  }
  return Done{};
}

}  // namespace

class Server::Impl {
 public:
  Impl(config::Settings settings, Engine& engine, const Clock& clock)
      : settings_(std::move(settings)), engine_(engine), clock_(clock) {}

  Result<std::uint16_t> start() {
    std::error_code error;
    std::filesystem::create_directories(settings_.data_folder, error);
    auto key = secret_in_file(settings_.data_folder / "server.key");
    if (!key) return key.error();
    if (auto filled = fill_in_secrets(settings_); !filled) return filled.error();
    for (int i = 0; i < settings_.io_threads; ++i)
      loops_.push_back(std::make_shared<Loop>());
    listener_ = std::make_shared<Listener>(loops_);
    auto port = listener_->open(settings_.address, settings_.port);
    if (!port) return port;
    context_ = std::make_shared<ServerContext>(settings_, std::move(*key), engine_, clock_);
    if (auto made = make_receptions(*port); !made) return made.error();
    engine_.watch_ends([context = context_](const std::string& channel, const FlowEnd& end) {
      context->metrics.flow_ended(channel, end.flow, end.reason);
    });
    listener_->start(context_, std::make_shared<Router>(context_));
    for (const auto& loop : loops_)
      loop->start();
    log_info("listening", {{"address", settings_.address}, {"port", std::to_string(*port)}});
    if (settings_.demo) log_warn("demo_mode", {{"note", "anyone may sign in as a demo employee"}});
    return port;
  }

  void set_phase(const std::string& channel, const ChannelPhase& now) {
    const auto door = context_->doors.find(channel);
    if (door == context_->doors.end()) return;
    door->second.set(now.phase);
    context_->metrics.channel_phase(channel, now);
  }

  void set_level(const std::string& bot, std::string_view axis, int level) {
    context_->metrics.maturity_level(bot, axis, level);
  }

  void stop() {
    if (!context_ || context_->draining.exchange(true)) return;
    log_info("draining", {{"connections", std::to_string(context_->connections.total())}});
    listener_->close();
    on_all([](Connection& connection) { connection.go_away(come_back_after()); });
    if (!context_->connections.wait_until_empty(context_->limits.drain_timeout)) {
      log_warn("cutting", {{"connections", std::to_string(context_->connections.total())}});
      on_all([](Connection& connection) { connection.cut(); });
      context_->connections.wait_until_empty(kCutTimeout);
    }
    for (const auto& loop : loops_)
      loop->stop();
    log_info("stopped");
  }

 private:
  Result<Done> make_receptions(std::uint16_t port) {
    const auto origins = own_origins(settings_, port);
    for (const auto& [name, channel] : settings_.channels) {
      const Door& door = context_->doors.try_emplace(name, channel).first->second;
      const ReceptionParts parts{context_->limits, context_->mint, clock_, context_->metrics, door};
      auto reception = Reception::make(name, channel, origins, parts);
      if (!reception) return reception.error();
      context_->receptions.emplace(name, std::move(*reception));
    }
    return Done{};
  }

  void on_all(void (*action)(Connection&)) {
    for (const auto& loop : loops_)
      loop->post([loop = loop.get(), action] { loop->for_each(action); });
  }

  config::Settings settings_;
  Engine& engine_;
  const Clock& clock_;
  std::vector<std::shared_ptr<Loop>> loops_;
  std::shared_ptr<ServerContext> context_;
  std::shared_ptr<Listener> listener_;
};

Server::Server(config::Settings settings, Engine& engine, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(settings), engine, clock)) {}
Server::~Server() {
  stop();
}

Result<std::uint16_t> Server::start() {
  return impl_->start();
}
void Server::set_phase(const std::string& channel, const ChannelPhase& now) {
  impl_->set_phase(channel, now);
}
void Server::set_level(const std::string& bot, std::string_view axis, int level) {
  impl_->set_level(bot, axis, level);
}
void Server::stop() {
  impl_->stop();
}

}  // namespace parley::connectors
