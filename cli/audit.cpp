#include "cli/audit.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <fcntl.h>
#include <pwd.h>
#include <unistd.h>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/result.h"

namespace parley::cli {
namespace {

std::string now_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  ::gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::string user_name() {
  char buffer[4096];
  passwd entry{};
  passwd* found = nullptr;
  const bool known = ::getpwuid_r(::geteuid(), &entry, buffer, sizeof buffer, &found) == 0 && found;
  return known ? entry.pw_name : std::to_string(::geteuid());
}

Result<Done> note_act(const std::filesystem::path& ledger, const std::string& act, Json detail) {
  const std::filesystem::path path = ledger.parent_path() / "audit.log";
  Json line{{"at", now_text()}, {"by", user_name()}, {"act", act}};
  line.update(detail);
  const std::string text = line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  bool ok = file >= 0 && ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ok = ok && ::fsync(file) == 0;
  const int why = errno;
  if (file >= 0) ::close(file);
  if (ok) return Done{};
  return Error{ErrorCode::kUnavailable, path.string() + " can't be written: " + std::strerror(why) +
                                            "; nothing was done, for it would leave no trace"};
}

}  // namespace

int audited(const std::filesystem::path& ledger, const std::string& act, const Json& detail,
            const std::function<int()>& action) {
  Json line = detail;
  line["outcome"] = "begun";
  if (auto noted = note_act(ledger, act, line); !noted) return failed(noted.error().message);
  const int exit_code = action();
  line["outcome"] = exit_code == kExitDone ? "done" : "failed";
  if (auto noted = note_act(ledger, act, line); !noted) return failed(noted.error().message);
  return exit_code;
}

}  // namespace parley::cli
