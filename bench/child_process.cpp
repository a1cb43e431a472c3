#include "bench/child_process.h"

#include <chrono>
#include <csignal>
#include <fcntl.h>
#include <stdexcept>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace parley::bench {
namespace {

constexpr std::chrono::seconds kEndPatience{10};
constexpr std::chrono::milliseconds kLookPause{10};

// In the child: becomes the program, and ends with its parent.
[[noreturn]] void become(std::vector<char*>& argv, int input, int output, const std::string& folder,
                         const std::string& log) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  dup2(input, STDIN_FILENO);
  dup2(output, STDOUT_FILENO);
  dup2(open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600), STDERR_FILENO);
  if (chdir(folder.c_str()) == 0) execvp(argv[0], argv.data());
  _exit(127);
}

}  // namespace

ChildProcess::ChildProcess(const std::vector<std::string>& arguments, const std::filesystem::path& folder,
                           const std::filesystem::path& log) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  process_ = fork();
  if (process_ == 0) become(argv, in[0], out[1], folder.string(), log.string());
  close(in[0]);
  close(out[1]);
  input_ = in[1];
  output_ = out[0];
  if (process_ < 0) throw std::runtime_error(arguments[0] + " can't be started");
}

std::string ChildProcess::read_line() {
  std::string line;
  for (char c = 0; read(output_, &c, 1) == 1 && c != '\n';)
    line += c;
  return line;
}

void ChildProcess::end() {
  if (process_ <= 0) return;
  close(input_);
  const auto deadline = std::chrono::steady_clock::now() + kEndPatience;
  while (waitpid(process_, nullptr, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() > deadline) kill(process_, SIGKILL);
    std::this_thread::sleep_for(kLookPause);
  }
  close(output_);
  process_ = 0;
}

}  // namespace parley::bench
