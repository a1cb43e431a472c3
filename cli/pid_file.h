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

}  // namespace parley::cli
