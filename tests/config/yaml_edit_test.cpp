#include "config/yaml_edit.h"

#include <doctest/doctest.h>

namespace parley::config {
namespace {

// The file with the text of `steps` replaced.
std::optional<std::string> replaced(const std::string& content, const std::string& text) {
  Findings findings;
  const YamlFile file(content, "f.yaml", findings);
  REQUIRE(file.documents().size() == 1);
  return replace_scalars(file, {{file.documents()[0].get("bot").position(), text}});
}

}  // namespace

TEST_CASE("A scalar is replaced in the quotes it had, and nothing else changes") {
  CHECK(replaced("a: 1 # one\nbot: old text # two\nc: [x]\n", "new text") ==
        "a: 1 # one\nbot: new text # two\nc: [x]\n");
  CHECK(replaced("bot: 'it''s old'\r\nc: 1\r\n", "it's new") == "bot: 'it''s new'\r\nc: 1\r\n");
  CHECK(replaced("bot: \"old \\\" text\" # c\n", "a \"b\"") == "bot: \"a \\\"b\\\"\" # c\n");
  CHECK(replaced("bot: old\n  text over\n  lines\nc: 1\n", "one line") == "bot: one line\nc: 1\n");
  CHECK(replaced("bot: |\n  old\n  text\nc: 1\n", "one line") == "bot: one line\nc: 1\n");
  CHECK(replaced("{a: 1, bot: old, c: 2}\n", "one, two?") == "{a: 1, bot: \"one, two?\", c: 2}\n");
}

TEST_CASE("What would read as something else is written in quotes") {
  CHECK(replaced("bot: old\n", "yes") == "bot: \"yes\"\n");
  CHECK(replaced("bot: old\n", "a: b # c") == "bot: \"a: b # c\"\n");
  CHECK(replaced("bot: 'old'\n", "one\ntwo") == "bot: \"one\\ntwo\"\n");
  CHECK(yaml_scalar("- no list") == "\"- no list\"");
  CHECK(yaml_scalar("Plain text, as it is.") == "Plain text, as it is.");
}

TEST_CASE("A scalar behind an anchor or a tag, or one that is not there, is refused") {
  CHECK_FALSE(replaced("bot: &name old\nc: *name\n", "new").has_value());
  CHECK_FALSE(replaced("bot: !tag old\n", "new").has_value());
  Findings findings;
  const YamlFile file(std::string("bot: old\n"), "f.yaml", findings);
  CHECK_FALSE(replace_scalars(file, {{{7, 1}, "new"}}).has_value());
}

}  // namespace parley::config
