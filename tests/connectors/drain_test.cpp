#include <doctest/doctest.h>
#include <thread>

#include "tests/connectors/conversations.h"
#include "tests/support/log_keeper.h"

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

}  // namespace

TEST_CASE("Stopping closes sockets with 1001 and a time to come back, and idle connections too") {
  TestServer server;
  auto native = enter(server);
  WebSocketClient stream(server.port(), start(server).stream);
  RawClient idle(server.port());
  idle.send(kGet + "\r\n");
  REQUIRE(idle.read_until("alive"));
  std::thread stopping([&] { server.stop(); });

  const json error = read_until(native, "error");
  CHECK(error["code"] == "going_away");
  CHECK(error["retry_after_ms"] > 0);
  CHECK(native.close_code() == 1001);
  CHECK(stream.close_code() == 1001);
  CHECK(stream.close_reason().starts_with("retry after "));
  idle.read_all();
  stopping.join();
}

TEST_CASE("A request that has begun to arrive is answered before the server stops") {
  const LogKeeper log;
  TestServer server;
  RawClient client(server.port());
  client.send("POST /helpdesk/v3/directline/conversations HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n" +
              std::string("Expect: 100-continue\r\n\r\n"));
  REQUIRE(client.read_until("100 Continue"));
  std::thread stopping([&] { server.stop(); });
  const bool draining = log.wait_for("event=draining");
  client.send("{}");
  const std::string answer = client.read_all();
  stopping.join();
  CHECK(draining);
  CHECK(answer.find("HTTP/1.1 503") != std::string::npos);
  CHECK(answer.find("Connection: close") != std::string::npos);
}

TEST_CASE("Stopping does not wait longer than its time for a peer that does not answer") {
  TestServer server([](config::Settings& settings) {
    settings.limits.drain_timeout = 1s;
    settings.limits.close_timeout = 1h;
  });
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  client.send(client_frame(1, json{{"type", "hello"}, {"token", employee_token()}}.dump()));
  REQUIRE(client.read_until("welcome"));
  server.stop();
  CHECK(client.close_code() == 1001);
}

}  // namespace parley::test
