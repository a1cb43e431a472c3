// A real server for one test: real sockets on a free port, the real engine over a ledger on disk, and a bot
// that answers each message once ("answer 1: hello"). Channels: `helpdesk` (signed) and `webchat`
// (anonymous).
//
// One thread.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "config/settings.h"
#include "connectors/server.h"
#include "engine/engine.h"
#include "engine/storage/store.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley::test {

inline constexpr const char* kEmployeeSecret = "a secret that is known to the tests only";
inline constexpr const char* kShopOrigin = "https://shop.example";
inline constexpr TimePoint kServerStart{std::chrono::milliseconds(1'767'225'600'000)};  // 2026-01-01

class TestServer {
 public:
  using Adjust = std::function<void(config::Settings&)>;

  /// `adjust` changes the settings before the start.
  explicit TestServer(const Adjust& adjust = {});
  ~TestServer();

  std::uint16_t port() const { return port_; }
  std::string origin() const { return "http://127.0.0.1:" + std::to_string(port_); }
  ManualClock& clock() { return clock_; }
  Engine& engine() { return *engine_; }
  const config::Settings& settings() const { return settings_; }
  connectors::Server& server() { return *server_; }
  void stop() { server_->stop(); }
  /// The value of a metric's line that begins with `name`, 0 when there is none.
  double metric(const std::string& name) const;

 private:
  TempFolder folder_;
  ManualClock clock_{kServerStart};
  config::Settings settings_;
  std::unique_ptr<Store> store_;
  std::unique_ptr<Engine> engine_;
  std::unique_ptr<connectors::Server> server_;
  std::uint16_t port_ = 0;
};

}  // namespace parley::test
