// This program as a child of the server: for work that takes memory and time, which go when it ends.
//
// The child has the lowest priority and no signal blocked, and says nothing to the terminal when `Output`
// says so. Its end is a SIGCHLD, after which ended() tells it. Thread rule: one thread; SIGCHLD must be
// blocked.
#pragma once

#include <optional>
#include <string>
#include <sys/types.h>
#include <vector>

namespace parley::cli {

class ChildProcess {
 public:
  enum class Output { kShown, kHidden };

  ChildProcess() = default;
  ~ChildProcess() { stop(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// `parley ARGUMENTS`. False when it can't be started. Nothing may run yet.
  bool start(std::vector<std::string> arguments, Output output);
  bool runs() const { return process_ != 0; }
  /// The wait status of what has ended since; nullopt: nothing has.
  std::optional<int> ended();
  /// Kills it.
  void stop();

 private:
  pid_t process_ = 0;
};

}  // namespace parley::cli
