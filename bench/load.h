// The load: many clients, each with one message on its way, for a fixed number of messages. The same harness
// drives the bare echo, the server and its peers, so that their figures can be divided by one another.
//
// Runs on the calling thread. Throws std::runtime_error when a client is refused or hangs up early, when a
// reply is not the one that is expected, or when it has not ended after kLoadTimeMax.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

namespace parley::bench {

inline constexpr std::chrono::seconds kLoadTimeMax{180};

/// What is said, and the reply to wait for; without one any reply will do.
struct Exchange {
  std::string say, reply;
};

struct Load {
  std::uint16_t port = 0;
  int clients = 100;
  int messages = 200;          // of each client
  std::vector<Exchange> talk;  // one after the other, over and over; empty: what the test bot knows
};

struct Outcome {
  double per_second = 0;
  double p50_ms = 0, p99_ms = 0;
  double count = 0;  // of messages that were answered
};

/// Sends 100 bytes and waits for them to come back.
Outcome run_echo(const Load& load);
/// Native socket: sends a text, waits for its ack and the bot's reply.
Outcome run_native(const Load& load, const std::string& channel);
/// Direct Line: POSTs an activity on a kept connection, waits for the bot's reply on the stream.
Outcome run_direct_line(const Load& load, const std::string& channel);
/// Direct Line without a stream: POSTs an activity, then asks for what is new until the reply is there.
/// `base` is the path below which a server speaks it; `tokens`: it gives tokens.
Outcome run_polling(const Load& load, const std::string& base, bool tokens);
/// Botkit's web adapter: sends a message, waits for the reply.
Outcome run_botkit(const Load& load);

/// Opens that many native sessions, says the talk's first `messages` texts in each, and closes them.
void run_sessions(const Load& load, const std::string& channel);

}  // namespace parley::bench
