// A bare Beast echo, the yardstick: a process of its own with one thread, nothing but read and write.
#pragma once

#include <cstdint>
#include <filesystem>
#include <sys/types.h>

#include "bench/child_process.h"

namespace parley::bench {

/// What main() does as such a process: prints its port, serves until its input ends.
int serve_echo();

/// Ends with the object.
class EchoServer {
 public:
  /// `self`: this program.
  explicit EchoServer(const std::filesystem::path& self)
      : process_({self.string(), "--echo"}),
        port_(static_cast<std::uint16_t>(std::stoul(process_.read_line()))) {}
  std::uint16_t port() const { return port_; }
  pid_t id() const { return process_.id(); }

 private:
  ChildProcess process_;
  std::uint16_t port_;
};

}  // namespace parley::bench
