#include "engine/storage/ledger_backup.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <thread>
#include <unistd.h>

#include "engine/limits.h"
#include "engine/storage/ledger_file.h"

namespace parley {
namespace {

namespace fs = std::filesystem;
using sqlite::Statement;

constexpr auto kNothingDone = "; nothing was changed";

struct FinishBackup {
  void operator()(sqlite3_backup* backup) const { sqlite3_backup_finish(backup); }
};
using Backup = std::unique_ptr<sqlite3_backup, FinishBackup>;

/// The first column of each row, at most `most` of them.
Result<std::vector<std::string>> rows_of(sqlite3* connection, const std::string& sql, std::size_t most) {
  auto statement = Statement::prepare(connection, sql);
  if (!statement) return statement.error();
  std::vector<std::string> rows;
  int code = statement->step();
  for (; code == SQLITE_ROW && rows.size() < most; code = statement->step())
    rows.emplace_back(statement->text(0));
  if (code != SQLITE_ROW && code != SQLITE_DONE) return sqlite::error_of(connection, "it can't be read");
  return rows;
}

/// Conversations that lack an event, and events that lack a conversation.
constexpr auto kWrongConversations = R"sql(
SELECT id || ' has ' || ifnull(events, 0) || ' events up to ' || ifnull(last, 0) || ', not ' || last_sequence
FROM conversation LEFT JOIN (SELECT conversation, count(*) AS events, max(sequence) AS last FROM event
  GROUP BY conversation) ON conversation = id
WHERE events IS NOT last_sequence OR last IS NOT last_sequence
UNION ALL
SELECT conversation || ' has events, but is missing' FROM event
WHERE conversation NOT IN (SELECT id FROM conversation) GROUP BY conversation)sql";

Result<LedgerCounts> verify(sqlite3* connection, const std::string& name) {
  constexpr std::size_t kShown = 5;
  auto damage = rows_of(connection, "PRAGMA integrity_check(5)", kShown);
  if (!damage) return damage.error().in(name);
  if (damage->size() != 1 || damage->front() != "ok")
    return Error{ErrorCode::kCorrupt, name + " is damaged: " + damage->front()};
  const auto wrong = rows_of(connection, kWrongConversations, kShown);
  if (!wrong) return wrong.error().in(name);
  if (!wrong->empty()) {
    std::string all;
    for (const std::string& one : *wrong)
      all += (all.empty() ? "" : "; ") + one;
    return Error{ErrorCode::kCorrupt, name + " is not whole: conversation " + all};
  }
  const auto counts =
      rows_of(connection, "SELECT count(*) FROM conversation UNION ALL SELECT count(*) FROM event", 2);
  if (!counts) return counts.error().in(name);
  return LedgerCounts{std::stoull(counts->at(0)), std::stoull(counts->at(1))};
}

/// An empty file that only its owner can read.
Result<Done> make_private_file(const fs::path& path) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0)
    return Error{ErrorCode::kUnavailable, path.string() + " can't be made: " + std::strerror(errno)};
  ::close(file);
  return Done{};
}

/// Copies all pages as of one instant, waiting for whoever holds the file.
Result<Done> copy_pages(sqlite3* from, sqlite3* to, const std::string& name) {
  const Backup backup(sqlite3_backup_init(to, "main", from, "main"));
  if (!backup) return sqlite::error_of(to, name + " can't be copied");
  const auto deadline = std::chrono::steady_clock::now() + limits::kLedgerBusyTimeout;
  int code = sqlite3_backup_step(backup.get(), -1);
  while ((code == SQLITE_BUSY || code == SQLITE_LOCKED) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
    code = sqlite3_backup_step(backup.get(), -1);
  }
  if (code != SQLITE_DONE) return sqlite::error_of(code, name + " can't be copied");
  return Done{};
}

/// A verified copy of `from` in the file `to`, which is there and empty.
Result<LedgerCounts> copy_into(const fs::path& from, const fs::path& to) {
  auto source = open_ledger_reader(from, "");
  if (!source) return source.error();
  auto copy = sqlite::open(to.string(), SQLITE_OPEN_READWRITE);
  if (!copy) return copy.error();
  if (auto copied = copy_pages(source->get(), copy->get(), from.string()); !copied) return copied.error();
  const auto one_file = sqlite::execute(copy->get(), "PRAGMA synchronous=FULL; PRAGMA journal_mode=DELETE",
                                        to.string() + " can't be written");
  if (!one_file) return one_file.error();
  return verify(copy->get(), from.string());
}

void remove_quietly(const fs::path& path) {
  std::error_code ignored;
  for (const char* ending : {"", "-wal", "-shm", "-journal"})
    fs::remove(path.string() + ending, ignored);
}

/// A copy that has its name when it is whole.
Result<LedgerCounts> make_copy(const fs::path& from, const fs::path& to) {
  const fs::path unfinished = to.string() + ".new";
  remove_quietly(unfinished);  // of one that was cut short
  if (auto made = make_private_file(unfinished); !made) return made.error();
  auto counts = copy_into(from, unfinished);
  std::error_code failed;
  if (counts.ok()) fs::rename(unfinished, to, failed);
  if (counts.ok() && failed)
    counts = Error{ErrorCode::kUnavailable, to.string() + " can't be made: " + failed.message()};
  if (!counts) {
    remove_quietly(unfinished);
    return counts.error();
  }
  if (auto synced = sync_folder(to.has_parent_path() ? to.parent_path() : fs::path(".")); !synced)
    return synced.error();
  return counts;
}

/// The ledger and its write-ahead log belong together.
Result<Done> set_aside(const fs::path& ledger, const std::string& suffix) {
  for (const char* ending : {"-wal", "-shm", ""}) {
    const fs::path from = ledger.string() + ending;
    const fs::path to = ledger.string() + "." + suffix + ending;
    std::error_code failed;
    if (!fs::exists(from, failed)) continue;
    if (fs::exists(to, failed)) return Error{ErrorCode::kConflict, to.string() + " is there already"};
    fs::rename(from, to, failed);
    if (failed) return Error{ErrorCode::kUnavailable, from.string() + ": " + failed.message()};
  }
  return Done{};
}

}  // namespace

Result<LedgerCounts> verify_ledger(const fs::path& path) {
  if (auto header = check_ledger_header(path); !header) return header.error();
  auto connection = open_ledger_reader(path, "");
  if (!connection) return connection.error();
  return verify(connection->get(), path.string());
}

Result<LedgerCounts> back_up_ledger(const fs::path& ledger, const fs::path& to) {
  std::error_code failed;
  if (fs::exists(to, failed))
    return Error{ErrorCode::kConflict, to.string() + " is there already: name a new file"};
  if (auto header = check_ledger_header(ledger); !header) return header.error();
  return make_copy(ledger, to);
}

Result<LedgerCounts> restore_ledger(const fs::path& backup, const fs::path& ledger,
                                    const RestoreOptions& options) {
  const auto counts = verify_ledger(backup);
  if (!counts) return Error{counts.error().code, counts.error().message + kNothingDone};
  const auto lock = FileLock::take(ledger.string() + ".lock");
  if (!lock) return lock.error();
  std::error_code failed;
  const bool there = fs::exists(ledger, failed);
  if (there && !options.replace)
    return Error{ErrorCode::kConflict,
                 ledger.string() + " is there already: move it away, or let it be replaced (--replace)"};
  if (auto aside = set_aside(ledger, options.suffix); !aside) return aside.error();
  return make_copy(backup, ledger);
}

}  // namespace parley
