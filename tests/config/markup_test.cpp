#include "config/markup.h"

#include <doctest/doctest.h>

using namespace parley::config;

TEST_CASE("no text leaves its element or its attribute") {
  CHECK(markup_escaped("<a href='x'>\"&amp;") == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;amp;");
  CHECK(markup_escaped("plain, vijf à zes 🙂") == "plain, vijf à zes 🙂");
}

TEST_CASE("what XML can't have becomes a space; lines stay lines") {
  using namespace std::string_view_literals;
  CHECK(markup_escaped("a\0b\x1b[1m\rc\n\td"sv) == "a b [1m c\n\td");
}
