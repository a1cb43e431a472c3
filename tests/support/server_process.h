// The real server as a child process, for fault tests and measurements: started, killed, ended. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace parley::test {

class ServerProcess {
 public:
  /// Starts `binary serve` on `port` (0: any) and waits for the line that says where it listens. Its log goes
  /// to `log` when one is named. Throws std::runtime_error when it ends first.
  ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& settings,
                std::uint16_t port = 0, const std::filesystem::path& log = "/dev/null");
  ~ServerProcess();  // SIGTERM, then waits
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  /// Sends `signal` and waits for the end; gives the wait status. Nothing when it has ended already.
  int end(int signal);

  std::uint16_t port() const { return port_; }
  pid_t id() const { return process_; }
  std::chrono::milliseconds time_to_ready() const { return time_to_ready_; }
  /// Resident memory, without what is shared with other processes' files.
  std::size_t resident_bytes() const;
  /// User and system time used so far.
  std::chrono::milliseconds cpu_time() const;

 private:
  pid_t process_ = 0;
  int output_ = -1;
  std::uint16_t port_ = 0;
  std::chrono::milliseconds time_to_ready_{};
};

/// Runs a command to its end; gives its wall time. Throws when it fails.
std::chrono::milliseconds time_command(const std::vector<std::string>& arguments);

}  // namespace parley::test
