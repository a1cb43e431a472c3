// The server under measurement: the real binary as a child process with its own settings and data folder,
// ended and cleaned up with the object. One thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace parley::bench {

class ServerProcess {
 public:
  /// Starts `binary serve` and waits for the line that says where it listens. Throws std::runtime_error when
  /// it ends first.
  ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& settings);
  ~ServerProcess();  // SIGTERM, then waits
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
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

/// A folder under the system's temporary one, removed with the object.
class ScratchFolder {
 public:
  ScratchFolder();
  ~ScratchFolder();
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// Runs a command to its end; gives its wall time. Throws when it fails.
std::chrono::milliseconds time_command(const std::vector<std::string>& arguments);

/// Kernel memory in caches, in bytes: sockets and their buffers live there.
std::size_t kernel_slab_bytes();

}  // namespace parley::bench
