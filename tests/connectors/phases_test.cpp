// Whom a channel lets in, by its phase: open, in preview for named people, closed; and what becomes of those
// who are in a conversation when it changes.
#include "tests/connectors/conversations.h"

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using config::Phase;
using nlohmann::json;

const std::string kGenerate = "/v3/directline/tokens/generate";
constexpr int kTryAgainLater = 1013, kPolicy = 1008, kTokenRefused = 4401;

// Both channels in this phase, with e1001 named for their previews.
TestServer::Adjust in_phase(Phase phase) {
  return [phase](config::Settings& settings) {
    for (auto& [name, channel] : settings.channels) {
      channel.phase = phase;
      channel.people = {"e1001"};
      channel.tokens.secret = kEmployeeSecret;
    }
  };
}

Reply generate(const TestServer& server, const std::string& channel, const std::string& token = "") {
  Headers headers{{"Origin", server.origin()}};
  if (!token.empty()) headers = bearer(token, headers);
  return post(server.port(), "/" + channel + kGenerate, json::object(), headers);
}

struct Said {
  json frame;
  WebSocketClient socket;
};

Said hello(const TestServer& server, const std::string& channel, json hello) {
  hello["type"] = "hello";
  WebSocketClient socket(server.port(), "/" + channel + "/socket", {{"Origin", server.origin()}});
  REQUIRE(socket.is_open());
  socket.send(hello);
  json frame = socket.read_json();
  return {std::move(frame), std::move(socket)};
}

}  // namespace

