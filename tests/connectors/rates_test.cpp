#include <doctest/doctest.h>

#include "tests/connectors/conversations.h"

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

}  // namespace

TEST_CASE("A person over the messages of a minute gets 429 with a time to wait") {
  const TestServer server([](config::Settings& settings) { settings.limits.messages_per_minute_max = 2; });
  const auto conversation = start(server);
  CHECK(say(server, conversation, "1").status == 200);
  CHECK(say(server, conversation, "2").status == 200);
  const auto refused = say(server, conversation, "3");
  CHECK(refused.status == 429);
  CHECK(refused.code() == "TooManyRequests");
  CHECK(refused.header("retry-after") == "30");
  CHECK(refusals(server, "messages_per_minute_max") == 1);
}

TEST_CASE(
    "On the native socket the error names the message and the wait, and who goes on is closed with 4429") {
  const TestServer server([](config::Settings& settings) { settings.limits.messages_per_minute_max = 2; });
  auto socket = enter(server);
  for (const char* id : {"1", "2", "3"})
    socket.send(activity(id, "x"));
  const json error = read_until(socket, "error");
  CHECK(error["id"] == "3");
  CHECK(error["code"] == "too_many_requests");
  CHECK(error["retry_after_ms"] > 0);
  for (int i = 0; i < 20; ++i)
    socket.send(activity("again", "x"));
  CHECK(socket.close_code() == 4429);
}

TEST_CASE("An address over its messages of a minute is refused, whoever sends them") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.messages_per_minute_per_address_max = 1; });
  auto first = enter(server), second = enter(server, {{"token", employee_token({{"sub", "e2"}})}});
  first.send(activity("1", "x"));
  CHECK(read_until(first, "ack")["id"] == "1");
  second.send(activity("2", "x"));
  CHECK(read_until(second, "error")["code"] == "too_many_requests");
}

TEST_CASE("An address may begin only so many conversations in a minute") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.conversations_per_minute_per_address_max = 2; });
  const std::string generate = "/helpdesk/v3/directline/tokens/generate";
  CHECK(post(server.port(), generate, nullptr, bearer(employee_token())).status == 200);
  CHECK(post(server.port(), generate, nullptr, bearer("wrong")).status == 401);
  const auto refused = post(server.port(), generate, nullptr, bearer(employee_token()));
  CHECK(refused.status == 429);
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  socket.send({{"type", "hello"}, {"token", employee_token()}});
  CHECK(read_until(socket, "error")["code"] == "too_many_requests");
  CHECK(socket.close_code() == 4429);
}

TEST_CASE("Coming back with a token of the server is free, so that all can after a restart") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.conversations_per_minute_per_address_max = 1; });
  const auto conversation = start(server);
  for (int i = 0; i < 3; ++i)
    enter(server, {{"token", conversation.token}});
}

}  // namespace parley::test
