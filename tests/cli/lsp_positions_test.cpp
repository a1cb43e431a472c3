#include <doctest/doctest.h>
#include <string>

#include "cli/lsp/diagnostics.h"
#include "cli/lsp/file_address.h"
#include "cli/lsp/text_positions.h"

using namespace parley::lsp;
namespace config = parley::config;

namespace {

std::string underlined(const std::string& text, const std::string& from) {
  const ByteRange range = range_at(text, text.find(from));
  return text.substr(range.begin, range.end - range.begin);
}

}  // namespace

TEST_CASE("the client counts UTF-16, a finding code points, the code bytes") {
  const std::string text = "een\nÉé😀x\n";
  const TextPositions positions(text);
  const std::size_t x = text.find('x');
  CHECK(positions.client(x) == ClientPosition{1, 4});
  CHECK(positions.byte(ClientPosition{1, 4}) == x);
  CHECK(positions.byte(config::Position{2, 4}) == x);
}

TEST_CASE("every place goes to the client and back, with any kind of line end") {
  for (const std::string end : {"\n", "\r\n", "\r"}) {
    const std::string text = "ja" + end + end + "één 😀" + end + "z";
    const TextPositions positions(text);
    for (std::size_t byte = 0; byte <= text.size(); ++byte) {
      const bool inside = byte < text.size() && (static_cast<unsigned char>(text[byte]) & 0xC0) == 0x80;
      const bool between = end == "\r\n" && byte > 0 && byte < text.size() && text[byte] == '\n';
      if (!inside && !between) CHECK_MESSAGE(positions.byte(positions.client(byte)) == byte, byte);
    }
    CHECK(positions.client(text.find('z')) == ClientPosition{3, 0});
  }
}

TEST_CASE("a place outside the text becomes the nearest one inside") {
  const TextPositions positions("ab\ncd");
  CHECK(positions.byte(ClientPosition{0, 99}) == 2);
  CHECK(positions.byte(ClientPosition{99, 0}) == 5);
  CHECK(positions.byte(config::Position{0, 0}) == 0);
  CHECK(positions.byte(config::Position{2, 99}) == 5);
  CHECK(positions.client(99) == ClientPosition{1, 2});
  const TextPositions emoji("😀x");
  CHECK_MESSAGE(emoji.byte(ClientPosition{0, 1}) == 0, "in the middle of a character");
}

TEST_CASE("what is underlined is what begins there") {
  CHECK(underlined("sya: Hello.\n", "sya") == "sya");
  CHECK(underlined("- say: Hello you.  # said\n", "Hello") == "Hello you.");
  CHECK(underlined("a: {b: one, c: two}\n", "one") == "one");
  CHECK(underlined("a: 'it is' # x\n", "'it") == "'it is'");
  CHECK(underlined("a: été\r\n", "ét") == "été");
}

TEST_CASE("a path and its URI name the same file") {
  const std::filesystem::path path = "/tmp/my bots/één/a%b.yaml";
  CHECK(uri_of(path) == "file:///tmp/my%20bots/%C3%A9%C3%A9n/a%25b.yaml");
  CHECK(path_of(uri_of(path)) == path);
  CHECK(path_of("file://localhost/tmp/../bots/a.yaml") == std::filesystem::path("/bots/a.yaml"));
  for (const char* other :
       {"untitled:Untitled-1", "file://server/share/a", "file:///a%2", "file:///a%00b", ""})
    CHECK_MESSAGE(!path_of(other), other);
}
