// The parts of the bench. Each measures one thing, bounded in count and time, and says it in rows; it throws
// std::runtime_error when something is refused. bench/main.cpp lists them.
#pragma once

#include <algorithm>
#include <filesystem>
#include <string>

#include "bench/load.h"
#include "bench/report.h"

namespace parley::bench {

struct Bench {
  std::filesystem::path binary;  // the server
  std::filesystem::path source;  // the project's folder
  std::filesystem::path self;    // this program: echo server and clients are processes of it
  std::filesystem::path peers;   // where npm has put the peers; empty: nowhere
  double scale = 1;              // of all counts: below 1 for a try
  Report* report = nullptr;

  int count(int full) const { return std::max(1, static_cast<int>(full * scale)); }
  std::filesystem::path tester_bot() const { return source / "tests/e2e/bot"; }
};

void measure_turns(const Bench& bench);
void measure_idle(const Bench& bench);
void measure_active(const Bench& bench);
void measure_history(const Bench& bench);
void measure_leak(const Bench& bench);
void measure_peers(const Bench& bench);
void measure_start(const Bench& bench);
void measure_searches(const Bench& bench);
void measure_dialogue(const Bench& bench);

/// "1234/s  p50 1.0 ms  p99 2.0 ms"
std::string rate_of(const Outcome& outcome);

/// Settings of a server that holds `bots` ("{tester: /path}") and serves `bot` to visitors as `webchat`.
/// Limits on how often and how many are raised, since one address is everybody here. Gives the file's path in
/// `folder`.
std::filesystem::path write_settings(const std::filesystem::path& folder, const std::string& bots,
                                     const std::string& bot);

}  // namespace parley::bench
