#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

#include "tests/connectors/conversations.h"
#include "tests/support/log_keeper.h"

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using nlohmann::json;

/// True when the server lets somebody in again.
bool lets_in(const TestServer& server) {
  for (;;) {
    RawClient client(server.port());
    client.send(kGet + "Connection: close\r\n\r\n");
    if (client.read_all().starts_with("HTTP/1.1 200")) return true;
  }
}

}  // namespace

TEST_CASE("Connections over the total get a fast 503, and there is room again when one leaves") {
  const TestServer server([](config::Settings& settings) { settings.limits.connections_max = 2; });
  auto first = std::make_unique<RawClient>(server.port());
  RawClient second(server.port());
  for (RawClient* client : {first.get(), &second}) {
    client->send(kGet + "\r\n");
    REQUIRE(client->read_until("alive"));
  }
  RawClient third(server.port());
  third.send(kGet + "\r\n");
  const std::string answer = third.read_all();
  CHECK(answer.starts_with("HTTP/1.1 503"));
  CHECK(answer.find("Retry-After") != std::string::npos);
  CHECK(json::parse(answer.substr(answer.find("\r\n\r\n") + 4))["error"]["code"] == "TooManyConnections");

  first.reset();
  CHECK(lets_in(server));
  CHECK(refusals(server, "connections_max") >= 1);
}

TEST_CASE("Connections over the number for one address get 503, other addresses are let in") {
  const TestServer server([](config::Settings& settings) {
    settings.limits.connections_per_address_max = 1;
    settings.trusted_proxies = {*config::Network::parse("127.0.0.1")};
    settings.metrics_readers.push_back(*config::Network::parse("10.0.0.0/8"));
  });
  const auto from = [](const char* address) { return Headers{{"X-Forwarded-For", address}}; };
  WebSocketClient first(server.port(), "/helpdesk/socket", from("10.1.1.1"));
  REQUIRE(first.is_open());
  CHECK(WebSocketClient(server.port(), "/helpdesk/socket", from("10.1.1.1")).refused_status() == 503);
  CHECK(WebSocketClient(server.port(), "/helpdesk/socket", from("10.1.1.2")).is_open());
}

TEST_CASE("One address may hold only so many connections") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.connections_per_address_max = 1; });
  RawClient first(server.port());
  first.send(kGet + "\r\n");
  REQUIRE(first.read_until("alive"));
  RawClient second(server.port());
  second.send(kGet + "\r\n");
  CHECK(second.read_all().starts_with("HTTP/1.1 503"));
}

