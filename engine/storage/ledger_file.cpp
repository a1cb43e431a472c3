#include "engine/storage/ledger_file.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

#include "engine/limits.h"
#include "engine/storage/schema.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kHeaderBytes =
    100;  // of an SQLite file: https://www.sqlite.org/fileformat2.html#the_database_header
constexpr std::size_t kVersionAt = 60;
constexpr std::size_t kApplicationIdAt = 68;
constexpr std::string_view kMagic{"SQLite format 3\0", 16};

using Header = std::array<unsigned char, kHeaderBytes>;

std::uint32_t number_at(const Header& header, std::size_t at) {
  return static_cast<std::uint32_t>(header[at]) << 24 | static_cast<std::uint32_t>(header[at + 1]) << 16 |
         static_cast<std::uint32_t>(header[at + 2]) << 8 | static_cast<std::uint32_t>(header[at + 3]);
}

constexpr auto kRestoreHint =
    "; nothing was changed: restore a backup, or move the file away to begin a new ledger";

Result<Done> fill_new_ledger(const fs::path& path, const std::string& vfs) {
  auto opened = sqlite::open(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, vfs);
  if (!opened) return opened.error();
  const std::string sql =
      "PRAGMA synchronous=FULL; BEGIN; PRAGMA application_id=" + std::to_string(kLedgerApplicationId) +
      "; PRAGMA user_version=" + std::to_string(kLedgerVersion) + ";" + kLedgerSchema + "COMMIT;";
  return sqlite::execute(opened->get(), sql, "a new ledger can't be made in " + path.string());
}

Result<Done> make_ledger(const fs::path& path, const std::string& vfs) {
  const fs::path unfinished = path.string() + ".new";
  std::error_code failed;
  fs::remove(unfinished, failed);  // of a server that died while making it
  if (auto filled = fill_new_ledger(unfinished, vfs); !filled) return filled;
  fs::rename(unfinished, path, failed);
  if (failed) return Error{ErrorCode::kUnavailable, path.string() + " can't be made: " + failed.message()};
  return sync_folder(path.has_parent_path() ? path.parent_path() : fs::path("."));
}

int stop_when_late(void* deadline) {
  return std::chrono::steady_clock::now() >= *static_cast<std::chrono::steady_clock::time_point*>(deadline)
             ? 1
             : 0;
}

// Checks as much of the file's structure as the time allows: a large ledger must not take minutes to open.
Result<Done> check_structure(sqlite3* connection, const fs::path& path) {
  constexpr int kInstructionsPerLook = 10'000;
  auto deadline = std::chrono::steady_clock::now() + limits::kLedgerCheckTime;
  sqlite3_progress_handler(connection, kInstructionsPerLook, stop_when_late, &deadline);
  auto check = sqlite::Statement::prepare(connection, "PRAGMA quick_check(1)");
  const int code = check ? check->step() : SQLITE_CORRUPT;
  const std::string found = code == SQLITE_ROW ? std::string(check->text(0)) : sqlite3_errmsg(connection);
  sqlite3_progress_handler(connection, 0, nullptr, nullptr);
  if ((code == SQLITE_ROW && found == "ok") || (code & 0xFF) == SQLITE_INTERRUPT) return Done{};
  return Error{ErrorCode::kCorrupt, path.string() + " is damaged (" + found + ")" + kRestoreHint};
}

// Brings a ledger of an older version up to this one, whole or not at all.
Result<Done> bring_up_to_date(sqlite3* connection, const fs::path& path) {
  auto version = sqlite::Statement::prepare(connection, "PRAGMA user_version");
  if (!version) return version.error();
  const int code = version->step();
  if (code != SQLITE_ROW) return sqlite::error_of(connection, path.string() + " can't be read");
  const auto found = static_cast<std::uint32_t>(version->integer(0));
  version->step();
  if (found >= kLedgerVersion) return Done{};
  const std::string to_2 = found < 2 ? kLedgerUpgradeTo2 : "";
  return sqlite::execute(connection,
                         "BEGIN IMMEDIATE;" + to_2 + kLedgerUpgradeTo3 +
                             "PRAGMA user_version=" + std::to_string(kLedgerVersion) + "; COMMIT;",
                         path.string() + " can't be brought up to date");
}

