#include <doctest/doctest.h>
#include <set>

#include "tests/connectors/test_client.h"
#include "tests/connectors/test_server.h"

namespace parley::test {
namespace {

const std::string kHelpdesk = "/helpdesk/v3/directline";
const std::string kWebchat = "/webchat/v3/directline";

struct Started {
  std::string id, token, stream;
};

/// A conversation of an employee, begun as the widget does: generate, then start.
Started start(const TestServer& server, const nlohmann::json& claims = nlohmann::json::object()) {
  const auto generated =
      post(server.port(), kHelpdesk + "/tokens/generate", nullptr, bearer(employee_token(claims)));
  REQUIRE(generated.status == 200);
  const auto started = post(server.port(), kHelpdesk + "/conversations", {{"user", nlohmann::json::object()}},
                            bearer(generated.json()["token"]));
  REQUIRE(started.status == 201);
  const auto body = started.json();
  CHECK(body["conversationId"] == generated.json()["conversationId"]);
  return {body["conversationId"], body["token"], body["streamUrl"]};
}

std::string path_of(const std::string& stream_url) {
  return stream_url.substr(stream_url.find('/', 5));
}

nlohmann::json message(const std::string& text, const std::string& client_id = "") {
  nlohmann::json activity{{"type", "message"}, {"text", text}, {"from", {{"id", "somebody else"}}}};
  if (!client_id.empty()) activity["channelData"] = {{"clientActivityID", client_id}};
  return activity;
}

Reply say(const TestServer& server, const Started& conversation, const nlohmann::json& activity) {
  return post(server.port(), kHelpdesk + "/conversations/" + conversation.id + "/activities", activity,
              bearer(conversation.token));
}

/// Reads sets from a stream until `count` activities came.
std::vector<nlohmann::json> read_activities(WebSocketClient& stream, std::size_t count) {
  std::vector<nlohmann::json> all;
  while (all.size() < count) {
    const auto set = stream.read_json();
    for (const auto& activity : set["activities"])
      all.push_back(activity);
  }
  return all;
}

}  // namespace

TEST_CASE("A widget's way: generate, start, open the stream, send, see the echo and the answer") {
  const TestServer server;
  const Started conversation = start(server);
  WebSocketClient stream(server.port(), path_of(conversation.stream), {{"Origin", server.origin()}});
  REQUIRE(stream.is_open());

  const auto sent = say(server, conversation, message("hello", "c-1"));
  REQUIRE(sent.status == 200);
  const auto activities = read_activities(stream, 3);

  CHECK(activities[0]["text"] == "welcome");
  CHECK(activities[1]["text"] == "hello");
  CHECK(activities[1]["id"] == sent.json()["id"]);
  CHECK(activities[1]["channelData"]["clientActivityID"] == "c-1");
  CHECK(activities[1]["from"]["id"] == "e1001");
  CHECK(activities[1]["from"]["role"] == "user");
  CHECK(activities[2]["text"] == "answer 1: hello");
  CHECK(activities[2]["from"]["role"] == "bot");
  CHECK(activities[2]["replyToId"] == activities[1]["id"]);
}

TEST_CASE("Timestamps rise strictly and a reply only names what was echoed before") {
  const TestServer server;
  const Started conversation = start(server);
  for (const char* text : {"one", "two", "three"})
    REQUIRE(say(server, conversation, message(text)).status == 200);

  WebSocketClient stream(server.port(), path_of(conversation.stream));
  std::set<std::string> seen;
  std::string last;
  for (const auto& activity : read_activities(stream, 7)) {
    CHECK(activity["timestamp"].get<std::string>() > last);
    last = activity["timestamp"];
    if (activity.contains("replyToId")) CHECK(seen.contains(activity["replyToId"]));
    seen.insert(activity["id"]);
  }
}

TEST_CASE("The widget's own marks in channelData are not echoed, and its id is") {
  const TestServer server;
  const Started conversation = start(server);
  nlohmann::json activity = message("again", "c-7");
  activity["channelData"]["webchat:sequence-id"] = 3;
  activity["channelData"]["webChat"] = {{"x", 1}};
  activity["channelData"]["state"] = "failed";
  REQUIRE(say(server, conversation, activity).status == 200);

  WebSocketClient stream(server.port(), path_of(conversation.stream));
  const auto echo = read_activities(stream, 2)[1];
  CHECK(echo["channelData"] == nlohmann::json{{"clientActivityID", "c-7"}});
}

TEST_CASE("The same clientActivityID again gives the same id and no second turn") {
  const TestServer server;
  const Started conversation = start(server);
  const auto first = say(server, conversation, message("hello", "same"));
  const auto second = say(server, conversation, message("hello", "same"));

  CHECK(first.json() == second.json());
  const auto page = get(server.port(), kHelpdesk + "/conversations/" + conversation.id + "/activities",
                        bearer(conversation.token));
  CHECK(page.json()["activities"].size() == 3);
}

TEST_CASE("A stream that comes back with its watermark gets what it missed, once, and then goes on live") {
  const TestServer server;
  const Started conversation = start(server);
  std::string watermark;
  {
    WebSocketClient stream(server.port(), path_of(conversation.stream));
    watermark = stream.read_json()["watermark"];
    stream.drop();
  }
  REQUIRE(say(server, conversation, message("missed")).status == 200);

  const auto again =
      get(server.port(), kHelpdesk + "/conversations/" + conversation.id + "?watermark=" + watermark,
          bearer(conversation.token));
  REQUIRE(again.status == 200);
  WebSocketClient stream(server.port(), path_of(again.json()["streamUrl"]));
  const auto missed = read_activities(stream, 2);
  REQUIRE(say(server, conversation, message("live")).status == 200);
  const auto live = read_activities(stream, 2);

  CHECK(missed[0]["text"] == "missed");
  CHECK(missed[1]["text"] == "answer 1: missed");
  CHECK(live[0]["text"] == "live");
}

TEST_CASE("An omitted and an empty watermark both mean everything, so a reloaded page shows its history") {
  const TestServer server;
  const Started conversation = start(server);
  REQUIRE(say(server, conversation, message("hello")).status == 200);

  const std::string path = kHelpdesk + "/conversations/" + conversation.id;
  for (const char* query : {"", "?watermark="}) {
    CHECK(get(server.port(), path + "/activities" + query, bearer(conversation.token))
              .json()["activities"]
              .size() == 3);
    const auto resumed = get(server.port(), path + query, bearer(conversation.token));
    WebSocketClient stream(server.port(), path_of(resumed.json()["streamUrl"]));
    CHECK(read_activities(stream, 3).front()["text"] == "welcome");
  }
}

TEST_CASE("Polling gives only what came after the watermark, and the next watermark") {
  const TestServer server;
  const Started conversation = start(server);
  const std::string path = kHelpdesk + "/conversations/" + conversation.id + "/activities";
  const auto first = get(server.port(), path, bearer(conversation.token)).json();
  REQUIRE(say(server, conversation, message("hello")).status == 200);
  const std::string watermark = first["watermark"];
  const auto second = get(server.port(), path + "?watermark=" + watermark, bearer(conversation.token)).json();

  CHECK(first["activities"].size() == 1);
  CHECK(second["activities"].size() == 2);
  CHECK(second["activities"][0]["text"] == "hello");
  const std::string last = second["watermark"];
  CHECK(get(server.port(), path + "?watermark=" + last, bearer(conversation.token)).json()["watermark"] ==
        last);
}

TEST_CASE("A watermark that is not one of ours is refused with a reason") {
  const TestServer server;
  const Started conversation = start(server);
  const std::string path = kHelpdesk + "/conversations/" + conversation.id + "/activities?watermark=";
  for (const char* watermark : {"abc", "-1", "1x", "99999999999999999999"}) {
    const auto reply = get(server.port(), path + watermark, bearer(conversation.token));
    CHECK(reply.status == 400);
    CHECK(reply.code() == "BadArgument");
  }
}

TEST_CASE("A conversation that the ledger does not know is begun again rather than 404") {
  const TestServer server;
  const auto generated =
      post(server.port(), kHelpdesk + "/tokens/generate", nullptr, bearer(employee_token())).json();
  const std::string path = kHelpdesk + "/conversations/" + generated["conversationId"].get<std::string>();
  const Headers token = bearer(generated["token"]);

  SUBCASE("by coming back to it") {
    const auto resumed = get(server.port(), path + "?watermark=12", token);
    CHECK(resumed.status == 201);
    WebSocketClient stream(server.port(), path_of(resumed.json()["streamUrl"]));
    CHECK(read_activities(stream, 1)[0]["text"] == "welcome");
  }
  SUBCASE("by sending to it") {
    CHECK(post(server.port(), path + "/activities", message("hi"), token).status == 200);
  }
  SUBCASE("by polling it") {
    const auto page = get(server.port(), path + "/activities?watermark=12", token);
    CHECK(page.status == 200);
    CHECK(page.json()["activities"].size() == 1);
  }
}

TEST_CASE("Typing is taken without a turn, and what is no activity is refused by its field") {
  const TestServer server;
  const Started conversation = start(server);
  CHECK(say(server, conversation, {{"type", "typing"}}).status == 200);

  const std::pair<nlohmann::json, const char*> wrong[] = {
      {nlohmann::json::array(), "object"},
      {{{"text", "no type"}}, "activity.type"},
      {{{"type", 7}}, "activity.type"},
      {{{"type", "message"}}, "text"},
      {{{"type", "message"}, {"text", 5}}, "activity.text"},
      {{{"type", "message"}, {"text", "x"}, {"channelData", "x"}}, "activity.channelData"},
      {{{"type", "message"}, {"text", "x"}, {"attachments", {1}}}, "activity.attachments"},
      {{{"type", "invented"}}, "invented"},
      {{{"type", "event"}}, "name"},
  };
  for (const auto& [activity, names] : wrong) {
    const auto reply = say(server, conversation, activity);
    CHECK_MESSAGE(reply.status == 400, activity.dump());
    CHECK_MESSAGE(reply.body.find(names) != std::string::npos, reply.body);
  }
}

TEST_CASE("An upload is refused with 501 before its body has come, in a way that the page may read") {
  const TestServer server;
  const Started conversation = start(server);
  RawClient client(server.port());
  client.send("POST " + kHelpdesk + "/conversations/" + conversation.id +
              "/upload?userId=e1001 HTTP/1.1\r\nHost: x\r\n" + "Origin: " + server.origin() +
              "\r\nAuthorization: Bearer " + conversation.token + "\r\nContent-Length: 9000000\r\n\r\n");
  const std::string answer = client.read_all();

  CHECK(answer.starts_with("HTTP/1.1 501"));
  CHECK(answer.find("UploadNotSupported") != std::string::npos);
  CHECK(answer.find("Access-Control-Allow-Origin: " + server.origin()) != std::string::npos);
}

TEST_CASE("What is not a call of Direct Line is 404 with an error body") {
  const TestServer server;
  CHECK(get(server.port(), kHelpdesk + "/session/getsessionid").code() == "NotFound");
  CHECK(get(server.port(), kHelpdesk + "/nonsense").status == 404);
  CHECK(get(server.port(), "/nochannel/v3/directline/conversations").status == 404);
}

TEST_CASE("A second tab of the same person sees the same conversation") {
  const TestServer server;
  const Started conversation = start(server);
  const auto resumed =
      get(server.port(), kHelpdesk + "/conversations/" + conversation.id, bearer(conversation.token));
  WebSocketClient first(server.port(), path_of(conversation.stream));
  WebSocketClient second(server.port(), path_of(resumed.json()["streamUrl"]));
  REQUIRE(say(server, conversation, message("hello")).status == 200);
  CHECK(read_activities(first, 3) == read_activities(second, 3));
}

TEST_CASE("The widget's empty frames are ignored, and a long history comes in several frames without a gap") {
  const TestServer server([](config::Settings& settings) {
    settings.limits.messages_per_minute_max = 1000;
    settings.limits.write_queue_max_bytes = 40'000;
  });
  const Started conversation = start(server);
  const std::string long_text(3'000, 'x');
  for (int i = 0; i < 40; ++i)
    REQUIRE(say(server, conversation, message(long_text)).status == 200);

  WebSocketClient stream(server.port(), path_of(conversation.stream));
  stream.send_text("");
  std::vector<std::string> marks;
  std::size_t count = 0;
  while (count < 81) {
    const auto set = stream.read_json();
    count += set["activities"].size();
    marks.push_back(set["watermark"]);
  }
  CHECK(count == 81);
  CHECK(marks.size() > 3);
}

}  // namespace parley::test
