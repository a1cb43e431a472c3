#include "cli/maturity/record.h"

#include <nlohmann/json.hpp>

#include "engine/activity.h"

namespace parley::cli {
namespace {

constexpr std::int64_t kApplicationId = 0x50726D74;  // "Prmt"
constexpr std::int64_t kVersion = 2;

constexpr auto kSchema = R"sql(
CREATE TABLE assessment (
  at           INTEGER NOT NULL,
  bot          TEXT NOT NULL,
  version      TEXT NOT NULL,
  model        TEXT NOT NULL,
  interaction  INTEGER NOT NULL,
  intelligence INTEGER NOT NULL,
  integration  INTEGER NOT NULL,
  report       TEXT NOT NULL
);
CREATE INDEX assessment_by_bot ON assessment (bot, at);
CREATE TRIGGER assessment_is_never_changed BEFORE UPDATE ON assessment
BEGIN SELECT RAISE(ABORT, 'recorded assessments are never changed'); END;
CREATE TABLE drill (
  at      INTEGER NOT NULL,
  bot     TEXT NOT NULL,
  version TEXT NOT NULL,
  name    TEXT NOT NULL,
  passed  INTEGER NOT NULL,
  report  TEXT NOT NULL
);
CREATE INDEX drill_by_bot ON drill (bot, version, name, at);
CREATE TRIGGER drill_is_never_changed BEFORE UPDATE ON drill
BEGIN SELECT RAISE(ABORT, 'recorded drills are never changed'); END;
)sql";

/// Since version 2.
constexpr auto kPhases = R"sql(
CREATE TABLE phase (
  at       INTEGER NOT NULL,
  channel  TEXT NOT NULL,
  bot      TEXT NOT NULL,
  version  TEXT NOT NULL,
  phase    TEXT NOT NULL,
  opens_at INTEGER NOT NULL,
  level    INTEGER,
  below    INTEGER NOT NULL
);
CREATE INDEX phase_by_bot ON phase (bot, at);
CREATE TRIGGER phase_is_never_changed BEFORE UPDATE ON phase
BEGIN SELECT RAISE(ABORT, 'recorded phases are never changed'); END;
)sql";

Result<std::int64_t> pragma(sqlite3* connection, const std::string& name) {
  auto statement = sqlite::Statement::prepare(connection, "PRAGMA " + name);
  if (!statement || statement->step() != SQLITE_ROW) return sqlite::error_of(connection, name);
  return statement->integer(0);
}

/// One transaction: of two processes that find an empty or old file, one makes the tables.
Result<Done> make_tables(sqlite3* connection) {
  if (auto begun = sqlite::execute(connection, "BEGIN IMMEDIATE", "making the record"); !begun) return begun;
  const auto id = pragma(connection, "application_id"), version = pragma(connection, "user_version");
  std::string work;
  if (!id || *id != kApplicationId) work += kSchema;
  if (!version || *version < kVersion) work += kPhases;
  return sqlite::execute(connection,
                         work + "PRAGMA application_id = " + std::to_string(kApplicationId) +
                             "; PRAGMA user_version = " + std::to_string(kVersion) + "; COMMIT",
                         "making the record");
}

Result<Done> check_or_make(sqlite3* connection) {
  const auto id = pragma(connection, "application_id"), version = pragma(connection, "user_version");
  const auto pages = pragma(connection, "page_count");
  if (!id) return id.error();
  if (!version) return version.error();
  if (!pages) return pages.error();
  if (*pages > 0 && *id != kApplicationId)
    return Error{ErrorCode::kConflict, "this is not a record of maturity; move it away"};
  if (*version > kVersion)
    return Error{ErrorCode::kConflict, "this record was made by a newer version of Parley"};
  return *version < kVersion ? make_tables(connection) : Result<Done>(Done{});
}

Result<Done> added(sqlite3* connection, sqlite::Statement& statement) {
  if (statement.run() == SQLITE_DONE) return Done{};
  return sqlite::error_of(connection, "writing the record of maturity");
}

TimePoint time_of(std::int64_t milliseconds) {
  return TimePoint(std::chrono::milliseconds(milliseconds));
}

}  // namespace

Result<MaturityRecord> MaturityRecord::open_beside(const std::filesystem::path& ledger) {
  const std::filesystem::path path = ledger.parent_path() / "maturity.db";
  auto connection = sqlite::open(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!connection) return connection.error();
  sqlite3_busy_timeout(connection->get(), kRecordWaitMs);
  if (const auto good = check_or_make(connection->get()); !good) return good.error().in(path.string());
  return MaturityRecord(std::move(*connection));
}

