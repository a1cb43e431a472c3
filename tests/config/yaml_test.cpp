#include "config/yaml.h"

#include <doctest/doctest.h>
#include <string>

#include "config/yaml_hints.h"
#include "tests/support/temp_folder.h"

using namespace parley::config;

namespace {

// "line:column code" of the only finding.
std::string only(const Findings& findings) {
  REQUIRE(findings.all().size() == 1);
  const Finding& finding = findings.all().front();
  return std::to_string(finding.position.line) + ":" + std::to_string(finding.position.column) + " " +
         finding.code;
}

}  // namespace

TEST_CASE("an unknown key is reported where it stands, with the name that was meant") {
  Findings findings;
  const YamlFile file(std::string("flow: a\nwehn: b\n"), "f.yaml", findings);
  file.documents().front().allow({"flow", "when"});
  CHECK(only(findings) == "2:1 unknown-key");
  CHECK(findings.all().front().hint == "did you mean 'when'?");
  CHECK(findings.all().front().source_line == "wehn: b");
}

TEST_CASE("a key that stands twice is reported at its second place") {
  Findings findings;
  const YamlFile file(std::string("a: 1\nb: 2\na: 3\n"), "f.yaml", findings);
  CHECK(file.documents().front().entries().size() == 2);
  CHECK(only(findings) == "3:1 duplicate-key");
}

TEST_CASE("a missing key is reported at the map that lacks it") {
  Findings findings;
  const YamlFile file(std::string("steps:\n  - say: hi\n"), "f.yaml", findings);
  CHECK_FALSE(file.documents().front().get("steps").list().front().need("call"));
  CHECK(only(findings) == "2:5 missing-key");
}

TEST_CASE("columns count characters, not bytes") {
  Findings findings;
  const YamlFile file(std::string("é: {ü: [x]}\n"), "f.yaml", findings);
  const Node inner = file.documents().front().get("é").get("ü");
  CHECK(inner.text() == std::nullopt);
  CHECK(only(findings) == "1:8 type");
}

TEST_CASE("words that YAML would turn into other things arrive as written") {
  Findings findings;
  const YamlFile file(std::string("- yes\n- 1.0\n- 2026-03-03\n- ~\n- 'no'\n"), "f.yaml", findings);
  const auto items = file.documents().front().list();
  CHECK(items[0].text() == "yes");
  CHECK(items[1].text() == "1.0");
  CHECK(items[2].text() == "2026-03-03");
  CHECK(items[3].is_null());
  CHECK(items[4].is_quoted());
  CHECK_FALSE(items[0].is_quoted());
  CHECK(findings.all().empty());
}

TEST_CASE("numbers, flags and durations are read whole or refused") {
  Findings findings;
  const YamlFile file(std::string("{a: 12, b: 12x, c: 0.5, d: maybe, e: 250ms, f: 2h, g: 2 h, h: on}"),
                      "f.yaml", findings);
  const Node root = file.documents().front();
  CHECK(root.get("a").integer() == 12);
  CHECK(root.get("b").integer() == std::nullopt);
  CHECK(root.get("c").number() == 0.5);
  CHECK(root.get("d").flag() == std::nullopt);
  CHECK(root.get("e").duration_ms() == 250);
  CHECK(root.get("f").duration_ms() == 7'200'000);
  CHECK(root.get("g").duration_ms() == std::nullopt);
  CHECK(root.get("h").flag() == true);
  CHECK(findings.error_count() == 3);
}

TEST_CASE("text that is not YAML is reported with its place") {
  Findings findings;
  const YamlFile file(std::string("a: [1, 2\nb: 3\n"), "f.yaml", findings);
  CHECK(file.documents().empty());
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all().front().code == "syntax");
  CHECK(findings.all().front().position.line == 2);
}

TEST_CASE("a syntax error's hint knows the usual slips, and says nothing of what is not there") {
  CHECK(syntax_hint("  - say: Sorry: no") == "a text with a colon goes into quotes: - say: \"Sorry: no\"");
  CHECK(syntax_hint("\t- say: Hi") == "indent with blanks: this line begins with a tab");
  CHECK(syntax_hint("  - say: \u201cHi\u201d, x").starts_with("curly quotes do not quote here"));
  const std::string general =
      "look at the indentation, the colons and the quotes of this line and the one above";
  for (const char* line :
       {"", "  - say: Hi", "  - say: \"a: b\" c", "  x: {a: b: c}", "  time: 10:30", "a:\tb"})
    CHECK_MESSAGE(syntax_hint(line) == general, line);
}

TEST_CASE("a file that is missing, not UTF-8 or a folder is reported, never thrown") {
  Findings findings;
  const parley::test::TempFolder folder;
  const YamlFile missing(folder.path() / "none.yaml", "none.yaml", findings);
  const YamlFile latin(folder.write("latin.yaml", "a: caf\xE9\n"), "latin.yaml", findings);
  const YamlFile directory(folder.path(), "folder", findings);
  CHECK(missing.documents().empty());
  CHECK(latin.documents().empty());
  CHECK(directory.documents().empty());
  REQUIRE(findings.all().size() == 3);
  CHECK(findings.all()[0].code == "unreadable");
  CHECK(findings.all()[1].code == "not-utf8");
  CHECK(findings.all()[2].code == "unreadable");
}

TEST_CASE("an empty file has no documents and no findings") {
  Findings findings;
  const parley::test::TempFolder folder;
  const YamlFile file(folder.write("empty.yaml", ""), "empty.yaml", findings);
  CHECK(file.documents().empty());
  CHECK(findings.all().empty());
}
