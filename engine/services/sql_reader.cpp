#include "engine/services/sql_reader.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "engine/services/service_reading.h"
#include "engine/services/sql_check.h"
#include "engine/sqlite.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;
namespace fs = std::filesystem;

bool is_file_name(const std::string& text) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; };
  return !text.empty() && text[0] != '.' && std::all_of(text.begin(), text.end(), plain);
}

// Points into a statement that stands on one line; for a longer one, at its beginning.
void report_sql(const config::YamlFile& file, const Node& at, const std::string& sql,
                const SqlMistake& mistake) {
  config::Position position = at.position();
  const std::string_view line = file.line(position.line);
  const std::size_t begin = line.find(sql);
  if (mistake.offset > 0 && begin != std::string_view::npos) {
    const std::string_view before = line.substr(0, begin + static_cast<std::size_t>(mistake.offset));
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    position.column = 1 + static_cast<int>(std::count_if(before.begin(), before.end(), starts_character));
  }
  file.findings().add({config::Severity::kError, "sql", file.shown_as(), position, mistake.message,
                       "the tables and columns are those of the seed", std::string(line)});
}

// One service: its seed, then its operations against what the seed made.
class SqlDocument {
 public:
  SqlDocument(const fs::path& folder, const config::YamlFile& file, std::map<std::string, std::string>& files)
      : folder_(folder), file_(file), files_(files) {}

  void read(const Node& document, Service& service) {
    document.allow({"service", "sqlite", "seed", "operations"});
    SqlSource source;
    source.file = read_file_name(document.need("sqlite"), service.name);
    const sqlite::Connection seeded = read_seed(document.need("seed"), source);
    service.source = std::move(source);
    for (const Entry& entry : read_operations(document))
      service.operations[entry.name] = read_operation(entry, seeded.get());
  }

 private:
  std::string read_file_name(const Node& node, const std::string& service) {
    const std::string name = node.text().value_or("");
    if (!name.empty() && !is_file_name(name)) {
      node.error("bad-file", "'" + name + "' is not a plain file name",
                 "write a name without folders: hr.db");
      return "";
    }
    const auto [other, fresh] = files_.emplace(name, service);
    if (!name.empty() && !fresh)
      node.error("bad-file", "'" + name + "' is the file of service '" + other->second + "'",
                 "give each service a file of its own");
    return name;
  }

  // An in-memory database made from the seed; null when that was not possible, and reported.
  sqlite::Connection read_seed(const Node& node, SqlSource& source) {
    const std::string written = node.text().value_or("");
    if (written.empty()) return nullptr;
    source.seed = folder_ / written;
    std::ifstream stream(source.seed, std::ios::binary);
    if (!stays_inside(written) || !stream) {
      node.error("missing-seed", "there is no file '" + written + "' in the bot's folder",
                 "write its path from the bot's folder: data/hr.sql");
      return nullptr;
    }
    std::ostringstream sql;
    sql << stream.rdbuf();
    return run_seed(node, sql.str());
  }

  static sqlite::Connection run_seed(const Node& node, const std::string& sql) {
    auto opened = sqlite::open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    if (!opened) {
      node.error("seed-sql", opened.error().message);
      return nullptr;
    }
    sqlite::Connection connection = std::move(*opened);
    const SqlDeadline deadline(connection.get(), std::chrono::steady_clock::now() + limits::kSeedTimeout);
    if (const auto done = sqlite::execute(connection.get(), sql, "the seed does not run"); !done) {
      node.error("seed-sql", done.error().message);
      return nullptr;
    }
    restrict_to_service_sql(connection.get());
    return connection;
  }

  ServiceOperation read_operation(const Entry& entry, sqlite3* seeded) {
    const Node& node = entry.value;
    ServiceOperation operation = read_operation_frame(node);
    if (!node.is_map()) return operation;
    node.allow({"with", "sql", "returns", "rows", "timeout"});
    operation.columns = read_types(node.get("returns"));
    const std::vector<Node> statements = node.need("sql").items();
    for (const Node& statement : statements)
      if (const auto sql = statement.text()) operation.sql.push_back(*sql);
    check_returns(entry, operation);
    if (seeded != nullptr && operation.sql.size() == statements.size())
      check_statements(entry, operation, seeded);
    return operation;
  }

  void check_statements(const Entry& entry, const ServiceOperation& operation, sqlite3* seeded) {
    std::set<std::string> used;
    bool understood = true;
    const std::vector<Node> statements = entry.value.get("sql").items();
    for (std::size_t i = 0; i < statements.size(); ++i) {
      const auto checked = check_sql(seeded, operation.sql[i]);
      if (const auto* mistake = std::get_if<SqlMistake>(&checked)) {
        report_sql(file_, statements[i], operation.sql[i], *mistake);
        understood = false;
        continue;
      }
      const auto& shape = std::get<SqlShape>(checked);
      used.insert(shape.parameters.begin(), shape.parameters.end());
      understood = check_parameters(statements[i], shape, operation) && understood;
      if (i + 1 == statements.size()) check_columns(entry, shape, operation);
    }
    if (understood) check_unused(entry.value.get("with"), used);
  }

  /// False: one is not declared, perhaps the misspelt name of one that seems unused.
  static bool check_parameters(const Node& statement, const SqlShape& shape,
                               const ServiceOperation& operation) {
    bool known = true;
    std::vector<std::string> declared;
    for (const auto& [name, type] : operation.arguments)
      declared.push_back(name);
    for (const std::string& name : shape.parameters) {
      if (operation.arguments.contains(name)) continue;
      known = false;
      statement.error("undeclared-parameter", "':" + name + "' is not among the arguments under 'with'",
                      config::near_names_hint(name, declared));
    }
    return known;
  }

  static void check_unused(const Node& with, const std::set<std::string>& used) {
    if (!with.is_map()) return;
    for (const Entry& entry : with.entries())
      if (!used.contains(entry.name))
        entry.key.error("unused-parameter", "no statement uses ':" + entry.name + "'",
                        "use it in the SQL, or remove it here");
  }

  static void check_columns(const Entry& entry, const SqlShape& shape, const ServiceOperation& operation) {
    if (operation.rows == RowCount::kNone) return;
    const Node returns = entry.value.get("returns");
    for (const auto& [name, type] : operation.columns)
      if (std::find(shape.columns.begin(), shape.columns.end(), name) == shape.columns.end())
        returns.error("missing-column", "the last statement gives no column '" + name + "'",
                      shape.columns.empty() ? "end with a SELECT or a RETURNING clause"
                                            : config::near_names_hint(name, shape.columns));
  }

  const fs::path& folder_;
  const config::YamlFile& file_;
  std::map<std::string, std::string>& files_;
};

}  // namespace

void SqlServiceReader::read(const Node& document, Service& service) {
  SqlDocument(folder_, file_, files_).read(document, service);
}

}  // namespace parley
