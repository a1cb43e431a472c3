#include <doctest/doctest.h>
#include <string>

#include "cli/lsp/yaml_place.h"

using parley::lsp::place_in_yaml;
using parley::lsp::YamlPlace;

namespace {

// The place of the | in a text, as "steps/[]/call=written" with k, n, v for key, new map and value.
std::string place(std::string text) {
  const std::size_t cursor = text.find('|');
  REQUIRE(cursor != std::string::npos);
  text.erase(cursor, 1);
  const YamlPlace found = place_in_yaml(text, cursor);
  std::string shown;
  for (const auto& frame : found.frames)
    shown += (frame.list ? "[]" : frame.key) + "/";
  shown += found.key ? "k" : "";
  shown += found.new_map ? "n" : "";
  shown += found.value ? "v" : "";
  return shown + "=" + found.written;
}

}  // namespace

TEST_CASE("a key is typed beside the others, below a key, or as the first of an item") {
  CHECK(place("flow: a\nti|") == "flow/k=ti");
  CHECK(place("flow: a\n|") == "flow/k=");
  CHECK(place("slots:\n  start:\n    ty|") == "slots/start/knv=ty");
  CHECK(place("slots:\n  start:\n    type: date\n    |\n") == "slots/start/type/k=");
  CHECK(place("steps:\n  - sa|") == "steps/[]/knv=sa");
  CHECK(place("steps:\n  - call: a.b\n    wi|") == "steps/[]/call/k=wi");
  CHECK(place("steps:\n- call: a.b\n- |") == "steps/[]/knv=");
}

TEST_CASE("a value is typed behind its key, in quotes, over lines, in a block") {
  CHECK(place("when: ord|") == "when/v=ord");
  CHECK(place("ask: \"Wat {na|") == "ask/v=Wat {na");
  CHECK(place("say: this goes\n  on {he|re}") == "say/v=this goes\n  on {he");
  CHECK(place("say: >-\n  Folded {te|xt}\nend:") == "say/v=Folded {te");
  CHECK(place("collect:\n  - st|") == "collect/[]/knv=st");
}

TEST_CASE("braces and brackets are read, also over lines and before they are closed") {
  CHECK(place("with: {em|") == "with//k=em");
  CHECK(place("with: {employee: us|") == "with/employee/v=us");
  CHECK(place("with: {employee: user.id, st|}") == "with/employee/k=st");
  CHECK(place("collect: [start, e|") == "collect/[]/v=e");
  CHECK(place("from:\n  - {title: Red, va|}") == "from/[]/title/k=va");
  CHECK(place("with: {a: 'x, y',\n  b: c|") == "with/b/v=c");
  CHECK(place("with: {a: b}\nas: fo|") == "as/v=fo");
}

TEST_CASE("only the document of the cursor counts, and comments do not") {
  CHECK(place("flow: a\nsteps: []\n---\nfl|") == "knv=fl");
  CHECK(place("flow: a\n---\nflow: b\nwh|") == "flow/k=wh");
  CHECK(place("# a comment: here\nflow: |") == "flow/v=");
}

TEST_CASE("the keys around the place are known, those behind it, too") {
  const std::string text =
      "flow: leave\nsteps:\n  - with: {a\n    call: hr.book\n    as: done\n  - say: no\ntitle: Leave\n";
  const YamlPlace found = place_in_yaml(text, text.find("{a") + 2);
  CHECK(found.beside("call") == "hr.book");
  CHECK(found.beside("title") == "Leave");
  CHECK(found.beside("say") == "");
  CHECK(found.frames.front().value_of("flow") == "leave");
}

TEST_CASE("any text at any place gives some answer") {
  const std::string text = "a: {b: [c, 'd\n  - e: |\n\n - : ]} ---\n-\n- - x: \"q\\\"\nz";
  for (std::size_t i = 0; i <= text.size(); ++i)
    CHECK(place_in_yaml(text, i).frames.size() < text.size());
}
