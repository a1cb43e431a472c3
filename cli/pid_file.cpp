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

bool take_environment_of(pid_t process) {
  std::ifstream file("/proc/" + std::to_string(process) + "/environ", std::ios::binary);
  std::vector<std::string> variables;
  for (std::string variable; std::getline(file, variable, '\0');)
    variables.push_back(std::move(variable));
  if (variables.empty()) return false;
  clearenv();
  for (const std::string& variable : variables)
    if (const std::size_t equals = variable.find('='); equals != std::string::npos && equals > 0)
      setenv(variable.substr(0, equals).c_str(), variable.substr(equals + 1).c_str(), 1);
  return true;
}

}  // namespace parley::cli
