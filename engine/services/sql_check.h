// What SQL of an author may do, and how it is checked when services.yaml is read; and how long SQL may run.
//
// Thread rule: as of the connection handed in.
#pragma once

#include <chrono>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "engine/result.h"
#include "engine/sqlite.h"

namespace parley {

/// Forbids what would break the transaction a call runs in or leave its file: BEGIN, COMMIT, SAVEPOINT,
/// ATTACH, PRAGMA.
void restrict_to_service_sql(sqlite3* connection);

/// Interrupts whatever runs on a connection when the time is over (SQLITE_INTERRUPT), until it is destroyed.
class SqlDeadline {
 public:
  SqlDeadline(sqlite3* connection, std::chrono::steady_clock::time_point at);
  ~SqlDeadline();
  SqlDeadline(const SqlDeadline&) = delete;
  SqlDeadline& operator=(const SqlDeadline&) = delete;
  bool passed() const { return std::chrono::steady_clock::now() >= at_; }

 private:
  sqlite3* connection_;
  std::chrono::steady_clock::time_point at_;
};

/// What a statement needs and gives, as SQLite understood it.
struct SqlShape {
  std::set<std::string> parameters;  // without the colon
  std::vector<std::string> columns;
};

struct SqlMistake {
  std::string message;
  int offset = -1;  // bytes into the statement; -1: as a whole
};

/// Prepares one statement; a second one behind it and parameters that are not written `:name` are mistakes.
std::variant<SqlShape, SqlMistake> check_sql(sqlite3* connection, const std::string& sql);

}  // namespace parley
