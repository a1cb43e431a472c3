#include "bench/process.h"

#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <sys/wait.h>
#include <unistd.h>

namespace parley::bench {
namespace {

using Clock = std::chrono::steady_clock;

std::chrono::milliseconds since(Clock::time_point start) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - start);
}

// Standard output goes to `output` when that is a descriptor; standard error to /dev/null.
pid_t spawn(const std::vector<std::string>& arguments, int output) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments)
    argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t process = fork();
  if (process != 0) return process;
  const int nowhere = open("/dev/null", O_WRONLY);
  dup2(output >= 0 ? output : nowhere, STDOUT_FILENO);
  dup2(nowhere, STDERR_FILENO);
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

std::size_t value_in_kb(const std::string& file, const std::string& key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(key)) return std::stoul(line.substr(key.size())) * 1024;
  return 0;
}

}  // namespace

ServerProcess::ServerProcess(const std::filesystem::path& binary, const std::filesystem::path& settings) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  const auto start = Clock::now();
  process_ = spawn({binary.string(), "serve", "--settings", settings.string()}, pipe_ends[1]);
  close(pipe_ends[1]);
  output_ = pipe_ends[0];
  port_ = read_port(output_);
  time_to_ready_ = since(start);
}

ServerProcess::~ServerProcess() {
  kill(process_, SIGTERM);
  waitpid(process_, nullptr, 0);
  close(output_);
}

std::size_t ServerProcess::resident_bytes() const {
  return value_in_kb("/proc/" + std::to_string(process_) + "/status", "VmRSS:");
}

std::chrono::milliseconds ServerProcess::cpu_time() const {
  std::ifstream stream("/proc/" + std::to_string(process_) + "/stat");
  std::string text;
  std::getline(stream, text);
  // The name may hold spaces: count the fields behind its closing parenthesis; 12 and 13 are user and system
  // ticks.
  std::istringstream fields(text.substr(text.rfind(')') + 1));
  std::string field;
  long ticks = 0;
  for (int i = 1; i <= 13 && fields >> field; ++i)
    if (i >= 12) ticks += std::stol(field);
  return std::chrono::milliseconds(ticks * 1000 / sysconf(_SC_CLK_TCK));
}

ScratchFolder::ScratchFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "parley-bench-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = pattern;
}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::chrono::milliseconds time_command(const std::vector<std::string>& arguments) {
  const auto start = Clock::now();
  const pid_t process = spawn(arguments, -1);
  int status = 0;
  waitpid(process, &status, 0);
  if (status != 0) throw std::runtime_error(arguments[0] + " " + arguments[1] + " failed");
  return since(start);
}

std::size_t kernel_slab_bytes() {
  return value_in_kb("/proc/meminfo", "Slab:");
}

}  // namespace parley::bench
