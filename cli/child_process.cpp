#include "cli/child_process.h"

#include <csignal>
#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace parley::cli {
namespace {

constexpr int kLowestPriority = 19;

struct SpawnSetup {
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_t files;

  explicit SpawnSetup(ChildProcess::Output output) {
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&files);
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
    if (output == ChildProcess::Output::kShown) return;
    posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
};

}  // namespace

bool ChildProcess::start(std::vector<std::string> arguments, Output output) {
  std::string name = "parley";
  std::vector<char*> pointers{name.data()};
  for (std::string& argument : arguments)
    pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  const SpawnSetup setup(output);
  if (::posix_spawn(&process_, "/proc/self/exe", &setup.files, &setup.attributes, pointers.data(), environ) !=
      0)
    process_ = 0;
  if (process_ != 0) ::setpriority(PRIO_PROCESS, static_cast<id_t>(process_), kLowestPriority);
  return process_ != 0;
}

std::optional<int> ChildProcess::ended() {
  int status = 0;
  if (process_ == 0 || ::waitpid(process_, &status, WNOHANG) != process_) return std::nullopt;
  process_ = 0;
  return status;
}

void ChildProcess::stop() {
  if (process_ == 0) return;
  ::kill(process_, SIGKILL);
  ::waitpid(process_, nullptr, 0);
  process_ = 0;
}

}  // namespace parley::cli
