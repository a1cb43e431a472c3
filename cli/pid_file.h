// Says in the data folder which process serves it, so that `parley reload` finds it. Removed when the server
// ends; the ledger's lock, not this file, keeps two servers apart.
#pragma once

#include <filesystem>
#include <optional>
#include <sys/types.h>

namespace parley::cli {

class PidFile {
 public:
  explicit PidFile(const std::filesystem::path& data_folder);
  ~PidFile();
  PidFile(const PidFile&) = delete;
  PidFile& operator=(const PidFile&) = delete;

 private:
  std::filesystem::path path_;
};

/// The process that serves `data_folder`; nullopt when none does.
std::optional<pid_t> serving_process(const std::filesystem::path& data_folder);

/// Gives this process the environment that `process` was started with, in place of its own, so that what is
/// read from it is as that process reads it. False, and nothing changed, when it may not be looked at. One
/// thread only.
bool take_environment_of(pid_t process);

}  // namespace parley::cli
