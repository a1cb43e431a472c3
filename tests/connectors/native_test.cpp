#include <doctest/doctest.h>

#include "tests/connectors/test_client.h"
#include "tests/connectors/test_server.h"

namespace parley::test {
namespace {

using nlohmann::json;

struct Entered {
  WebSocketClient socket;
  json welcome;
};

Entered enter(const TestServer& server, json hello = json::object(),
              const std::string& channel = "helpdesk") {
  hello["type"] = "hello";
  if (channel == "helpdesk" && !hello.contains("token")) hello["token"] = employee_token();
  WebSocketClient socket(server.port(), "/" + channel + "/socket",
                         {{"Origin", server.origin()}, {"Sec-WebSocket-Protocol", "parley.v1"}});
  REQUIRE(socket.is_open());
  CHECK(socket.header("Sec-WebSocket-Protocol") == "parley.v1");
  socket.send(hello);
  json welcome = socket.read_json();
  return {std::move(socket), std::move(welcome)};
}

json activity(const std::string& id, const std::string& text) {
  return {{"type", "activity"}, {"id", id}, {"activity", {{"type", "message"}, {"text", text}}}};
}

/// Reads frames until `count` items of activities came; acknowledgements on the way are put into `acks`.
std::vector<json> read_items(WebSocketClient& socket, std::size_t count, std::vector<json>* acks = nullptr) {
  std::vector<json> items;
  while (items.size() < count) {
    const json frame = socket.read_json();
    if (frame["type"] == "ack" && acks != nullptr) acks->push_back(frame);
    if (frame["type"] != "activities") continue;
    for (const json& item : frame["items"])
      items.push_back(item);
  }
  return items;
}

/// Reads on to the next frame of this type.
json read_until(WebSocketClient& socket, const std::string& type) {
  for (;;) {
    json frame = socket.read_json();
    if (frame["type"] == type) return frame;
  }
}

/// Sends one text and gives the error that comes back, and the close code if the server closes.
std::pair<json, int> refused(WebSocketClient& socket, const std::string& text) {
  socket.send_text(text);
  json error = read_until(socket, "error");
  return {error, socket.close_code()};
}

}  // namespace

TEST_CASE("Hello, welcome, a message, its acknowledgement, its echo and the answer") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  CHECK(welcome["type"] == "welcome");
  CHECK(welcome["created"] == true);
  CHECK(welcome["user"] == json{{"id", "e1001"}, {"name", "Anna"}});
  CHECK(welcome["expires_in"] == 1800);
  CHECK_FALSE(welcome.contains("visitor"));

  socket.send(activity("m-1", "hello"));
  std::vector<json> acks;
  const auto items = read_items(socket, 3, &acks);
  if (acks.empty()) acks.push_back(read_until(socket, "ack"));

  CHECK(acks[0] == json{{"type", "ack"},
                        {"id", "m-1"},
                        {"activity_id", items[1]["activity"]["id"]},
                        {"sequence", items[1]["sequence"]},
                        {"repeat", false}});
  CHECK(items[1]["client_id"] == "m-1");
  CHECK(items[2]["activity"]["text"] == "answer 1: hello");
  CHECK(items[0]["sequence"] < items[1]["sequence"]);
  CHECK(items[1]["sequence"] < items[2]["sequence"]);
}

TEST_CASE("All activities of one turn travel in one frame") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  CHECK(read_items(socket, 1)[0]["activity"]["text"] == "welcome");
  socket.send(activity("m-1", "hello"));
  CHECK(read_until(socket, "activities")["items"].size() == 2);
}

TEST_CASE("A message sent again with its id is acknowledged as a repeat and answered once") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  socket.send(activity("m-1", "hello"));
  const json first = read_until(socket, "ack");
  socket.send(activity("m-1", "hello"));
  const json second = read_until(socket, "ack");
  CHECK(second["repeat"] == true);
  CHECK(second["activity_id"] == first["activity_id"]);

  socket.send(activity("m-2", "next"));
  std::vector<std::string> answers;
  while (answers.empty() || answers.back() != "answer 2: next")
    for (const json& item : read_items(socket, 1))
      answers.push_back(item["activity"]["text"]);
  CHECK(std::count(answers.begin(), answers.end(), "answer 2: hello") == 0);
}

