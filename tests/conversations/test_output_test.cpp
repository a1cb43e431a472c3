// The results of tests for build servers, and tests brought up to date.
#include <doctest/doctest.h>
#include <filesystem>

#include "conversations/testing/junit.h"
#include "conversations/testing/text_update.h"
#include "tests/conversations/played_tests.h"
#include "tests/support/temp_folder.h"

using namespace parley;
using namespace parley::conversations;
using namespace parley::test;

namespace {

TestReport run(const std::filesystem::path& bot_folder, bool accept) {
  PlayedTests played = play_tests_in(bot_folder, SmallBot(), {accept});
  REQUIRE(played.findings.empty());
  return std::move(played.report);
}

}  // namespace

TEST_CASE("JUnit XML has a suite a file, a case a test, and a failure with the difference in it") {
  const TempFolder folder;
  folder.write("tests/a.yaml",
               "test: \"good & <fine>\"\nsteps:\n  - user: opening hours\n---\ntest: bad\nsteps:\n"
               "  - user: opening hours\n  - bot: \"never \\\"said\\\"\"\n");
  folder.write("tests/b.yaml", "test: other\nsteps:\n  - user: opening hours\n");
  const std::string path = folder.write("junit.xml", junit_xml(run(folder.path(), false), "small"));
  const std::string script = folder.write("check.py", R"py(
import sys, xml.etree.ElementTree as tree
root = tree.parse(sys.argv[1]).getroot()
assert root.tag == 'testsuites' and root.get('name') == 'small' and root.get('tests') == '3', root.attrib
assert root.get('failures') == '1' and float(root.get('time')) >= 0, root.attrib
suites = list(root)
assert [s.tag for s in suites] == ['testsuite'] * 2 and [s.get('tests') for s in suites] == ['2', '1']
cases = list(suites[0])
assert [c.get('name') for c in cases] == ['good & <fine>', 'bad'] and len(cases[0]) == 0
failure = cases[1].find('failure')
assert failure.get('message') == 'the reply differs', failure.attrib
assert '- never "said"\n+ We are open from 9 to 5.\n' in failure.text, failure.text
)py");
  CHECK(std::system(("python3 " + script + " " + path).c_str()) == 0);
}

TEST_CASE("An update writes the texts that are said by now, and leaves everything else in the file") {
  const TempFolder folder;
  const std::string before =
      "# about hours\ntest: hours   # a comment\nsteps:\n  - user: opening hours\n"
      "  - bot: 'We''re closed.'  # here, too\n  - user: leave\n  - bot: [\"Old, text\"]\n  - user: monday\n"
      "  - bot: >-\n      a folded\n      text\n  - user: friday\n  - bot: /Book/\n";
  const std::string path = folder.write("tests/a.yaml", before);
  const TextUpdate update = update_texts(run(folder.path(), true).changes);
  CHECK(update.made.size() == 3);
  CHECK(update.refused.empty());
  REQUIRE(update.files.size() == 1);
  CHECK(update.files[0].path == path);
  CHECK(update.files[0].content ==
        "# about hours\ntest: hours   # a comment\nsteps:\n  - user: opening hours\n"
        "  - bot: 'We are open from 9 to 5.'  # here, too\n  - user: leave\n  - bot: [\"From which day?\"]\n"
        "  - user: monday\n  - bot: Until which day?\n  - user: friday\n  - bot: /Book/\n");
  CHECK(to_text(update).find("a.yaml:5:\n-We're closed.\n+We are open from 9 to 5.\n") != std::string::npos);
  folder.write("tests/a.yaml", update.files[0].content);
  CHECK(run(folder.path(), true).changes.empty());
}

TEST_CASE("An update changes neither a pattern nor the number of replies: those go on failing") {
  const TempFolder folder;
  folder.write("tests/a.yaml",
               "test: pattern\nsteps:\n  - user: opening hours\n  - bot: /closed/\n---\ntest: two\nsteps:\n"
               "  - user: opening hours\n  - bot: [We are open., And more.]\n");
  const TestReport report = run(folder.path(), true);
  CHECK(report.failed() == 2);
  CHECK(report.changes.empty());
  const std::string text = to_text(report);
  CAPTURE(text);
  CHECK(text.find(" not updated: a pattern is for you to change\n") != std::string::npos);
  CHECK(text.find(" not updated: another number of replies came\n") != std::string::npos);
  CHECK(to_text(run(folder.path(), false)).find("not updated") == std::string::npos);
}

TEST_CASE("An update writes no text into a test of another language that is not translated into it") {
  const TempFolder folder;
  folder.write("tests/a.yaml",
               "test: dutch\nlanguage: nl\nsteps:\n  - user: opening hours\n  - bot: Wij zijn open.\n");
  const TestReport report = run(folder.path(), true);
  CHECK(report.changes.empty());
  CHECK(report.failed() == 1);
  CHECK_MESSAGE(
      to_text(report).find(" not updated: \"We are open from 9 to 5.\" has no translation in 'nl'\n") !=
          std::string::npos,
      to_text(report));
}

TEST_CASE("The report of some of the tests tells nothing about the flows that they do not touch") {
  const TempFolder folder;
  folder.write("tests/a.yaml", "test: hours\nsteps:\n  - user: opening hours\n");
  TestReport report = run(folder.path(), false);
  CHECK(to_text(report).find("  request_leave ") != std::string::npos);
  CHECK(to_text(report).find("% of the steps touched") != std::string::npos);
  report.whole = false;
  report.coverage = touched_part(report.coverage);
  CHECK_MESSAGE(to_text(report).find("  hours ") != std::string::npos, to_text(report));
  CHECK(to_text(report).find("  request_leave ") == std::string::npos);
  CHECK(to_text(report).ends_with("1 passed, 0 failed\n"));
}
