#include "engine/services/catalog_reader.h"

#include <doctest/doctest.h>

#include "tests/support/temp_folder.h"

namespace parley {
namespace {

constexpr auto kSeed = "CREATE TABLE leave (employee TEXT, days INTEGER, booked INTEGER);";

constexpr auto kGood = R"(service: hr
sqlite: hr.db
seed: data/hr.sql
operations:
  balance:
    with: {employee: text}
    sql: SELECT days FROM leave WHERE employee = :employee
    returns: {days: int}
    timeout: 2s
  book:
    with: {employee: text, days: int}
    sql:
      - UPDATE leave SET booked = booked + :days WHERE employee = :employee
      - DELETE FROM leave WHERE days < 0
    rows: none
)";

// The findings of a services.yaml that is kGood with `from` replaced by `to`.
struct Reading {
  test::TempFolder folder;
  config::Findings findings;
  ServiceCatalog catalog;

  explicit Reading(std::string text) {
    folder.write("data/hr.sql", kSeed);
    folder.write("services.yaml", text);
    catalog = read_services(folder.path(), findings);
  }
};

std::string replaced(const std::string& from, const std::string& to) {
  std::string text = kGood;
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

const config::Finding& only_finding(const Reading& reading) {
  for (const auto& finding : reading.findings.all())
    INFO(config::to_text(finding));
  REQUIRE(reading.findings.all().size() == 1);
  return reading.findings.all().front();
}

}  // namespace

TEST_CASE("services.yaml becomes a catalog of typed operations") {
  const Reading reading(kGood);
  for (const auto& finding : reading.findings.all())
    MESSAGE(config::to_text(finding));
  REQUIRE(reading.findings.all().empty());

  const ServiceOperation* balance = reading.catalog.find("hr", "balance");
  REQUIRE(balance != nullptr);
  CHECK(balance->arguments == std::map<std::string, std::string>{{"employee", "text"}});
  CHECK(balance->columns == std::map<std::string, std::string>{{"days", "int"}});
  CHECK(balance->rows == RowCount::kOne);
  CHECK(balance->timeout == std::chrono::seconds(2));

  const ServiceOperation* book = reading.catalog.find("hr", "book");
  REQUIRE(book != nullptr);
  CHECK(book->rows == RowCount::kNone);
  CHECK(book->sql.size() == 2);
  CHECK(book->timeout == limits::kServiceTimeout);
  CHECK(std::get<SqlSource>(reading.catalog.services.at("hr").source).file == "hr.db");
}

TEST_CASE("A bot without services.yaml has an empty catalog and no finding") {
  const test::TempFolder folder;
  config::Findings findings;
  CHECK(read_services(folder.path(), findings).services.empty());
  CHECK(findings.all().empty());
}

TEST_CASE("Each mistake in services.yaml is found with its code and its line") {
  struct Mistake {
    std::string from, to, code;
    int line;
  };
  const std::vector<Mistake> mistakes{
      {"timeout: 2s", "timeuot: 2s", "unknown-key", 9},
      {"timeout: 2s", "timeout: 2h", "timeout-too-long", 9},
      {"service: hr", "service: H R", "bad-name", 1},
      {"hr.db", "../hr.db", "bad-file", 2},
      {"data/hr.sql", "data/gone.sql", "missing-seed", 3},
      {"data/hr.sql", "../hr.sql", "missing-seed", 3},
      {"{days: int}", "{days: integer}", "unknown-type", 8},
      {"{days: int}", "{dayz: int}", "missing-column", 8},
      {"    returns: {days: int}\n", "", "missing-returns", 5},
      {"rows: none", "rows: nothing at all", "unknown-rows", 15},
      {"FROM leave WHERE e", "FROM leaves WHERE e", "sql", 7},
      {"DELETE FROM leave WHERE days < 0", "DELETE FROM leave; DELETE FROM leave", "sql", 14},
      {"DELETE FROM leave WHERE days < 0", "COMMIT", "sql", 14},
      {"DELETE FROM leave WHERE days < 0", "DELETE FROM leave WHERE days < ?", "sql", 14},
      {":employee\n    returns", ":employe\n    returns", "undeclared-parameter", 7},
      {"employee: text, days: int", "employee: text, days: int, note: text", "unused-parameter", 11},
      {"operations:", "operationz:", "unknown-key", 4},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.from);
    CAPTURE(mistake.to);
    const Reading reading(replaced(mistake.from, mistake.to));
    bool found = false;
    for (const auto& finding : reading.findings.all())
      found |= finding.code == mistake.code && finding.position.line == mistake.line;
    for (const auto& finding : reading.findings.all())
      INFO(config::to_text(finding));
    CHECK(found);
  }
}

TEST_CASE("A misspelt column is shown where it stands in the statement") {
  const Reading reading(replaced("SELECT days FROM", "SELECT dayz FROM"));
  bool found = false;
  for (const auto& finding : reading.findings.all()) {
    if (finding.code != "sql") continue;
    found = true;
    CHECK(finding.source_line.substr(static_cast<std::size_t>(finding.position.column) - 1, 4) == "dayz");
    CHECK(finding.message.find("dayz") != std::string::npos);
  }
  CHECK(found);
}

TEST_CASE("A seed that does not run is reported with SQLite's reason") {
  test::TempFolder folder;
  config::Findings findings;
  folder.write("data/hr.sql", "CREATE TABEL leave (employee TEXT);");
  folder.write("services.yaml", kGood);
  const ServiceCatalog catalog = read_services(folder.path(), findings);
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all().front().code == "seed-sql");
  CHECK(findings.all().front().message.find("TABEL") != std::string::npos);
  CHECK(catalog.find("hr", "balance") != nullptr);
}

TEST_CASE("Two services of one name and two services in one file are mistakes") {
  const Reading same_name(std::string(kGood) + "---\n" + replaced("hr.db", "other.db"));
  CHECK(only_finding(same_name).code == "duplicate-service");
  const Reading same_file(std::string(kGood) + "---\n" + replaced("service: hr", "service: other"));
  CHECK(only_finding(same_file).code == "bad-file");
}

}  // namespace parley
