#include <chrono>
#include <csignal>
#include <doctest/doctest.h>
#include <filesystem>
#include <sys/wait.h>
#include <thread>

#include "tests/cli/command.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

using parley::test::read_file;
using parley::test::run_parley;
using parley::test::ServerProcess;
using parley::test::TempFolder;

namespace {

constexpr auto kPatience = std::chrono::minutes(5);

// A server with the end-to-end tests' bot that trains thoroughly.
std::filesystem::path settings_in(const TempFolder& folder) {
  return folder.write("parley.yaml",
                      "listen: 127.0.0.1:0\ndata: data\nthorough: true\nbots:\n  bot: " PARLEY_SOURCE_DIR
                      "/tests/e2e/bot\nchannels:\n  chat: {bot: bot, access: anonymous, origins: [self]}\n");
}

bool log_says(const std::filesystem::path& log, const std::string& event) {
  const auto end = std::chrono::steady_clock::now() + kPatience;
  while (std::chrono::steady_clock::now() < end) {
    if (read_file(log).find("event=" + event) != std::string::npos) return true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return false;
}

}  // namespace

TEST_CASE("a server trains a thorough model in the background, swaps it in, and has it at the next start") {
  const TempFolder folder;
  const auto settings = settings_in(folder);
  const auto log = folder.path() / "log";
  {
    ServerProcess server(PARLEY_BINARY, settings, 0, log);
    CHECK(log_says(log, "thorough_training_done"));
    CHECK(log_says(log, "bot_swapped"));
    CHECK(WEXITSTATUS(server.end(SIGTERM)) == 0);
  }
  const auto second_log = folder.path() / "second_log";
  ServerProcess again(PARLEY_BINARY, settings, 0, second_log);
  CHECK(log_says(second_log, "listening"));
  again.end(SIGTERM);
  CHECK(read_file(second_log).find("thorough_training_started") == std::string::npos);
}

TEST_CASE("a server that ends takes its training along") {
  const TempFolder folder;
  const auto log = folder.path() / "log";
  ServerProcess server(PARLEY_BINARY, settings_in(folder), 0, log);
  REQUIRE(log_says(log, "thorough_training_started"));
  CHECK(WEXITSTATUS(server.end(SIGTERM)) == 0);
  for (const auto& entry : std::filesystem::directory_iterator(folder.path() / "data" / "models"))
    CHECK(entry.path().string().find("thorough") == std::string::npos);
}

TEST_CASE("a bot that was trained thoroughly is read with that model from then on") {
  const TempFolder cache;
  const std::string where = " " PARLEY_SOURCE_DIR "/tests/e2e/bot --cache " + cache.path().string();
  REQUIRE(run_parley("train --thorough" + where).exit_code == 0);
  REQUIRE(run_parley("train" + where).exit_code == 0);
  std::size_t thorough = 0,
              fast = 0;  // those of negative experiences are fast: that which ships, and the bot's
  for (const auto& entry : std::filesystem::directory_iterator(cache.path()))
    ++(entry.path().string().find(".thorough.model") != std::string::npos ? thorough : fast);
  CHECK(thorough == 1);
  CHECK(fast == 2);
}