TEST_CASE("A client that comes back gets what it missed and then what is new, without gap or repeat") {
  const TestServer server;
  auto [first, welcome] = enter(server);
  first.send(activity("m-1", "one"));
  const auto seen = read_items(first, 3);
  first.drop();

  auto [other, again] = enter(server, {{"token", welcome["token"]}});
  other.send(activity("m-2", "two"));
  read_until(other, "ack");

  auto [socket, resumed] = enter(server, {{"token", welcome["token"]},
                                          {"conversation", welcome["conversation"]},
                                          {"after", seen.back()["sequence"]}});
  CHECK(resumed["created"] == false);
  const auto missed = read_items(socket, 2);
  socket.send(activity("m-3", "three"));
  const auto live = read_items(socket, 2);

  CHECK(missed[0]["client_id"] == "m-2");
  CHECK(missed[1]["activity"]["text"] == "answer 2: two");
  CHECK(live[0]["client_id"] == "m-3");
  CHECK(live[0]["sequence"] == missed[1]["sequence"].get<int>() + 1);
}

TEST_CASE("A client may send on without waiting for the welcome") {
  const TestServer server;
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  socket.send({{"type", "hello"}, {"token", employee_token()}});
  socket.send(activity("m-1", "hello"));
  CHECK(socket.read_json()["type"] == "welcome");
  CHECK(read_until(socket, "ack")["id"] == "m-1");
}

TEST_CASE("A visitor is given an id, and is the same one again only with the proof of it") {
  const TestServer server;
  const auto first = enter(server, {}, "webchat").welcome;
  const std::string id = first["user"]["id"];
  CHECK(id.starts_with("dl_"));
  CHECK(id.size() == 25);

  CHECK(enter(server, {{"visitor", first["visitor"]}}, "webchat").welcome["user"]["id"] == id);
  CHECK(enter(server, {{"visitor", "forged"}}, "webchat").welcome["user"]["id"] != id);
  CHECK(enter(server, {{"visitor", first["token"]}}, "webchat").welcome["user"]["id"] != id);
}

TEST_CASE("Somebody else's conversation and an unknown one are refused alike, with 1008") {
  const TestServer server;
  const auto own = enter(server).welcome;
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  json hello{{"type", "hello"}, {"token", employee_token({{"sub", "e2"}})}};
  SUBCASE("another's") {
    hello["conversation"] = own["conversation"];
  }
  SUBCASE("unknown") {
    hello["conversation"] = "AAAAAAAAAAAAAAAAAAAAAA";
  }
  SUBCASE("not an id") {
    hello["conversation"] = "../../x";
  }
  const auto [error, code] = refused(socket, hello.dump());
  CHECK(error["code"] == "denied");
  CHECK(code == 1008);
}

TEST_CASE("An employee comes back to an own conversation with a fresh token of the company") {
  const TestServer server;
  const auto own = enter(server).welcome;
  const auto again = enter(server, {{"conversation", own["conversation"]}}).welcome;
  CHECK(again["conversation"] == own["conversation"]);
  CHECK(again["created"] == false);
}

