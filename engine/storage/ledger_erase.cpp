#include "engine/storage/ledger_erase.h"

#include "engine/storage/ledger_file.h"

namespace parley {
namespace {

using sqlite::Statement;

constexpr std::string_view kTheirs =
    "(SELECT id FROM conversation WHERE person_id = ?1 AND (?2 = '' OR channel = ?2))";

/// Runs one DELETE for the person; gives how many rows went.
Result<std::uint64_t> remove(sqlite3* connection, const std::string& sql, const std::string& person_id,
                             const std::string& channel) {
  auto statement = Statement::prepare(connection, sql);
  if (!statement) return statement.error();
  statement->bind(1, person_id).bind(2, channel);
  if (const int code = statement->run(); code != SQLITE_DONE)
    return sqlite::error_of(code, "a person can't be erased");
  return static_cast<std::uint64_t>(sqlite3_changes64(connection));
}

Result<ErasedPerson> remove_all(sqlite3* connection, const std::string& person_id,
                                const std::string& channel) {
  const std::string theirs(kTheirs);
  ErasedPerson erased;
  for (const char* table : {"pending_call", "timer", "event"}) {
    const auto rows =
        remove(connection, std::string("DELETE FROM ") + table + " WHERE conversation IN " + theirs,
               person_id, channel);
    if (!rows) return rows.error();
    erased.events = *rows;  // of the last of them
  }
  const auto conversations =
      remove(connection, "DELETE FROM conversation WHERE id IN " + theirs, person_id, channel);
  if (!conversations) return conversations.error();
  erased.conversations = *conversations;
  return erased;
}

}  // namespace

Result<ErasedPerson> erase_person(const std::filesystem::path& ledger, const std::string& person_id,
                                  const std::string& channel) {
  if (auto header = check_ledger_header(ledger); !header) return header.error();
  auto file = open_ledger_file(ledger, "");
  if (!file) return file.error();
  sqlite3* connection = file->writer.get();
  const std::string what = ledger.string() + " can't be written";
  if (auto begun = sqlite::execute(connection, "BEGIN IMMEDIATE", what); !begun) return begun.error();
  auto erased = remove_all(connection, person_id, channel);
  const auto ended = sqlite::execute(connection, erased.ok() ? "COMMIT" : "ROLLBACK", what);
  if (!erased.ok()) return erased.error();
  if (!ended) return ended.error();
  if (auto moved = sqlite::execute(connection, "PRAGMA wal_checkpoint(TRUNCATE)", what); !moved)
    return moved.error();
  return erased;
}

}  // namespace parley
