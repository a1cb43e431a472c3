// Why a repeated call takes effect once: the key is noted in the same transaction as the effect. Either both
// are there, and the repeat finds the key, or neither is, and the repeat does the work. An operation that
// only reads notes nothing: doing it again has no effect to double, and a read should not wait for the disk.
#include "engine/services/sql_call.h"

#include <algorithm>
#include <optional>
#include <spdlog/spdlog.h>
#include <vector>

#include "engine/limits.h"
#include "engine/services/sql_check.h"
#include "engine/services/value_type.h"

namespace parley {
namespace {

// Unwinds to run_sql_call() with the word that the flow gets to see.
struct Failed {
  std::string failure;
};

class SqlCall {
 public:
  SqlCall(sqlite3* connection, const ServiceOperation& operation, const CallRequest& request,
          const std::string& key)
      : connection_(connection), operation_(operation), request_(request), key_(key) {}

  Json run() {
    std::vector<sqlite::Statement> statements;
    for (const std::string& sql : operation_.sql)
      statements.push_back(prepare(sql));
    const bool only_reads =
        std::all_of(statements.begin(), statements.end(),
                    [](const sqlite::Statement& each) { return sqlite3_stmt_readonly(each.handle()) != 0; });
    must(sqlite3_exec(connection_, only_reads ? "BEGIN" : "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
    if (!only_reads)
      if (auto stored = find_stored()) return *stored;
    const int changes_before = sqlite3_total_changes(connection_);
    Json result;
    for (sqlite::Statement& statement : statements)
      result = run_statement(statement);
    if (operation_.rows == RowCount::kNone) result = sqlite3_total_changes(connection_) - changes_before;
    if (operation_.rows == RowCount::kOne) result = result.empty() ? Json() : Json(result.front());
    if (!only_reads) note(result);
    must(sqlite3_exec(connection_, "COMMIT", nullptr, nullptr, nullptr));
    return result;
  }

 private:
  sqlite::Statement prepare(const std::string& sql) const {
    auto prepared = sqlite::Statement::prepare(connection_, sql);
    if (!prepared) must(sqlite3_extended_errcode(connection_));
    return std::move(*prepared);
  }

  void must(int code) const {
    if (code == SQLITE_OK || code == SQLITE_DONE) return;
    const int primary = code & 0xFF;
    // Busy: SQLite waited for the file for as long as the call had.
    if (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY) throw Failed{"timeout"};
    if (primary == SQLITE_CONSTRAINT) throw Failed{"rejected"};
    if (primary == SQLITE_MISMATCH || primary == SQLITE_TOOBIG) throw Failed{"invalid"};
    spdlog::error("service {}, operation {}: {}", request_.service, request_.operation,
                  sqlite::error_of(connection_, "SQLite").message);
    throw Failed{"unavailable"};
  }

  std::optional<Json> find_stored() const {
    sqlite::Statement find = prepare("SELECT result FROM parley_calls WHERE key = ?");
    find.bind(1, key_);
    const int code = find.step();
    if (code == SQLITE_ROW) return Json::parse(find.text(0), nullptr, false);
    must(code);
    return std::nullopt;
  }

  void note(const Json& result) const {
    const std::string text = result.dump(-1, ' ', false, Json::error_handler_t::replace);
    sqlite::Statement insert = prepare("INSERT INTO parley_calls VALUES (?, ?, unixepoch())");
    insert.bind(1, key_).bind(2, text);
    must(insert.run());
  }

  // The rows, as a list of maps; nothing is kept of those beyond the limit.
  Json run_statement(sqlite::Statement& statement) const {
    bind_arguments(statement);
    Json rows = Json::array();
    int code = statement.step();
    for (; code == SQLITE_ROW && rows.size() < limits::kServiceRowsMax; code = statement.step())
      rows.push_back(row_of(statement));
    if (code != SQLITE_ROW) must(code);
    return rows;
  }

  void bind_arguments(const sqlite::Statement& statement) const {
    sqlite3_stmt* handle = statement.handle();
    for (int i = 1; i <= sqlite3_bind_parameter_count(handle); ++i) {
      const std::string name = sqlite3_bind_parameter_name(handle, i) + 1;
      const auto value = request_.arguments.find(name);
      const auto type = operation_.arguments.find(name);
      if (value == request_.arguments.end() || type == operation_.arguments.end()) throw Failed{"invalid"};
      must(bind(handle, i, type->second, *value));
    }
  }

  static int bind(sqlite3_stmt* handle, int index, const std::string& type, const Json& value) {
    if (value.is_null()) return sqlite3_bind_null(handle, index);
    if (!fits(type, value)) throw Failed{"invalid"};
    if (value.is_boolean()) return sqlite3_bind_int(handle, index, value.get<bool>() ? 1 : 0);
    if (value.is_number_integer()) return sqlite3_bind_int64(handle, index, value.get<std::int64_t>());
    if (value.is_number()) return sqlite3_bind_double(handle, index, value.get<double>());
    const std::string text = value.is_string() ? value.get<std::string>() : value.dump();
    return sqlite3_bind_text64(handle, index, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  }

  Json row_of(const sqlite::Statement& statement) const {
    Json row = Json::object();
    for (int i = 0; i < sqlite3_column_count(statement.handle()); ++i) {
      const std::string name = sqlite3_column_name(statement.handle(), i);
      const auto type = operation_.columns.find(name);
      if (type != operation_.columns.end()) row[name] = value_of(statement, i, type->second);
    }
    return row;
  }

  static Json value_of(const sqlite::Statement& statement, int column, const std::string& type) {
    const int stored = sqlite3_column_type(statement.handle(), column);
    if (stored == SQLITE_NULL) return nullptr;
    if (type == "bool") return statement.integer(column) != 0;
    if (type == "int" || (type == "any" && stored == SQLITE_INTEGER)) return statement.integer(column);
    if (type == "number" || type == "duration" || (type == "any" && stored == SQLITE_FLOAT))
      return sqlite3_column_double(statement.handle(), column);
    return std::string(statement.text(column));
  }

  sqlite3* connection_;
  const ServiceOperation& operation_;
  const CallRequest& request_;
  const std::string& key_;
};

}  // namespace

Result<Done> prepare_for_calls(sqlite3* connection) {
  const std::string kept = std::to_string(std::chrono::seconds(limits::kServiceCallsKept).count());
  return sqlite::execute(
      connection,
      "CREATE TABLE IF NOT EXISTS parley_calls (key TEXT NOT NULL PRIMARY KEY, result TEXT NOT NULL, "
      "at INTEGER NOT NULL) WITHOUT ROWID;"
      "DELETE FROM parley_calls WHERE at < unixepoch() - " +
          kept,
      "the table of calls can't be made");
}

CallOutcome run_sql_call(sqlite3* connection, const ServiceOperation& operation, const CallRequest& request,
                         const std::string& key, std::chrono::steady_clock::time_point deadline_at) {
  const SqlDeadline deadline(connection, deadline_at);
  if (deadline.passed()) return {request.id, false, nullptr, "timeout"};
  const auto left = deadline_at - std::chrono::steady_clock::now();
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(left).count();
  sqlite3_busy_timeout(connection, static_cast<int>(std::max<std::int64_t>(wait, 1)));
  CallOutcome outcome{request.id, true, nullptr, ""};
  try {
    outcome.value = SqlCall(connection, operation, request, key).run();
  } catch (const Failed& failed) {
    outcome.ok = false;
    outcome.failure = failed.failure;
  }
  if (sqlite3_get_autocommit(connection) == 0)
    sqlite3_exec(connection, "ROLLBACK", nullptr, nullptr, nullptr);
  return outcome;
}

}  // namespace parley
