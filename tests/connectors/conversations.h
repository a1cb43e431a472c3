// What tests of the limits do again and again: begin a conversation on either protocol, and say something in
// it.
#pragma once

#include <doctest/doctest.h>

#include "tests/connectors/test_client.h"
#include "tests/connectors/test_server.h"

namespace parley::test {

inline const std::string kGet = "GET /healthz HTTP/1.1\r\nHost: x\r\n";

inline double refusals(const TestServer& server, const std::string& limit) {
  return server.metric("parley_refusals_total{limit=\"" + limit + "\"}");
}

inline const std::string kConversations = "/helpdesk/v3/directline/conversations";

struct Conversation {
  std::string id, token, stream;
};

inline Conversation start(const TestServer& server) {
  const auto body = post(server.port(), kConversations, nullptr, bearer(employee_token())).json();
  const std::string url = body["streamUrl"];
  return {body["conversationId"], body["token"], url.substr(url.find('/', 5))};
}

inline Reply say(const TestServer& server, const Conversation& to, const std::string& text) {
  return post(server.port(), kConversations + "/" + to.id + "/activities",
              {{"type", "message"}, {"text", text}}, bearer(to.token));
}

/// A socket of an employee that has been welcomed.
inline WebSocketClient enter(const TestServer& server, nlohmann::json hello = nlohmann::json::object()) {
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  hello["type"] = "hello";
  if (!hello.contains("token")) hello["token"] = employee_token();
  socket.send(hello);
  REQUIRE(socket.read_json()["type"] == "welcome");
  return socket;
}

inline nlohmann::json activity(const std::string& id, const std::string& text) {
  return {{"type", "activity"}, {"id", id}, {"activity", {{"type", "message"}, {"text", text}}}};
}

inline nlohmann::json read_until(WebSocketClient& socket, const std::string& type) {
  for (;;) {
    nlohmann::json frame = socket.read_json();
    if (frame["type"] == type) return frame;
  }
}

}  // namespace parley::test
