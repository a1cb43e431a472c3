#include "engine/services/catalog_reader.h"

#include <algorithm>
#include <fstream>
#include <optional>
#include <set>
#include <sstream>

#include "config/file_content.h"
#include "config/yaml.h"
#include "engine/services/sql_check.h"
#include "engine/sqlite.h"

namespace parley {
namespace {

using config::Entry;
using config::Node;
namespace fs = std::filesystem;

bool is_name(const std::string& text) {
  const auto plain = [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !text.empty() && text[0] >= 'a' && text[0] <= 'z' && std::all_of(text.begin(), text.end(), plain);
}

bool is_file_name(const std::string& text) {
  const auto plain = [](unsigned char c) { return std::isalnum(c) || c == '_' || c == '-' || c == '.'; };
  return !text.empty() && text[0] != '.' && std::all_of(text.begin(), text.end(), plain);
}

// A path that cannot leave the bot's folder.
bool stays_inside(const fs::path& path) {
  return path.is_relative() && std::find(path.begin(), path.end(), "..") == path.end();
}

bool check_name(const Node& at, const std::string& name) {
  if (is_name(name)) return true;
  at.error("bad-name", "'" + name + "' is not a name", "use a-z, 0-9 and _, beginning with a letter");
  return false;
}

// name -> type of `with` and `returns`.
std::map<std::string, std::string> read_types(const Node& map) {
  std::map<std::string, std::string> types;
  if (!map) return types;
  for (const Entry& entry : map.entries()) {
    check_name(entry.key, entry.name);
    const std::string type = entry.value.text().value_or("any");
    const auto& known = service_value_types();
    const bool ok = std::find(known.begin(), known.end(), type) != known.end();
    if (!ok)
      entry.value.error("unknown-type", "'" + type + "' is not a type", config::near_names_hint(type, known));
    types[entry.name] = ok ? type : "any";
  }
  return types;
}

RowCount read_rows(const Node& rows) {
  if (!rows) return RowCount::kOne;
  const auto text = rows.text();
  if (text == "many") return RowCount::kMany;
  if (text == "none") return RowCount::kNone;
  if (text && text != "one")
    rows.error("unknown-rows", "'" + *text + "' is not a number of rows", "known: 'one', 'many', 'none'");
  return RowCount::kOne;
}

std::chrono::milliseconds read_timeout(const Node& timeout) {
  const auto given = timeout.duration_ms();
  if (!given) return limits::kServiceTimeout;
  const std::chrono::milliseconds value(*given);
  if (value.count() > 0 && value <= limits::kServiceTimeoutMax) return value;
  timeout.error("timeout-too-long",
                "a call may take from 1ms to " + std::to_string(limits::kServiceTimeoutMax.count()) + "s");
  return limits::kServiceTimeout;
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

class CatalogReader {
 public:
  CatalogReader(fs::path folder, const config::YamlFile& file) : folder_(std::move(folder)), file_(file) {}

  ServiceCatalog read() {
    for (const Node& document : file_.documents())
      read_service(document);
    return std::move(catalog_);
  }

 private:
  void read_service(const Node& document) {
    document.allow({"service", "sqlite", "seed", "operations"});
    Service service;
    service.name = read_service_name(document.need("service"));
    service.file = read_file_name(document.need("sqlite"), service.name);
    const sqlite::Connection seeded = read_seed(document.need("seed"), service);
    const Node operations = document.need("operations");
    if (!operations) return;
    for (const Entry& entry : operations.entries()) {
      check_name(entry.key, entry.name);
      service.operations[entry.name] = read_operation(entry, seeded.get());
    }
    if (!service.name.empty()) catalog_.services.emplace(service.name, std::move(service));
  }

  std::string read_service_name(const Node& node) {
    const std::string name = node.text().value_or("");
    if (name.empty() || !check_name(node, name)) return "";
    if (catalog_.services.contains(name))
      node.error("duplicate-service", "there is a service '" + name + "' already", "rename one of the two");
    return name;
  }

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
  sqlite::Connection read_seed(const Node& node, Service& service) {
    const std::string written = node.text().value_or("");
    if (written.empty()) return nullptr;
    service.seed = folder_ / written;
    std::ifstream stream(service.seed, std::ios::binary);
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
    ServiceOperation operation;
    const Node& node = entry.value;
    if (!node.is_map()) {
      (void)node.entries();  // reports that a map is expected
      return operation;
    }
    node.allow({"with", "sql", "returns", "rows", "timeout"});
    operation.arguments = read_types(node.get("with"));
    operation.columns = read_types(node.get("returns"));
    operation.rows = read_rows(node.get("rows"));
    operation.timeout = read_timeout(node.get("timeout"));
    const std::vector<Node> statements = node.need("sql").items();
    for (const Node& statement : statements)
      if (const auto sql = statement.text()) operation.sql.push_back(*sql);
    check_returns(entry, operation);
    if (seeded != nullptr && operation.sql.size() == statements.size())
      check_statements(entry, operation, seeded);
    return operation;
  }

  static void check_returns(const Entry& entry, const ServiceOperation& operation) {
    const Node returns = entry.value.get("returns");
    if (operation.rows == RowCount::kNone && returns)
      returns.error("missing-returns", "with 'rows: none' a call gives the number of changed rows",
                    "remove 'returns', or write 'rows: one' or 'rows: many'");
    if (operation.rows != RowCount::kNone && operation.columns.empty())
      entry.key.error("missing-returns", "'" + entry.name + "' does not say what it returns",
                      "list the columns: returns: {days: int}, or write 'rows: none'");
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
      check_parameters(statements[i], shape, operation);
      if (i + 1 == statements.size()) check_columns(entry, shape, operation);
    }
    if (understood) check_unused(entry.value.get("with"), used);
  }

  static void check_parameters(const Node& statement, const SqlShape& shape,
                               const ServiceOperation& operation) {
    std::vector<std::string> declared;
    for (const auto& [name, type] : operation.arguments)
      declared.push_back(name);
    for (const std::string& name : shape.parameters)
      if (!operation.arguments.contains(name))
        statement.error("undeclared-parameter", "':" + name + "' is not among the arguments under 'with'",
                        config::near_names_hint(name, declared));
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

  fs::path folder_;
  const config::YamlFile& file_;
  ServiceCatalog catalog_;
  std::map<std::string, std::string> files_;  // file name -> service
};

}  // namespace

const std::vector<std::string>& service_value_types() {
  static const std::vector<std::string> kTypes{"text", "int",      "number",    "bool", "date",
                                               "time", "duration", "timestamp", "any"};
  return kTypes;
}

ServiceCatalog read_services(const fs::path& folder, config::Findings& findings) {
  const fs::path path = folder / "services.yaml";
  if (!config::file_exists(path)) return {};
  const config::YamlFile file(path, path.string(), findings);
  return CatalogReader(folder, file).read();
}

}  // namespace parley
