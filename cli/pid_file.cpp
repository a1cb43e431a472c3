#include "cli/pid_file.h"

#include <csignal>
#include <fstream>
#include <unistd.h>

namespace parley::cli {
namespace {

constexpr const char* kName = "parley.pid";

}  // namespace

PidFile::PidFile(const std::filesystem::path& data_folder) : path_(data_folder / kName) {
  std::ofstream(path_) << getpid() << '\n';
}

PidFile::~PidFile() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
}

std::optional<pid_t> serving_process(const std::filesystem::path& data_folder) {
  pid_t process = 0;
  std::ifstream(data_folder / kName) >> process;
  // A file that a killed server left behind names nobody, or somebody else's process: look at its program.
  std::error_code problem;
  const auto program = std::filesystem::read_symlink("/proc/" + std::to_string(process) + "/exe", problem);
  if (process <= 1 || problem || !program.filename().string().starts_with("parley")) return std::nullopt;
  return process;
}

}  // namespace parley::cli
