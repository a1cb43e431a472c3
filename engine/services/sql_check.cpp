#include "engine/services/sql_check.h"

#include <algorithm>
#include <cctype>

namespace parley {
namespace {

// Virtual machine instructions between two looks at the time: some tens of microseconds.
constexpr int kInstructionsPerLook = 1'000;

int authorize(void*, int action, const char*, const char*, const char*, const char*) {
  switch (action) {
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT:
    case SQLITE_ATTACH:
    case SQLITE_DETACH:
    case SQLITE_PRAGMA:
      return SQLITE_DENY;
    default:
      return SQLITE_OK;
  }
}

bool is_blank(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isspace(c) || c == ';'; });
}

SqlMistake refused(sqlite3* connection) {
  if ((sqlite3_errcode(connection) & 0xFF) == SQLITE_AUTH)
    return {"a service's SQL may not begin or end transactions, attach files or use PRAGMA", -1};
  return {sqlite3_errmsg(connection), sqlite3_error_offset(connection)};
}

}  // namespace

void restrict_to_service_sql(sqlite3* connection) {
  sqlite3_set_authorizer(connection, authorize, nullptr);
}

SqlDeadline::SqlDeadline(sqlite3* connection, std::chrono::steady_clock::time_point at)
    : connection_(connection), at_(at) {
  const auto look = [](void* self) { return static_cast<SqlDeadline*>(self)->passed() ? 1 : 0; };
  sqlite3_progress_handler(connection_, kInstructionsPerLook, look, this);
}

SqlDeadline::~SqlDeadline() {
  sqlite3_progress_handler(connection_, 0, nullptr, nullptr);
}

std::variant<SqlShape, SqlMistake> check_sql(sqlite3* connection, const std::string& sql) {
  sqlite3_stmt* raw = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v2(connection, sql.c_str(), -1, &raw, &rest);
  const std::unique_ptr<sqlite3_stmt, sqlite::Finalize> statement(raw);
  if (code != SQLITE_OK) return refused(connection);
  if (!statement) return SqlMistake{"there is no SQL here", -1};
  if (!is_blank(rest))
    return SqlMistake{"a second statement begins here", static_cast<int>(rest - sql.c_str())};
  SqlShape shape;
  for (int i = 1; i <= sqlite3_bind_parameter_count(raw); ++i) {
    const char* name = sqlite3_bind_parameter_name(raw, i);
    if (name == nullptr || name[0] != ':')
      return SqlMistake{"write parameters as :name, not ? or @ or $", -1};
    shape.parameters.insert(name + 1);
  }
  for (int i = 0; i < sqlite3_column_count(raw); ++i)
    shape.columns.push_back(sqlite3_column_name(raw, i));
  return shape;
}

}  // namespace parley
