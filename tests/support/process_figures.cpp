#include "tests/support/process_figures.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <unistd.h>

namespace parley::test {
namespace {

std::string proc(pid_t process, const char* name) {
  return "/proc/" + std::to_string(process) + "/" + name;
}

std::size_t value_of(const std::string& file, const std::string& key) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with(key)) return std::stoul(line.substr(key.size()));
  return 0;
}

}  // namespace

std::size_t resident_bytes(pid_t process) {
  return value_of(proc(process, "status"), "VmRSS:") * 1024;
}

std::chrono::milliseconds cpu_time(pid_t process) {
  std::ifstream stream(proc(process, "stat"));
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

std::size_t open_descriptors(pid_t process) {
  std::error_code gone;
  const std::filesystem::directory_iterator all(proc(process, "fd"), gone);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

std::size_t threads(pid_t process) {
  return value_of(proc(process, "status"), "Threads:");
}

std::size_t kernel_slab_bytes() {
  return value_of("/proc/meminfo", "Slab:") * 1024;
}

std::optional<std::size_t> kernel_object_bytes() {
  std::ifstream stream("/proc/slabinfo");
  std::string line, name;
  std::getline(stream, line);
  std::getline(stream, line);
  if (!stream) return std::nullopt;
  std::size_t sum = 0, used = 0, held = 0, size = 0;
  while (std::getline(stream, line))
    if (std::istringstream(line) >> name >> used >> held >> size) sum += used * size;
  return sum;
}

}  // namespace parley::test
