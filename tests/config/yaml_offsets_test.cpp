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

TEST_CASE("an offset behind the value stays inside the file") {
  Findings findings;
  const YamlFile file(std::string("say: abc"), "flow.yaml", findings);
  const Position position = file.documents()[0].get("say").position_at(1'000);
  CHECK(position.line == 1);
  CHECK(position.column == 9);
}

}  // namespace parley::config
