#include <cmath>
#include <doctest/doctest.h>

#include "intents/tree/table.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

struct Read {
  explicit Read(const std::string& content, const std::string& target = "") {
    table = read_decision_table(content, "t.csv", target, findings);
    findings.sort();
  }
  /// "2:5 table", one a finding.
  std::string found() const {
    std::string text;
    for (const config::Finding& finding : findings.all())
      text += (text.empty() ? "" : ", ") + std::to_string(finding.position.line) + ":" +
              std::to_string(finding.position.column) + " " + finding.code;
    return text;
  }
  std::string first_text() const { return findings.all().empty() ? "" : to_text(findings.all().front()); }

  config::Findings findings;
  std::optional<DecisionTable> table;
};

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a column is a number, a flag or a text by all of its values, and empty cells are not known") {
  const Read read("topic; urgent ;hour;desk\nvpn;yes;9;network\n laptop ;no; ;workplace\n;;17.5;network\n");
  REQUIRE_MESSAGE(read.table, read.first_text());
  const DecisionTable& table = *read.table;
  CHECK(table.target == "desk");
  CHECK(table.outcomes == std::vector<std::string>{"network", "workplace"});
  CHECK(table.decisions == std::vector<std::uint32_t>{0, 1, 0});
  REQUIRE(table.columns.size() == 3);
  CHECK(table.columns[0].feature.kind == FeatureKind::kText);
  CHECK(table.columns[0].feature.categories == std::vector<std::string>{"laptop", "vpn"});
  CHECK(table.columns[0].values[0] == 1);
  CHECK(std::isnan(table.columns[0].values[2]));
  CHECK(table.columns[1].feature.name == "urgent");
  CHECK(table.columns[1].feature.kind == FeatureKind::kFlag);
  CHECK(table.columns[1].values[0] == 1);
  CHECK(table.columns[2].feature.kind == FeatureKind::kNumber);
  CHECK(table.columns[2].feature.may_be_missing);
  CHECK(std::isnan(table.columns[2].values[1]));
  CHECK(table.columns[2].values[2] == 17.5F);
}

TEST_CASE("the target may be any column, and quotes and tabs are those of a spreadsheet") {
  const Read read("desk\tnote\n\"a \"\"b\"\"\"\t\"x\ny\"\n", "desk");
  REQUIRE_MESSAGE(read.table, read.first_text());
  CHECK(read.table->outcomes.front() == "a \"b\"");
  CHECK(read.table->columns[0].feature.categories.front() == "x\ny");
}

TEST_CASE("every mistake of a table is reported where it stands") {
  CHECK(Read("").found() == "0:0 table");
  CHECK(Read("a,b\n").found() == "1:1 table");
  CHECK(Read("only\nx\n").found() == "1:1 table");
  CHECK(Read("a,,a,d\n1,2,3,x\n").found() == "1:3 table, 1:4 table");
  CHECK(Read("a,d\n1,x,y\n2\n3,x\n").found() == "2:5 table, 3:1 table");
  CHECK(Read("a,d\n1,x\n2,\n3, \n").found() == "3:3 table, 4:3 table");
  CHECK(Read("a,d\n1,x\n2,x\né9,x\n4,x\n").found() == "4:1 table");
  CHECK(Read("a,d\n\"é\"\"\",\"x\n").found() == "2:7 table");
  CHECK(Read("a,d\n1e300,x\n2,y\n3,y\n").found() == "2:1 table");
  CHECK(has(Read("hour,d\n1,x\n", "our").first_text(), "did you mean 'hour'?"));
}

TEST_CASE("a finding about a table shows the line and says what to do") {
  const Read read("hour,desk\n9,network\n10,network\nten,network\n");
  REQUIRE_FALSE(read.table);
  CHECK(has(read.first_text(), "t.csv:4:1: error[table]: 'ten' is no number"));
  CHECK(has(read.first_text(), "ten,network"));
  CHECK(has(read.first_text(), "begin each of them with a letter"));
}

TEST_CASE("a table beyond its limits is refused, and a flood of findings is cut short") {
  std::string rows = "n,d\n", values = "n,d\n", outcomes = "n,d\n", columns, short_rows = "n,d\n";
  for (std::size_t i = 0; i <= kTableRowsMax; ++i)
    rows += "1,x\n";
  CHECK(has(Read(rows).first_text(), "at most 200000 rows"));
  for (std::size_t i = 0; i <= kTableCategoriesMax; ++i)
    values += "v" + std::to_string(i) + ",x\n";
  CHECK(has(Read(values).first_text(), "more than 1000 different values"));
  for (std::size_t i = 0; i <= kTableOutcomesMax; ++i)
    outcomes += "1,o" + std::to_string(i) + "\n";
  CHECK(has(Read(outcomes).first_text(), "more than 100 different values"));
  for (std::size_t i = 0; i <= kTableColumnsMax; ++i)
    columns += "c" + std::to_string(i) + ",";
  CHECK(has(Read(columns + "d\n").first_text(), "at most 200 columns"));
  for (std::size_t i = 0; i < 3 * kTableFindingsMax; ++i)
    short_rows += "1\n";
  CHECK(Read(short_rows).findings.all().size() == kTableFindingsMax);
}

TEST_CASE("a table that is not UTF-8, too large or not there is refused by its file") {
  const test::TempFolder folder;
  const auto code_of = [](const std::filesystem::path& path) {
    config::Findings findings;
    CHECK_FALSE(read_decision_table(path, "", findings));
    return findings.all().empty() ? "" : findings.all().front().code;
  };
  CHECK(code_of(folder.write("latin.csv", "a,d\ncaf\xE9,x\n")) == "not-utf8");
  CHECK(code_of(folder.path() / "none.csv") == "unreadable");
  const auto large = folder.write("large.csv", "a,d\n");
  std::filesystem::resize_file(large, kTableMaxBytes + 1);
  CHECK(code_of(large) == "too-large");
  config::Findings findings;
  CHECK(read_decision_table(folder.write("mark.csv",
                                         "\xEF\xBB\xBF"
                                         "a,d\n1,x\n"),
                            "a", findings));
}

}  // namespace parley::intents
