#include "intents/tree/decisions.h"

#include <doctest/doctest.h>

#include "intents/tree/tree_json.h"
#include "tests/support/temp_folder.h"

namespace parley::intents {
namespace {

std::string codes(const config::Findings& findings) {
  std::string text;
  for (const config::Finding& finding : findings.all())
    text += finding.code + " ";
  return text;
}

}  // namespace

TEST_CASE("the tables and trees of a bot are its decisions, by the names of their files") {
  const test::TempFolder folder;
  config::Findings findings;
  CHECK(read_decisions(folder.path(), findings).empty());
  folder.write("decisions/desk.csv", "hour,desk\n9,day\n21,night\n");
  folder.write("decisions/colour.tsv", "hot\tcolour\nyes\tred\nno\tblue\n");
  folder.write("decisions/.hidden", "x");
  const auto tables = read_decisions(folder.path(), findings);
  REQUIRE(tables.size() == 2);
  CHECK(tables.at("desk")->decide(std::vector<FeatureInput>{20.0}) == "night");
  CHECK(tables.at("colour")->decide(std::vector<FeatureInput>{1.0}) == "red");
  folder.write("decisions/kept.json", to_json(*tables.at("desk")).dump());
  CHECK(read_decisions(folder.path(), findings).at("kept")->decide(std::vector<FeatureInput>{8.0}) == "day");
  CHECK(codes(findings) == "");
}

TEST_CASE("a decision that can't be read is null, and reported once") {
  const test::TempFolder folder;
  folder.write("decisions/a.csv", "x,d\n1,\n");
  folder.write("decisions/b.csv", "x,d\n1,y\n");
  folder.write("decisions/b.tsv", "x\td\n1\ty\n");
  folder.write("decisions/c.ods", "x");
  config::Findings findings;
  for (const auto& [name, tree] : read_decisions(folder.path(), findings)) {
    CAPTURE(name);
    CHECK(tree == nullptr);
  }
  CHECK(codes(findings) == "table duplicate-decision table ");
}

TEST_CASE("a bot's table is small: a larger one is for `parley tree`") {
  const test::TempFolder folder;
  const auto table = folder.write("decisions/a.csv", "x,d\n1,y\n");
  std::filesystem::resize_file(table, kDecisionTableMaxBytes + 1);
  config::Findings findings;
  CHECK(read_decisions(folder.path(), findings).at("a") == nullptr);
  CHECK(codes(findings) == "too-large ");
}

}  // namespace parley::intents
