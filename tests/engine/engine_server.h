// An engine over a real ledger, which a test can stop and start as often as it wants.
#pragma once

#include <doctest/doctest.h>
#include <memory>
#include <string>

#include "engine/engine.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/ledger_checker.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley::test {

inline constexpr TimePoint kStart{std::chrono::milliseconds(1'767'225'600'000)};  // 2026-01-01T00:00:00Z

struct EngineServer {
  TempFolder folder;
  ManualClock clock{kStart};
  std::unique_ptr<Store> store;
  std::unique_ptr<Engine> engine;

  explicit EngineServer(const std::string& version = "1") { start(version); }
  ~EngineServer() { stop(); }

  std::filesystem::path ledger() const { return folder.path() / "ledger.db"; }
  void start(const std::string& version = "1") {
    auto opened = open_sqlite_store({ledger(), ""});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message);
    store = std::move(*opened);
    const BotPtr bot = make_answering_bot(folder.path(), version);
    engine =
        std::make_unique<Engine>(EngineOptions{2, folder.path(), {{"test", bot}}, nullptr}, *store, clock);
  }
  void stop() {
    engine.reset();
    store.reset();
  }
  LedgerReport checked() {
    stop();
    return check_ledger(ledger(), {});
  }
};

}  // namespace parley::test
