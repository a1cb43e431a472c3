// Native sockets that say nothing more after their welcome.
//
// Here, or in a process of its own (IdleProcess): one process may hold only so many descriptors, and its own
// memory is then not counted with anything else.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "bench/child_process.h"
#include "bench/client_sockets.h"

namespace parley::bench {

class IdleConnections {
 public:
  IdleConnections(Place place, const std::string& channel, int count);
  ~IdleConnections();  // cuts them
  IdleConnections(const IdleConnections&) = delete;
  IdleConnections& operator=(const IdleConnections&) = delete;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// What main() does as such a process: opens them, says so, waits until its input ends, cuts them.
int hold_idle_connections(std::uint16_t port, const std::string& from, const std::string& channel, int count);

/// Opens `count` from the address `from`; the constructor returns when they are open.
class IdleProcess {
 public:
  IdleProcess(const std::filesystem::path& self, const Place& place, const std::string& channel, int count);
  /// Cuts them all.
  void end() { process_.end(); }

 private:
  ChildProcess process_;
};

}  // namespace parley::bench
