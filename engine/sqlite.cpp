#include "engine/sqlite.h"

namespace parley::sqlite {
namespace {

ErrorCode code_of(int code) {
  const int primary = code & 0xFF;
  return primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB ? ErrorCode::kCorrupt
                                                               : ErrorCode::kUnavailable;
}

std::string with_number(const std::string& what, const char* why, int code) {
  return what + ": " + why + " (SQLite " + std::to_string(code) + ")";
}

}  // namespace

Result<Connection> open(const std::string& path, int flags, const std::string& vfs) {
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                   vfs.empty() ? nullptr : vfs.c_str());
  Connection connection(raw);
  if (code != SQLITE_OK) return error_of(raw, path);
  return connection;
}

Error error_of(sqlite3* connection, const std::string& what) {
  if (connection == nullptr) return error_of(SQLITE_NOMEM, what);
  const int code = sqlite3_extended_errcode(connection);
  return {code_of(code), with_number(what, sqlite3_errmsg(connection), code)};
}

Error error_of(int code, const std::string& what) {
  return {code_of(code), with_number(what, sqlite3_errstr(code), code)};
}

Result<Statement> Statement::prepare(sqlite3* connection, std::string_view sql) {
  sqlite3_stmt* raw = nullptr;
  const int code = sqlite3_prepare_v3(connection, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &raw, nullptr);
  Statement statement;
  statement.handle_.reset(raw);
  if (code != SQLITE_OK) return error_of(connection, std::string(sql));
  return statement;
}

// A bind can only fail for lack of memory or a wrong index, which is ours: the step that follows would tell
// the first.
Statement& Statement::bind(int index, std::string_view text) {
  const char* data = text.data() == nullptr ? "" : text.data();  // a null pointer would bind NULL
  sqlite3_bind_text64(handle_.get(), index, data, text.size(), SQLITE_STATIC, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind(int index, std::int64_t number) {
  sqlite3_bind_int64(handle_.get(), index, number);
  return *this;
}

Statement& Statement::bind_null(int index) {
  sqlite3_bind_null(handle_.get(), index);
  return *this;
}

int Statement::run() {
  const int code = step();
  reset();
  return code;
}

void Statement::reset() {
  sqlite3_reset(handle_.get());
  sqlite3_clear_bindings(handle_.get());
}

std::string_view Statement::text(int column) const {
  const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(handle_.get(), column));
  if (data == nullptr) return {};
  return {data, static_cast<std::size_t>(sqlite3_column_bytes(handle_.get(), column))};
}

Result<Done> execute(sqlite3* connection, const std::string& sql, const std::string& what) {
  if (sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return error_of(connection, what);
  return Done{};
}

}  // namespace parley::sqlite