TEST_CASE("Frames are checked strictly, and the error names what is wrong and which message it is about") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  const std::pair<std::string, std::string> wrong[] = {
      {"not json", "JSON"},
      {"[]", "object"},
      {"{}", "'type'"},
      {R"({"type":"dance"})", "'type'"},
      {R"({"type":"ping","extra":1})", "'extra'"},
      {R"({"type":"activity","activity":{"type":"message","text":"x"}})", "'id'"},
      {R"({"type":"activity","id":"a"})", "'activity'"},
      {R"({"type":"activity","id":7,"activity":{}})", "'id'"},
      {R"({"type":"activity","id":"a","activity":{"type":"message","text":"x","bold":true}})",
       "activity.bold"},
      {R"({"type":"activity","id":"a","activity":{"type":"message","text":{}}})", "activity.text"},
      {R"({"type":"hello"})", "hello"},
      {R"({"type":"activity","id":"a","id":"b","activity":{}})", "'id'"},
      {R"({"type":"ping","n":1e999})", "number"},
      {R"({"type":"activity","id":"a","activity":{"type":"message","text":"\u0000"}})", "U+0000"},
      {R"({"type":"activity","id":"a","activity":{"type":"message","text":"\ud800"}})", "JSON"},
  };
  for (const auto& [text, names] : wrong) {
    socket.send_text(text);
    const json error = read_until(socket, "error");
    CHECK_MESSAGE(error["code"] == "bad_argument", text);
    CHECK_MESSAGE(error["message"].get<std::string>().find(names) != std::string::npos, error.dump());
  }
  socket.send_text(R"({"type":"activity","id":"mine","activity":{"type":"message"}})");
  CHECK(read_until(socket, "error")["id"] == "mine");
  socket.send({{"type", "ping"}});
  CHECK(read_until(socket, "pong")["type"] == "pong");
}

TEST_CASE("JSON nested too deeply is refused while it is read") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  socket.send_text(R"({"type":"activity","id":"a","activity":)" + std::string(30'000, '['));
  CHECK(read_until(socket, "error")["message"].get<std::string>().find("deeper") != std::string::npos);
}

TEST_CASE("The first frame must be a hello, and it must come in time") {
  const TestServer server(
      [](config::Settings& settings) { settings.limits.hello_timeout = std::chrono::milliseconds(50); });
  WebSocketClient socket(server.port(), "/helpdesk/socket");
  SUBCASE("something else") {
    CHECK(refused(socket, activity("a", "x").dump()).second == 1008);
  }
  SUBCASE("nothing") {
    CHECK(read_until(socket, "error")["code"] == "hello_too_late");
    CHECK(socket.close_code() == 4408);
    CHECK(server.metric("parley_refusals_total{limit=\"hello_timeout\"}") == 1);
  }
}

TEST_CASE("A refreshed token is good for a whole lifetime; one that expires ends the session with 4401") {
  TestServer server(
      [](config::Settings& settings) { settings.limits.token_lifetime = std::chrono::minutes(30); });
  auto [socket, welcome] = enter(server);
  server.clock().advance(std::chrono::minutes(29));
  socket.send({{"type", "refresh"}});
  CHECK(read_until(socket, "token")["expires_in"] == 1800);
  server.clock().advance(std::chrono::minutes(29));
  socket.send(activity("m-1", "still here"));
  CHECK(read_until(socket, "ack")["id"] == "m-1");

  server.clock().advance(std::chrono::minutes(2));
  const auto [error, code] = refused(socket, activity("m-2", "too late").dump());
  CHECK(error["code"] == "token_expired");
  CHECK(code == 4401);
}

TEST_CASE("A socket that says nothing is closed when its token expires") {
  TestServer server(
      [](config::Settings& settings) { settings.limits.token_lifetime = std::chrono::milliseconds(1'000); });
  auto [socket, welcome] = enter(server);
  server.clock().advance(std::chrono::seconds(2));
  CHECK(socket.close_code() == 4401);
}

TEST_CASE("Typing makes no turn") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  socket.send({{"type", "activity"}, {"id", "t"}, {"activity", {{"type", "typing"}}}});
  socket.send(activity("m-1", "hello"));
  CHECK(read_until(socket, "ack")["id"] == "m-1");
}

TEST_CASE("Typing of the bot comes as a transient frame") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  socket.send(activity("m-1", "count"));
  CHECK(read_until(socket, "transient")["activity"]["type"] == "typing");
}

TEST_CASE("Binary messages are not for this protocol") {
  const TestServer server;
  auto [socket, welcome] = enter(server);
  socket.send_binary("{}");
  CHECK(socket.close_code() == 1003);
}

}  // namespace parley::test
