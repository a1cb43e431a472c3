#include "engine/bounded_json.h"

#include <doctest/doctest.h>
#include <string>
#include <utility>

namespace parley {

TEST_CASE("Ordinary JSON comes through unchanged") {
  const std::string text = R"({"a":[1,-2,2.5,true,null,"é"],"b":{"c":{}},"d":18446744073709551615,"e":[]})";
  const auto parsed = parse_bounded_json(text);
  REQUIRE(parsed.ok());
  CHECK(parsed->dump() == text);
  for (const char* scalar : {"1", "\"x\"", "null", "true", " [ ] "})
    CHECK(parse_bounded_json(scalar).ok());
}

TEST_CASE("JSON's traps are refused with what is wrong") {
  const std::pair<std::string, std::string> traps[] = {
      {R"({"a":1,"a":2})", "twice"},
      {R"([{"a":{"b":1,"c":[],"b":2}}])", "twice"},
      {"1e999", "too large"},
      {"[-1e400]", "too large"},
      {R"(["\u0000"])", "U+0000"},
      {R"({"\u0000":1})", "U+0000"},
      {R"(["\ud800"])", "at byte"},
      {R"(["\udc00\ud800"])", "at byte"},
      {"[\"\xC3\x28\"]", "at byte"},
      {"[\"\xED\xA0\x80\"]", "at byte"},
      {"", "at byte"},
      {"{} {}", "at byte"},
      {"[1,]", "at byte"},
      {"{'a':1}", "at byte"},
      {"NaN", "at byte"},
      {"// no\n1", "at byte"},
  };
  for (const auto& [text, names] : traps) {
    const auto parsed = parse_bounded_json(text);
    REQUIRE_MESSAGE(!parsed.ok(), text);
    CHECK_MESSAGE(parsed.error().message.find(names) != std::string::npos,
                  text << ": " << parsed.error().message);
  }
}

TEST_CASE("Depth and size are limited exactly, and a very deep text costs nothing") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(parse_bounded_json(nested(8), {1'000, 8}).ok());
  CHECK(parse_bounded_json(nested(9), {1'000, 8}).error().code == ErrorCode::kTooLarge);
  CHECK(parse_bounded_json(R"({"a":{"b":[]}})", {1'000, 3}).ok());
  CHECK_FALSE(parse_bounded_json(R"({"a":{"b":[[]]}})", {1'000, 3}).ok());
  CHECK(parse_bounded_json("[        ]", {10, 8}).ok());
  CHECK(parse_bounded_json("[         ]", {10, 8}).error().code == ErrorCode::kTooLarge);
  CHECK_FALSE(parse_bounded_json(std::string(1'000'000, '['), {2'000'000, 32}).ok());
}

}  // namespace parley
