#include "intents/normalize.h"

#include <chrono>

#include "engine/limits.h"

namespace parley::intents {
namespace {

TEST_CASE("case, accents and typographic forms are folded away") {
  CHECK(word_key("Één  CAFÉ, Straße!") == "een cafe strasse");
  CHECK(word_key("ｆｕｌｌ １２") == "full 12");
  CHECK(word_key("e\xCC\x81\x65n") == word_key("één"));
  CHECK(folded(" I’d — like ") == "i'd - like");
}

TEST_CASE("every word leads back to the bytes it came from") {
  const std::string original = "Één ﬁets é!";
  const FoldedText text = fold(original);
  REQUIRE(text.words.size() == 3);
  CHECK(text.word(1) == "fiets");
  const auto begin = text.origin[text.words[1].begin];
  const auto end = text.origin[text.words[1].end];
  CHECK(original.substr(begin, end - begin) == "ﬁets");
  CHECK(text.origin.size() == text.text.size() + 1);
  CHECK(text.origin.back() == original.size());
}

TEST_CASE("scripts without spaces are cut into words") {
  CHECK(fold("我想请假").words.size() >= 2);
  CHECK(fold("ขอลาพักร้อน").words.size() >= 2);
  CHECK(fold("休暇を取りたいです").words.size() >= 3);
}

TEST_CASE("an emoji is a word whatever its skin tone and variation") {
  CHECK(word_key("👍🏽") == word_key("👍"));
  CHECK(fold("👍👍").words.size() == 2);
  CHECK(fold("?!...").words.empty());
}

TEST_CASE("invalid UTF-8 separates words and is never read past the end") {
  CHECK(word_key("ab\xFF"
                 "cd") == "ab cd");
  CHECK(word_key("ab\xE2\x82") == "ab");
  CHECK(word_key("\x80\x80").empty());
}

TEST_CASE("a text is cut at the limit of code points") {
  const std::string longest(limits::kTextMaxChars, 'a');
  CHECK(fold(longest).text.size() == limits::kTextMaxChars);
  CHECK(fold(longest + "aaa").text.size() == limits::kTextMaxChars);
  std::string wide;
  for (std::size_t i = 0; i < limits::kTextMaxChars + 10; ++i)
    wide += "你";
  CHECK(fold(wide).origin.back() == limits::kTextMaxChars * 3);
}

}  // namespace
}  // namespace parley::intents
