#include "tests/support/server_process.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/support/process_figures.h"

namespace parley::test {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

// Standard output goes to `output` when that is a descriptor; standard error is added to `log`.
pid_t spawn(const std::vector<std::string>& arguments, int output, const std::filesystem::path& log) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  const int file = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  dup2(output >= 0 ? output : file, STDOUT_FILENO);
  dup2(file, STDERR_FILENO);
  execv(argv[0], argv.data());
  _exit(127);
}

// Reads until "listens on http://ADDRESS:PORT" has come whole.
std::uint16_t read_port(int output) {
  std::string text;
  for (char c = 0; read(output, &c, 1) == 1;) {
    if (c != '\n') {
      text += c;
      continue;
    }
    const std::size_t colon = text.rfind(':');
    if (text.find("listens on") != std::string::npos)
      return static_cast<std::uint16_t>(std::stoul(text.substr(colon + 1)));
    text.clear();
  }
  throw std::runtime_error("the server ended before it listened");
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& settings,
                             std::uint16_t port, const std::filesystem::path& log) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const auto start = Clock::now();
  process_ =
      spawn({binary.string(), "serve", "--settings", settings.string(), "--port", std::to_string(port)},
            pipe_ends[1], log);
  close(pipe_ends[1]);
  output_ = pipe_ends[0];
  port_ = read_port(output_);
  time_to_ready_ = since(start);
}

ServerProcess::~ServerProcess() {
  end(SIGTERM);
  close(output_);
}

int ServerProcess::end(int signal) {
  if (process_ == 0) return 0;
  int status = 0;
  kill(process_, signal);
  waitpid(process_, &status, 0);
  process_ = 0;
  return status;
}

std::size_t ServerProcess::resident_bytes() const {
  return test::resident_bytes(process_);
}

std::chrono::milliseconds ServerProcess::cpu_time() const {
  return test::cpu_time(process_);
}

std::chrono::milliseconds time_command(const std::vector<std::string>& arguments) {
  const auto start = Clock::now();
  const pid_t process = spawn(arguments, -1, "/dev/null");
  int status = 0;
  waitpid(process, &status, 0);
  if (status != 0) throw std::runtime_error(arguments[0] + " " + arguments[1] + " failed");
  return since(start);
}

}  // namespace parley::test
