#include <doctest/doctest.h>

#include "tests/connectors/conversations.h"

namespace parley::test {
namespace {

using nlohmann::json;

}  // namespace

TEST_CASE("Broken frames end with the close code that the WebSocket rules give them") {
  const TestServer server;
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  SUBCASE("bytes that are not UTF-8") {
    client.send(client_frame(1, "\xC3\x28"));
    CHECK(client.close_code() == 1007);
  }
  SUBCASE("no mask") {
    client.send("\x81\x02{}");
    CHECK(client.close_code() == 1002);
  }
  SUBCASE("a reserved bit") {
    client.send("\xC1" + client_frame(1, "{}").substr(1));
    CHECK(client.close_code() == 1002);
  }
  SUBCASE("a continuation of nothing") {
    client.send(client_frame(0, "{}"));
    CHECK(client.close_code() == 1002);
  }
}

TEST_CASE("Compression is not negotiated") {
  const TestServer server;
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  REQUIRE(socket.is_open());
  CHECK(socket.header("Sec-WebSocket-Extensions").empty());
}

TEST_CASE("A frame that comes in pieces of one byte is one frame") {
  const TestServer server;
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  for (const char byte : client_frame(1, json{{"type", "hello"}, {"token", employee_token()}}.dump()))
    client.send(std::string(1, byte));
  CHECK(client.read_until("welcome"));
}

}  // namespace parley::test