TEST_CASE("A closed channel refuses everybody on both protocols, and says when to come back") {
  const TestServer server(in_phase(Phase::kClosed));
  for (const std::string channel : {"helpdesk", "webchat"}) {
    CAPTURE(channel);
    const Reply refused = generate(server, channel, channel == "helpdesk" ? employee_token() : "");
    CHECK(refused.status == 503);
    CHECK(refused.code() == "ChannelClosed");
    CHECK(refused.header("retry-after") == "5");
    auto [frame, socket] =
        hello(server, channel, channel == "helpdesk" ? json{{"token", employee_token()}} : json::object());
    CHECK(frame["type"] == "error");
    CHECK(frame["code"] == "channel_closed");
    CHECK(frame["retry_after_ms"] == 5'000);
    CHECK(socket.close_code() == kTryAgainLater);
  }
  CHECK(post(server.port(), kConversations, nullptr, bearer(employee_token())).code() == "ChannelClosed");
}

TEST_CASE("A preview is for the people named for it, on a channel for visitors by a token") {
  const TestServer server(in_phase(Phase::kPreview));
  for (const std::string channel : {"helpdesk", "webchat"}) {
    CAPTURE(channel);
    const Reply let_in = generate(server, channel, employee_token());
    CHECK(let_in.status == 200);
    CHECK_FALSE(let_in.json().contains("visitor"));  // it would let them in without their token
    const Reply refused = generate(server, channel, employee_token({{"sub", "e1002"}}));
    CHECK(refused.status == 403);
    CHECK(refused.code() == "PreviewOnly");
    CHECK(hello(server, channel, {{"token", employee_token()}}).frame["user"]["id"] == "e1001");
    auto [frame, socket] = hello(server, channel, {{"token", employee_token({{"sub", "e1002"}})}});
    CHECK(frame["code"] == "preview_only");
    CHECK(socket.close_code() == kPolicy);
  }
  CHECK(generate(server, "webchat").code() == "PreviewOnly");
  CHECK(generate(server, "webchat", "nonsense").code() == "InvalidToken");
  CHECK(hello(server, "webchat", json::object()).frame["code"] == "preview_only");
}

TEST_CASE("A visitor's proof from before a preview lets nobody in") {
  TestServer server(in_phase(Phase::kOpen));
  const std::string proof = generate(server, "webchat").json()["visitor"];
  server.server().set_phase("webchat", {Phase::kPreview, false, {}});
  CHECK(hello(server, "webchat", {{"visitor", proof}}).frame["code"] == "preview_only");
}

TEST_CASE(
    "On an open channel for visitors those who are named are known by their token, others are visitors") {
  const TestServer server(in_phase(Phase::kOpen));
  CHECK(hello(server, "webchat", {{"token", employee_token()}}).frame["user"]["id"] == "e1001");
  const std::string visitor = hello(server, "webchat", json::object()).frame["user"]["id"];
  CHECK(visitor.starts_with("dl_"));
  CHECK(generate(server, "webchat", employee_token({{"sub", "e1002"}})).code() == "PreviewOnly");
}

TEST_CASE("Who is in a conversation when its channel closes may finish it, but the token is not renewed") {
  TestServer server(in_phase(Phase::kOpen));
  const Conversation conversation = start(server);
  auto socket = enter(server, {{"token", conversation.token}});
  server.server().set_phase("helpdesk", {Phase::kClosed, false, {}});
  CHECK(post(server.port(), kConversations, nullptr, bearer(employee_token())).code() == "ChannelClosed");
  CHECK(say(server, conversation, "hello").status == 200);
  socket.send(activity("a1", "and on"));
  CHECK(read_until(socket, "ack")["id"] == "a1");
  server.clock().advance(10min);
  const Reply refreshed =
      post(server.port(), "/helpdesk/v3/directline/tokens/refresh", nullptr, bearer(conversation.token));
  CHECK(refreshed.code() == "ChannelClosed");
  socket.send({{"type", "refresh"}});
  CHECK(read_until(socket, "error")["code"] == "channel_closed");
  auto [welcome, again] = hello(server, "helpdesk", {{"token", conversation.token}});
  CHECK(welcome["expires_in"] == 1200);
  server.clock().advance(20min);
  CHECK(say(server, conversation, "too late").code() == "TokenExpired");
  again.send(activity("a2", "too late"));
  CHECK(again.close_code() == kTokenRefused);
}

TEST_CASE("A token that was given before its channel closed begins no conversation") {
  TestServer server(in_phase(Phase::kOpen));
  const auto granted = generate(server, "helpdesk", employee_token()).json();
  const std::string token = granted["token"], id = granted["conversationId"];
  server.server().set_phase("helpdesk", {Phase::kClosed, false, {}});
  CHECK(post(server.port(), kConversations, nullptr, bearer(token)).code() == "ChannelClosed");
  CHECK(post(server.port(), kConversations + "/" + id + "/activities",
             {{"type", "message"}, {"text", "hello"}}, bearer(token))
            .status == 503);
  CHECK(get(server.port(), kConversations + "/" + id + "/activities", bearer(token)).status == 503);
  CHECK(hello(server, "helpdesk", {{"token", token}}).frame["code"] == "channel_closed");
  server.server().set_phase("helpdesk", {Phase::kOpen, false, {}});
  CHECK(post(server.port(), kConversations, nullptr, bearer(token)).status == 201);
}

TEST_CASE("A channel that opens again lets people in and renews their tokens") {
  TestServer server(in_phase(Phase::kClosed));
  CHECK(generate(server, "helpdesk", employee_token()).status == 503);
  server.server().set_phase("helpdesk", {Phase::kOpen, false, {}});
  const Conversation conversation = start(server);
  server.clock().advance(10min);
  const Reply refreshed =
      post(server.port(), "/helpdesk/v3/directline/tokens/refresh", nullptr, bearer(conversation.token));
  CHECK(refreshed.json()["expires_in"] == 1800);
}

TEST_CASE("Phases and levels are in the metrics") {
  TestServer server(in_phase(Phase::kOpen));
  server.server().set_phase("webchat", {Phase::kOpen, true, 2});
  server.server().set_level("tester", "integration", 2);
  CHECK(server.metric("parley_channel_phase{channel=\"webchat\",phase=\"open\"}") == 1);
  CHECK(server.metric("parley_channel_phase{channel=\"webchat\",phase=\"closed\"}") == 0);
  CHECK(server.metric("parley_channel_below_level{channel=\"webchat\"}") == 1);
  CHECK(server.metric("parley_channel_level{channel=\"webchat\"}") == 2);
  CHECK(server.metric("parley_maturity_level{axis=\"integration\",bot=\"tester\"}") == 2);
  server.server().set_phase("webchat", {Phase::kPreview, false, {}});
  CHECK(server.metric("parley_channel_phase{channel=\"webchat\",phase=\"preview\"}") == 1);
  CHECK(server.metric("parley_channel_level{channel=\"webchat\"}") == 0);
}

}  // namespace parley::test
