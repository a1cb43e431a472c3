#include "intents/knowledge/stem_tables.h"

#include <map>
#include <mutex>
#include <set>

#include "engine/sqlite.h"

namespace parley::intents {
namespace {

constexpr const char* kColumnWeights = "4.0, 3.0, 1.0";  // in BM25: title, heading, text

std::string table_of(const std::string& language) {
  return "pages_" + language;
}

Result<Done> fill(sqlite3* database, const std::string& language, const std::vector<StemRow>& rows) {
  const std::string table = table_of(language);
  auto made = sqlite::execute(
      database,
      "CREATE VIRTUAL TABLE " + table + " USING fts5(title, heading, body, content='', tokenize='ascii')",
      table);
  if (!made) return made;
  auto insert = sqlite::Statement::prepare(
      database, "INSERT INTO " + table + "(rowid, title, heading, body) VALUES (?, ?, ?, ?)");
  if (!insert) return insert.error();
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const StemRow& row = rows[i];
    if (row.language != language) continue;
    insert->bind(1, static_cast<std::int64_t>(i)).bind(2, row.title).bind(3, row.heading).bind(4, row.body);
    if (insert->run() != SQLITE_DONE) return sqlite::error_of(database, table);
  }
  return sqlite::execute(database, "INSERT INTO " + table + "(" + table + ") VALUES ('optimize')", table);
}

Result<Done> fill_all(sqlite3* database, const std::vector<StemRow>& rows) {
  if (auto done = sqlite::execute(database, "BEGIN", "the index of pages"); !done) return done;
  std::set<std::string> languages;
  for (const StemRow& row : rows)
    languages.insert(row.language);
  for (const std::string& language : languages)
    if (auto done = fill(database, language, rows); !done) return done;
  return sqlite::execute(database, "COMMIT", "the index of pages");
}

struct FreeBytes {
  void operator()(unsigned char* bytes) const { sqlite3_free(bytes); }
};
using Bytes = std::unique_ptr<unsigned char, FreeBytes>;

/// FTS5's query language: each stem a string, so that no sign in it means anything.
std::string any_of(const std::vector<std::string>& stems) {
  std::string query;
  for (const std::string& stem : stems) {
    query += query.empty() ? "\"" : " OR \"";
    for (const char c : stem)
      query += c == '"' ? ' ' : c;
    query += '"';
  }
  return query;
}

}  // namespace

/// A connection to the bytes of the index, with its statements.
class StemTables::Reader {
 public:
  /// Null when there is no memory for one.
  static std::unique_ptr<Reader> open(unsigned char* bytes, sqlite3_int64 size) {
    auto connection = sqlite::open(":memory:", SQLITE_OPEN_READWRITE);
    if (!connection) return nullptr;
    const int code =
        sqlite3_deserialize(connection->get(), "main", bytes, size, size, SQLITE_DESERIALIZE_READONLY);
    if (code != SQLITE_OK) return nullptr;
    auto reader = std::make_unique<Reader>();
    reader->connection_ = std::move(*connection);
    return reader;
  }

  void match(const std::string& language, const std::string& query,
             const std::function<bool(std::size_t)>& use) {
    sqlite::Statement* statement = statement_of(language);
    if (!statement) return;
    const sqlite::ResetAtEnd reset(*statement);
    statement->bind(1, query);
    while (statement->step() == SQLITE_ROW)
      if (!use(static_cast<std::size_t>(statement->integer(0)))) return;
  }

 private:
  /// Null for a language without pages.
  sqlite::Statement* statement_of(const std::string& language) {
    const auto known = statements_.find(language);
    if (known != statements_.end()) return &known->second;
    const std::string table = table_of(language);
    auto prepared = sqlite::Statement::prepare(
        connection_.get(), "SELECT rowid FROM " + table + " WHERE " + table + " MATCH ? ORDER BY bm25(" +
                               table + ", " + kColumnWeights + "), rowid");
    if (!prepared) return nullptr;
    return &statements_.emplace(language, std::move(*prepared)).first->second;
  }

  sqlite::Connection connection_;
  std::map<std::string, sqlite::Statement> statements_;  // closed before the connection
};

class StemTables::ReaderPool {
 public:
  ReaderPool(Bytes bytes, sqlite3_int64 size) : bytes_(std::move(bytes)), size_(size) {}

  /// Null when there is no memory for one more.
  std::unique_ptr<Reader> borrow() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        std::unique_ptr<Reader> reader = std::move(idle_.back());
        idle_.pop_back();
        return reader;
      }
    }
    return Reader::open(bytes_.get(), size_);
  }

  void give_back(std::unique_ptr<Reader> reader) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(reader));
  }

 private:
  const Bytes bytes_;  // outlives the readers
  const sqlite3_int64 size_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Reader>> idle_;
};

StemTables::StemTables(std::unique_ptr<ReaderPool> readers) : readers_(std::move(readers)) {}
StemTables::~StemTables() = default;

Result<std::unique_ptr<StemTables>> StemTables::make(const std::vector<StemRow>& rows) {
  if (rows.empty()) return std::unique_ptr<StemTables>(new StemTables(nullptr));  // SQLite writes out nothing
  auto connection = sqlite::open(":memory:", SQLITE_OPEN_READWRITE);
  if (!connection) return connection.error();
  if (auto done = fill_all(connection->get(), rows); !done) return done.error();
  sqlite3_int64 size = 0;
  Bytes bytes(sqlite3_serialize(connection->get(), "main", &size, 0));
  if (!bytes) return sqlite::error_of(SQLITE_NOMEM, "the index of pages");
  return std::unique_ptr<StemTables>(new StemTables(std::make_unique<ReaderPool>(std::move(bytes), size)));
}

void StemTables::match(const std::string& language, const std::vector<std::string>& stems,
                       const std::function<bool(std::size_t)>& use) const {
  if (stems.empty() || !readers_) return;
  std::unique_ptr<Reader> reader = readers_->borrow();
  if (!reader) return;
  reader->match(language, any_of(stems), use);
  readers_->give_back(std::move(reader));
}

}  // namespace parley::intents
