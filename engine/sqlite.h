// A thin layer over SQLite's C interface: handles that close themselves, statements that are bound and
// stepped.
//
// Return codes stay SQLite's own (SQLITE_OK, SQLITE_ROW, SQLITE_DONE ...), because what to do about one
// depends on who asked. Text that is bound is not copied: it must live until the statement is reset. Text
// that is read lives until the next step.
//
// Thread rule: a connection and its statements belong to one thread at a time. Lifetime: statements before
// connection. Source: https://www.sqlite.org/cintro.html
#pragma once

#include <cstdint>
#include <memory>
#include <sqlite3.h>
#include <string>
#include <string_view>

#include "engine/result.h"

namespace parley::sqlite {

struct Close {
  void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
};
struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Connection = std::unique_ptr<sqlite3, Close>;

/// Opens without mutexes and with extended result codes. `flags` as for sqlite3_open_v2; `vfs` may be empty.
Result<Connection> open(const std::string& path, int flags, const std::string& vfs = "");

/// "what: SQLite's message (code)" with `code` kUnavailable, or kCorrupt where SQLite says so.
Error error_of(sqlite3* connection, const std::string& what);
/// The same for a code that is at hand.
Error error_of(int code, const std::string& what);

class Statement {
 public:
  Statement() = default;
  /// One statement; `error_of` tells why not.
  static Result<Statement> prepare(sqlite3* connection, std::string_view sql);

  Statement& bind(int index, std::string_view text);
  Statement& bind(int index, std::int64_t number);
  Statement& bind_null(int index);
  int step() { return sqlite3_step(handle_.get()); }
  /// Steps a statement that gives no rows, then resets it. SQLITE_DONE when it went well.
  int run();
  /// Frees what the execution held; the bindings are cleared too.
  void reset();

  std::string_view text(int column) const;
  std::int64_t integer(int column) const { return sqlite3_column_int64(handle_.get(), column); }
  bool is_null(int column) const { return sqlite3_column_type(handle_.get(), column) == SQLITE_NULL; }
  sqlite3_stmt* handle() const { return handle_.get(); }

 private:
  std::unique_ptr<sqlite3_stmt, Finalize> handle_;
};

/// Runs statements that give no rows of interest. A failure is reported as "what: ...".
Result<Done> execute(sqlite3* connection, const std::string& sql, const std::string& what);

/// Resets a statement when a function that stepped it is left.
class ResetAtEnd {
 public:
  explicit ResetAtEnd(Statement& statement) : statement_(statement) {}
  ~ResetAtEnd() { statement_.reset(); }
  ResetAtEnd(const ResetAtEnd&) = delete;
  ResetAtEnd& operator=(const ResetAtEnd&) = delete;

 private:
  Statement& statement_;
};

}  // namespace parley::sqlite
