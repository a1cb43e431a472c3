// The load: many clients, each with one message on its way, for a fixed number of messages. The same harness
// drives the bare echo and the server, so that their figures can be divided by one another.
//
// Runs on the calling thread. Throws std::runtime_error when a client is refused or hangs up early.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace parley::bench {

struct Load {
  std::uint16_t port = 0;
  int clients = 100;
  int messages = 200;  // of each client
};

struct Outcome {
  double per_second = 0;
  double p50_ms = 0, p99_ms = 0;
};

/// Sends 100 bytes and waits for them to come back.
Outcome run_echo(const Load& load);
/// Native socket: sends a text, waits for its ack and the bot's reply.
Outcome run_native(const Load& load, const std::string& channel);
/// Direct Line: POSTs an activity on a kept connection, waits for the bot's reply on the stream.
Outcome run_direct_line(const Load& load, const std::string& channel);

/// Opens native sockets that say nothing more after their welcome; they close when the object goes.
class IdleConnections {
 public:
  IdleConnections(std::uint16_t port, const std::string& channel, int count);
  ~IdleConnections();
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;

 private:
  struct Impl;
  Impl* impl_;
};

/// A bare Beast echo, the yardstick: one thread of its own, nothing but read and write. Ends with the object.
class EchoServer {
 public:
  EchoServer();
  ~EchoServer();
  EchoServer(const EchoServer&) = delete;
  EchoServer& operator=(const EchoServer&) = delete;
  std::uint16_t port() const;

 private:
  struct Impl;
  Impl* impl_;
};

}  // namespace parley::bench
