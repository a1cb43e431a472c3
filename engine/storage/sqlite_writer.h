// Writes turns through prepared statements, inside a transaction that its caller began.
//
// Thread rule: the writer thread. Lifetime: the connection must outlive it.
#pragma once

#include "engine/sqlite.h"
#include "engine/storage/record.h"

namespace parley {

class SqliteWriter {
 public:
  static Result<SqliteWriter> prepare(sqlite3* connection);

  /// SQLITE_OK; SQLITE_CONSTRAINT when the turn does not follow on what is stored; else SQLite's code of the
  /// failure.
  int write(const TurnRecord& turn);

  int begin() { return begin_.run(); }
  int commit() { return commit_.run(); }
  /// Writes one page and nothing else: can the ledger be written at all?
  int probe() { return probe_.run(); }

 private:
  int write_conversation(const TurnRecord& turn);
  int insert_conversation(const ConversationRecord& record);
  int update_conversation(const ConversationRecord& record, Sequence before);
  int write_events(const TurnRecord& turn);
  int write_calls(const TurnRecord& turn);
  int write_timers(const TurnRecord& turn);

  sqlite3* connection_ = nullptr;
  sqlite::Statement begin_, commit_, probe_, insert_conversation_, update_conversation_, insert_event_,
      insert_call_, delete_call_, set_timer_, delete_timer_;
};

}  // namespace parley