Result<sqlite::Connection> open_writer(const fs::path& path, const std::string& vfs) {
  auto opened = sqlite::open(path.string(), SQLITE_OPEN_READWRITE, vfs);
  if (!opened) return opened.error();
  sqlite3_busy_timeout(opened->get(), static_cast<int>(limits::kLedgerBusyTimeout.count()));
  if (auto checked = check_structure(opened->get(), path); !checked) return checked.error();
  // wal_autocheckpoint=0: the writer thread checkpoints when it has the time, see sqlite_store.cpp.
  const auto set =
      sqlite::execute(opened->get(),
                      "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
                      "PRAGMA wal_autocheckpoint=0; PRAGMA journal_size_limit=67108864;"
                      "PRAGMA cache_size=-8000; BEGIN IMMEDIATE; UPDATE probe SET writes = writes + 1;"
                      "COMMIT;",
                      path.string() + " can't be written");
  if (!set) return set.error();
  if (auto current = bring_up_to_date(opened->get(), path); !current) return current.error();
  return opened;
}

}  // namespace

Result<Done> sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool ok = descriptor >= 0 && ::fsync(descriptor) == 0;
  if (descriptor >= 0) ::close(descriptor);
  if (!ok)
    return Error{ErrorCode::kUnavailable, folder.string() + " can't be synced: " + std::strerror(errno)};
  return Done{};
}

Result<FileLock> FileLock::take(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0640);
  if (descriptor < 0)
    return Error{ErrorCode::kUnavailable, path.string() + " can't be made: " + std::strerror(errno) +
                                              "; the folder must exist and be writable"};
  FileLock lock(descriptor);
  if (::flock(descriptor, LOCK_EX | LOCK_NB) == 0) return lock;
  return Error{ErrorCode::kConflict,
               path.string() + " is held: another server has this ledger open; stop it first"};
}

FileLock::FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}

FileLock& FileLock::operator=(FileLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> check_ledger_header(const fs::path& path) {
  Header header{};
  std::ifstream file(path, std::ios::binary);
  if (!file) return Error{ErrorCode::kUnavailable, path.string() + " can't be read: check its permissions"};
  file.read(reinterpret_cast<char*>(header.data()), header.size());
  if (file.gcount() != static_cast<std::streamsize>(header.size()))
    return Error{ErrorCode::kCorrupt, path.string() + " is empty or cut off" + kRestoreHint};
  if (std::memcmp(header.data(), kMagic.data(), kMagic.size()) != 0)
    return Error{ErrorCode::kCorrupt, path.string() + " is not a database" + kRestoreHint};
  if (number_at(header, kApplicationIdAt) != kLedgerApplicationId)
    return Error{ErrorCode::kConflict,
                 path.string() + " is a database of another program; name another file as the ledger"};
  const std::uint32_t version = number_at(header, kVersionAt);
  if (version > kLedgerVersion)
    return Error{ErrorCode::kConflict, path.string() +
                                           " was written by a newer version of this server (ledger version " +
                                           std::to_string(version) + ", this one knows " +
                                           std::to_string(kLedgerVersion) + "); run that version"};
  return Done{};
}

Result<LedgerFile> open_ledger_file(const fs::path& path, const std::string& vfs) {
  auto lock = FileLock::take(path.string() + ".lock");
  if (!lock) return lock.error();
  std::error_code failed;
  const bool there = fs::exists(path, failed);
  if (failed) return Error{ErrorCode::kUnavailable, path.string() + " can't be reached: " + failed.message()};
  if (auto ok = there ? check_ledger_header(path) : make_ledger(path, vfs); !ok) return ok.error();
  auto writer = open_writer(path, vfs);
  if (!writer) return writer.error();
  return LedgerFile{std::move(*lock), std::move(*writer)};
}

Result<sqlite::Connection> open_ledger_reader(const fs::path& path, const std::string& vfs) {
  auto opened = sqlite::open(path.string(), SQLITE_OPEN_READONLY, vfs);
  if (!opened) return opened.error();
  sqlite3_busy_timeout(opened->get(), static_cast<int>(limits::kLedgerBusyTimeout.count()));
  sqlite3_db_config(opened->get(), SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, nullptr);
  return opened;
}

}  // namespace parley
