// A program as a child, with a pipe to its input and from its output: it ends when its input does, or is
// killed.
//
// One thread. The constructor throws std::runtime_error when it can't be started.
#pragma once

#include <filesystem>
#include <string>
#include <sys/types.h>
#include <vector>

namespace parley::bench {

class ChildProcess {
 public:
  /// `arguments[0]` is looked for in PATH. It runs in `folder`; its errors go to `log`.
  explicit ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& folder = ".",
                        const std::filesystem::path& log = "/dev/null");
  ~ChildProcess() { end(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// The next line that it prints; empty when there is none.
  std::string read_line();
  pid_t id() const { return process_; }
  /// Closes its input and waits for its end; kills it when it takes too long.
  void end();

 private:
  pid_t process_ = 0;
  int input_ = -1, output_ = -1;
};

}  // namespace parley::bench
