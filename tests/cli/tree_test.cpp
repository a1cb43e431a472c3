#include <doctest/doctest.h>

#include "tests/cli/command.h"
#include "tests/support/temp_folder.h"

using parley::test::Ran;
using parley::test::run_parley;
using parley::test::TempFolder;

namespace {

const std::string kTable = "hour,desk,topic\n9,day,a\n10,day,b\n20,night,a\n21,night,b\n";

}  // namespace

TEST_CASE("`parley tree` prints rules, and the same from the JSON that it printed") {
  const TempFolder folder;
  const std::string table = folder.write("t.csv", kTable);
  const Ran rules = run_parley("tree " + table + " --target desk");
  CHECK(rules.exit_code == 0);
  CHECK(rules.out ==
        "desk: 2 rules decide 4 of 4 rows as the table does\n"
        "if hour <= 15 -> day (2 rows)\nelse -> night (2 rows)\n");
  const Ran json = run_parley("tree " + table + " --target desk --json");
  const Ran again = run_parley("tree " + std::string(folder.write("t.json", json.out)));
  CHECK(again.out == rules.out);
}

TEST_CASE("`parley tree` takes its settings, and decides by the last column when it is told no other") {
  const TempFolder folder;
  const std::string table = folder.write("t.csv", kTable);
  CHECK(run_parley("tree " + table + " --max-depth 0").out ==
        "topic: 1 rule decides 2 of 4 rows as the table does\nalways -> a (2 of 4 rows)\n");
  CHECK(run_parley("tree " + table + " --target desk --min-samples-leaf 3").out.find("always") !=
        std::string::npos);
  CHECK(run_parley("tree " + table + " --dot --criterion entropy").out.starts_with("digraph tree {"));
}

TEST_CASE("`parley tree` points at a mistake in the table, and refuses wrong use") {
  const TempFolder folder;
  const Ran bad = run_parley("tree " + std::string(folder.write("t.csv", "a,d\n1,x\n2\n")));
  CHECK(bad.exit_code == 1);
  CHECK(bad.err.find("t.csv:3:1: error[table]: this row has 1 value, but there are 2 columns") !=
        std::string::npos);
  CHECK(run_parley("tree nothing.csv").exit_code == 2);
  const std::string table = folder.write("good.csv", kTable);
  CHECK(run_parley("tree " + table + " --dot --json").exit_code == 2);
  CHECK(run_parley("tree " + table + " --criterion luck").exit_code == 2);
}
