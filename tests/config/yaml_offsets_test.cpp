#include <doctest/doctest.h>

#include "config/yaml.h"

namespace parley::config {
namespace {

// Where the first '#' of the value of `say` stands.
Position position_of_hash(const std::string& text) {
  Findings findings;
  const YamlFile file(text, "flow.yaml", findings);
  REQUIRE(file.documents().size() == 1);
  const Node say = file.documents()[0].get("say");
  const std::string value = say.text().value_or("");
  REQUIRE(value.find('#') != std::string::npos);
  return say.position_at(value.find('#'));
}

void check(const std::string& text, int line, int column) {
  CAPTURE(text);
  const Position position = position_of_hash(text);
  CHECK(position.line == line);
  CHECK(position.column == column);
}

}  // namespace

TEST_CASE("a byte of a scalar is found in the file, however the scalar is written") {
  SUBCASE("plain") {
    check("say: ab#c\n", 1, 8);
  }
  SUBCASE("plain, behind characters of several bytes") {
    check("say: één#\n", 1, 9);
  }
  SUBCASE("plain, on a folded line") {
    check("say: one\n  two\n\n  thr#ee\n", 4, 6);
  }
  SUBCASE("single quotes with a doubled one before it") {
    check("say: 'it''s #'\n", 1, 13);
  }
  SUBCASE("double quotes with escapes before it") {
    check("say: \"\\\"a\\u00e9\\n#\"\n", 1, 18);
  }
  SUBCASE("double quotes with an escaped line end") {
    check("say: \"one\\\n   two#\"\n", 2, 7);
  }
  SUBCASE("a literal block") {
    check("say: |\n  one\n  two #\n", 3, 7);
  }
  SUBCASE("a folded block, stripped") {
    check("say: >-\n    one\n    two #\n    three\n", 3, 9);
  }
  SUBCASE("behind a tag") {
    check("say: !!str a#b\n", 1, 13);
  }
}

TEST_CASE("a question mark may stand anywhere in a text") {
  Findings findings;
  const YamlFile file(
      std::string("a: {ask: Which day?, list: [Really?, what?!]}\nb: Why?\nc: '?'\n? d\n: \"? no\"\n"),
      "flow.yaml", findings);
  REQUIRE(file.documents().size() == 1);
  const Node root = file.documents()[0];
  CHECK(root.get("a").get("ask").text() == "Which day?");
  CHECK(root.get("a").get("list").list()[1].text() == "what?!");
  CHECK(root.get("b").text() == "Why?");
  CHECK(root.get("c").text() == "?");
  CHECK(root.get("d").text() == "? no");
  CHECK(findings.all().empty());
}

TEST_CASE("a control character is refused with its place") {
  Findings findings;
  const YamlFile file(std::string("a: b\nc: d\x01\n"), "flow.yaml", findings);
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all()[0].code == "syntax");
  CHECK(findings.all()[0].position.line == 2);
  CHECK(findings.all()[0].position.column == 5);
}

TEST_CASE("a file that holds itself, or grows without end by its aliases, is refused") {
  std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k)
      bomb += before + ", ";
    bomb += "x]\n";
  }
  for (const std::string& text : {std::string("a: &a [1, *a]\n"), bomb, std::string(5'000, '[')}) {
    Findings findings;
    const YamlFile file(text, "flow.yaml", findings);
    CHECK(file.documents().empty());
    REQUIRE(findings.all().size() == 1);
  }
}

TEST_CASE("a document that begins like nothing in YAML is refused in good time") {
  for (const char* text :
       {", a: b\n", "]\n", "}\n", "a: b\n---\n, c\n", "# a\n,# b\n", "a: [b\n", "*\n", "&\n"}) {
    CAPTURE(text);
    Findings findings;
    const YamlFile file(std::string(text), "flow.yaml", findings);
    REQUIRE(findings.all().size() == 1);
    CHECK(findings.all()[0].code == "syntax");
  }
}

TEST_CASE("a character that yaml-cpp takes for the end of the file is refused") {
  Findings findings;
  const YamlFile file(std::string("a: b\n\x04\nc: d\n"), "flow.yaml", findings);
  REQUIRE(findings.all().size() == 1);
  CHECK(findings.all()[0].position.line == 2);
}

TEST_CASE("an offset behind the value stays inside the file") {
  Findings findings;
  const YamlFile file(std::string("say: abc"), "flow.yaml", findings);
  const Position position = file.documents()[0].get("say").position_at(1'000);
  CHECK(position.line == 1);
  CHECK(position.column == 9);
}

}  // namespace parley::config
