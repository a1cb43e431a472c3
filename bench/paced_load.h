// Many open connections that each say something now and then, at times that were fixed before: a message is
// sent when its time has come, however late the ones before it were answered, and its latency counts from
// that time. So a server that stalls can't hide it by being asked less.
//
// Runs on the calling thread; ends after `seconds` and the last reply, or kPacedPatience after the last send.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>

namespace parley::bench {

inline constexpr std::chrono::seconds kPacedPatience{30};

struct Pace {
  std::uint16_t port = 0;
  int connections = 10'000;
  std::chrono::milliseconds every{10'000};  // of each connection; all are spread evenly over this time
  int messages = 3;                         // of each
  /// Called when all connections are open, before the first message.
  std::function<void()> begun;
};

struct PacedOutcome {
  int sent = 0, answered = 0, errors = 0;
  double p50_ms = 0, p99_ms = 0;  // from the intended time to the reply
  double seconds = 0;             // from the first intended time to the last reply
};

PacedOutcome run_paced_echo(const Pace& pace);
/// Native socket: to the ack and the bot's reply.
PacedOutcome run_paced_native(const Pace& pace, const std::string& channel);

}  // namespace parley::bench