Result<Done> MaturityRecord::add(const Assessment& assessment, TimePoint at) {
  auto statement = sqlite::Statement::prepare(
      connection_.get(), "INSERT INTO assessment VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  if (!statement) return sqlite::error_of(connection_.get(), "writing the record of maturity");
  const std::string report = json_text(to_json(assessment));
  statement->bind(1, at.time_since_epoch().count())
      .bind(2, assessment.bot)
      .bind(3, assessment.version)
      .bind(4, assessment.model)
      .bind(8, report);
  for (std::size_t i = 0; i < assessment.axis_levels.size(); ++i)
    statement->bind(static_cast<int>(i) + 5, std::int64_t{assessment.axis_levels[i]});
  return added(connection_.get(), *statement);
}

Result<Done> MaturityRecord::add(const RecordedDrill& drill) {
  auto statement =
      sqlite::Statement::prepare(connection_.get(), "INSERT INTO drill VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  if (!statement) return sqlite::error_of(connection_.get(), "writing the record of maturity");
  statement->bind(1, drill.at.time_since_epoch().count())
      .bind(2, drill.bot)
      .bind(3, drill.version)
      .bind(4, drill.name)
      .bind(5, std::int64_t{drill.passed ? 1 : 0})
      .bind(6, drill.report);
  return added(connection_.get(), *statement);
}

Result<std::vector<RecordedAssessment>> MaturityRecord::history(const std::string& bot) const {
  auto statement =
      sqlite::Statement::prepare(connection_.get(),
                                 "SELECT at, version, model, interaction, intelligence, integration "
                                 "FROM assessment WHERE bot = ?1 ORDER BY at, rowid");
  if (!statement) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  statement->bind(1, bot);
  std::vector<RecordedAssessment> rows;
  int code = statement->step();
  for (; code == SQLITE_ROW; code = statement->step()) {
    RecordedAssessment row{
        time_of(statement->integer(0)), std::string(statement->text(1)), std::string(statement->text(2)), {}};
    for (std::size_t i = 0; i < row.axis_levels.size(); ++i)
      row.axis_levels[i] = static_cast<int>(statement->integer(static_cast<int>(i) + 3));
    rows.push_back(std::move(row));
  }
  if (code != SQLITE_DONE) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  return rows;
}

Result<std::optional<RecordedDrill>> MaturityRecord::last_drill(const std::string& bot,
                                                                const std::string& version,
                                                                const std::string& name) const {
  auto statement = sqlite::Statement::prepare(
      connection_.get(),
      "SELECT at, passed, report FROM drill WHERE bot = ?1 AND version = ?2 AND name = ?3 "
      "ORDER BY at DESC, rowid DESC LIMIT 1");
  if (!statement) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  statement->bind(1, bot).bind(2, version).bind(3, name);
  const int code = statement->step();
  if (code == SQLITE_DONE) return std::optional<RecordedDrill>();
  if (code != SQLITE_ROW) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  return std::optional(RecordedDrill{time_of(statement->integer(0)), bot, version, name,
                                     statement->integer(1) != 0, std::string(statement->text(2))});
}

Result<Done> MaturityRecord::add(const RecordedPhase& phase) {
  auto statement = sqlite::Statement::prepare(connection_.get(),
                                              "INSERT INTO phase VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)");
  if (!statement) return sqlite::error_of(connection_.get(), "writing the record of maturity");
  statement->bind(1, phase.at.time_since_epoch().count())
      .bind(2, phase.channel)
      .bind(3, phase.bot)
      .bind(4, phase.version)
      .bind(5, phase.phase)
      .bind(6, std::int64_t{phase.opens_at})
      .bind(8, std::int64_t{phase.below ? 1 : 0});
  phase.level ? statement->bind(7, std::int64_t{*phase.level}) : statement->bind_null(7);
  return added(connection_.get(), *statement);
}

Result<std::optional<LastAssessment>> MaturityRecord::last_assessment(const std::string& bot,
                                                                      const std::string& version,
                                                                      const std::string& model) const {
  auto statement = sqlite::Statement::prepare(
      connection_.get(),
      "SELECT at, interaction, intelligence, integration, report FROM assessment "
      "WHERE bot = ?1 AND version = ?2 AND model = ?3 ORDER BY at DESC, rowid DESC LIMIT 1");
  if (!statement) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  statement->bind(1, bot).bind(2, version).bind(3, model);
  const int code = statement->step();
  if (code == SQLITE_DONE) return std::optional<LastAssessment>();
  if (code != SQLITE_ROW) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  LastAssessment last{{time_of(statement->integer(0)), version, model, {}}, std::string(statement->text(4))};
  for (std::size_t i = 0; i < last.row.axis_levels.size(); ++i)
    last.row.axis_levels[i] = static_cast<int>(statement->integer(static_cast<int>(i) + 1));
  return std::optional(std::move(last));
}

Result<std::vector<RecordedPhase>> MaturityRecord::phases(const std::string& bot) const {
  auto statement = sqlite::Statement::prepare(connection_.get(),
                                              "SELECT at, channel, version, phase, opens_at, level, below "
                                              "FROM phase WHERE bot = ?1 ORDER BY at, rowid");
  if (!statement) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  statement->bind(1, bot);
  std::vector<RecordedPhase> rows;
  int code = statement->step();
  for (; code == SQLITE_ROW; code = statement->step()) {
    RecordedPhase& row = rows.emplace_back();
    row.at = time_of(statement->integer(0));
    row.channel = statement->text(1);
    row.bot = bot;
    row.version = statement->text(2);
    row.phase = statement->text(3);
    row.opens_at = static_cast<int>(statement->integer(4));
    if (!statement->is_null(5)) row.level = static_cast<int>(statement->integer(5));
    row.below = statement->integer(6) != 0;
  }
  if (code != SQLITE_DONE) return sqlite::error_of(connection_.get(), "reading the record of maturity");
  return rows;
}

}  // namespace parley::cli