TEST_CASE("Without descriptors the server pauses accepting and goes on when there are some") {
  const LogKeeper log;
  const TestServer server;
  CHECK(get(server.port(), "/healthz").status == 200);
  std::vector<int> clients(4);
  for (int& client : clients)
    client = socket(AF_INET, SOCK_STREAM, 0);
  rlimit before{};
  getrlimit(RLIMIT_NOFILE, &before);
  const rlimit none{3, before.rlim_max};
  setrlimit(RLIMIT_NOFILE, &none);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(server.port());
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const std::string request = kGet + "Connection: close\r\n\r\n";
  for (const int client : clients) {
    CHECK(connect(client, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0);
    CHECK(write(client, request.data(), request.size()) > 0);
  }
  const bool paused = log.wait_for("accepting_paused");
  setrlimit(RLIMIT_NOFILE, &before);
  CHECK(paused);
  for (const int client : clients) {
    char answer[12] = {};
    CHECK(recv(client, answer, sizeof answer, MSG_WAITALL) == sizeof answer);
    CHECK(std::string(answer, sizeof answer) == "HTTP/1.1 200");
    close(client);
  }
}

TEST_CASE("A header over the limit is answered 431") {
  const TestServer server([](config::Settings& settings) { settings.limits.header_max_bytes = 1024; });
  RawClient client(server.port());
  client.send(kGet + "X-Long: " + std::string(2'000, 'a') + "\r\n\r\n");
  const std::string answer = client.read_all();
  CHECK(answer.starts_with("HTTP/1.1 431"));
  CHECK(answer.find("HeaderTooLarge") != std::string::npos);
  CHECK(refusals(server, "header_max_bytes") == 1);
}

TEST_CASE("A body over the limit is answered 413, announced or not") {
  const TestServer server([](config::Settings& settings) { settings.limits.message_max_bytes = 1024; });
  const std::string head = "POST /helpdesk/v3/directline/tokens/generate HTTP/1.1\r\nHost: x\r\n";
  RawClient client(server.port());
  SUBCASE("announced") {
    client.send(head + "Content-Length: 1025\r\n\r\n");
  }
  SUBCASE("in chunks") {
    client.send(head + "Transfer-Encoding: chunked\r\n\r\n401\r\n" + std::string(1025, 'x') +
                "\r\n0\r\n\r\n");
  }
  CHECK(client.read_all().starts_with("HTTP/1.1 413"));
  CHECK(refusals(server, "message_max_bytes") == 1);
}

TEST_CASE("A WebSocket message over the limit closes with 1009, whole, in fragments, or only announced") {
  const TestServer server([](config::Settings& settings) { settings.limits.message_max_bytes = 1024; });
  SUBCASE("whole") {
    auto socket = enter(server);
    socket.send_text(std::string(1'025, ' '));
    CHECK(socket.close_code() == 1009);
  }
  SUBCASE("in fragments") {
    auto socket = enter(server);
    socket.send_fragment(std::string(1'000, ' '), false);
    socket.send_fragment(std::string(1'000, ' '), true);
    CHECK(socket.close_code() == 1009);
  }
  SUBCASE("announced") {
    RawClient client(server.port());
    REQUIRE(client.upgrade("/helpdesk/socket"));
    client.send(client_frame(1, std::string(70'000, ' ')).substr(0, 14));
    CHECK(client.close_code() == 1009);
  }
  CHECK(refusals(server, "message_max_bytes") == 1);
}

TEST_CASE("A message of exactly the limit is taken") {
  const TestServer server([](config::Settings& settings) { settings.limits.message_max_bytes = 1024; });
  auto socket = enter(server);
  json frame = activity("m-1", "");
  frame["activity"]["text"] = std::string(1024 - frame.dump().size(), 'x');
  REQUIRE(frame.dump().size() == 1024);
  socket.send(frame);
  CHECK(read_until(socket, "ack")["id"] == "m-1");
}

TEST_CASE("A client's id over the limit is refused on both protocols") {
  const TestServer server;
  const std::string id(limits::kActivityIdMaxBytes + 1, 'i');
  const auto conversation = start(server);
  const json message{{"type", "message"}, {"text", "x"}, {"channelData", {{"clientActivityID", id}}}};
  CHECK(post(server.port(), kConversations + "/" + conversation.id + "/activities", message,
             bearer(conversation.token))
            .status == 413);
  auto socket = enter(server);
  socket.send(activity(id, "x"));
  CHECK(read_until(socket, "error")["code"] == "bad_argument");
}

TEST_CASE("A header and a body that do not arrive in time are answered 408") {
  const TestServer server([](config::Settings& settings) { settings.limits.handshake_timeout = 50ms; });
  RawClient client(server.port());
  SUBCASE("header") {
    client.send(kGet);
  }
  SUBCASE("body") {
    client.send("POST /helpdesk/v3/directline/conversations HTTP/1.1\r\nContent-Length: 9\r\n\r\nhalf");
  }
  CHECK(client.read_all().starts_with("HTTP/1.1 408"));
  CHECK(refusals(server, "handshake_timeout") == 1);
}

TEST_CASE("A connection that asks for nothing more is closed") {
  const TestServer server([](config::Settings& settings) { settings.limits.idle_timeout = 50ms; });
  RawClient client(server.port());
  client.send(kGet + "\r\n");
  const std::string all = client.read_all();
  CHECK(all.starts_with("HTTP/1.1 200"));
  CHECK(all.ends_with("alive\n"));
}

TEST_CASE("A message that does not end is cut off in time, whatever comes in between") {
  const TestServer server([](config::Settings& settings) { settings.limits.message_timeout = 50ms; });
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  client.send(client_frame(1, "{", false) + client_frame(9, "ping"));
  CHECK(client.close_code() == 4408);
  CHECK(refusals(server, "message_timeout") == 1);
}

TEST_CASE("A message may have only so many fragments, empty ones counted") {
  const TestServer server([](config::Settings& settings) { settings.limits.frames_per_message_max = 8; });
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  std::string frames = client_frame(1, "", false);
  SUBCASE("at the limit it is taken") {
    for (int i = 0; i < 6; ++i)
      frames += client_frame(0, "", false);
    client.send(frames + client_frame(0, json{{"type", "hello"}, {"token", employee_token()}}.dump(), true));
    CHECK(client.read_until("welcome"));
  }
  SUBCASE("over it the socket closes") {
    for (int i = 0; i < 8; ++i)
      frames += client_frame(0, "", false);
    client.send(frames);
    CHECK(client.close_code() == 1008);
    CHECK(refusals(server, "frames_per_message_max") == 1);
  }
}

TEST_CASE("Floods of frames that say nothing end with a close") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.control_frames_per_minute_max = 10; });
  SUBCASE("pings of the WebSocket") {
    auto socket = enter(server);
    for (int i = 0; i < 11; ++i)
      socket.ping();
    CHECK(socket.close_code() == 1008);
    CHECK(refusals(server, "control_frames_per_minute_max") == 1);
  }
  SUBCASE("empty messages on a stream") {
    WebSocketClient stream(server.port(), start(server).stream);
    for (int i = 0; i < 11; ++i)
      stream.send_text("");
    CHECK(stream.close_code() == 1008);
  }
  SUBCASE("mistakes on the native socket") {
    auto socket = enter(server);
    for (int i = 0; i < 11; ++i)
      socket.send_text("{}");
    CHECK(socket.close_code() == 4429);
  }
  SUBCASE("pings of the native protocol") {
    auto socket = enter(server);
    for (int i = 0; i < 11; ++i)
      socket.send({{"type", "ping"}});
    CHECK(socket.close_code() == 4429);
  }
}

TEST_CASE("A peer that does not read is closed as a slow reader, and others do not notice") {
  const TestServer server([](config::Settings& settings) {
    settings.limits.write_queue_max_bytes = 20'000;
    settings.limits.messages_per_minute_max = 10'000;
    settings.limits.messages_per_minute_per_address_max = 10'000;
  });
  const auto conversation = start(server);
  RawClient slow(server.port(), 4'096);
  REQUIRE(slow.upgrade(conversation.stream));
  WebSocketClient reader(server.port(), conversation.stream);
  for (int i = 0; refusals(server, "write_queue_max_bytes") == 0; ++i) {
    REQUIRE(i < 2'000);
    REQUIRE(say(server, conversation, std::string(3'900, 'x')).status == 200);
  }
  CHECK(slow.close_code() == 4409);
  const auto other = start(server);
  CHECK(say(server, other, "hello").status == 200);
}

TEST_CASE("A peer that is silent, without even a pong, is cut after two ping intervals") {
  const TestServer server([](config::Settings& settings) { settings.limits.ping_interval = 30ms; });
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  const std::string all = client.read_all();
  CHECK(all.substr(0, 1) == "\x89");
}

TEST_CASE("A peer that does not answer a close is cut") {
  const TestServer server([](config::Settings& settings) { settings.limits.close_timeout = 50ms; });
  RawClient client(server.port());
  REQUIRE(client.upgrade("/helpdesk/socket"));
  client.send(client_frame(1, "{}"));
  CHECK(client.close_code() == 1008);
}

}  // namespace parley::test
