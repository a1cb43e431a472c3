// POST /v1/events over real sockets: who is let in, what is refused and how, and that it reaches the person.
#include <doctest/doctest.h>

#include "engine/limits.h"
#include "tests/connectors/conversations.h"
#include "tests/connectors/test_server.h"

namespace parley::test {
namespace {

const std::string kEventsSecret = "the secret of the services, long enough";

TestServer::Adjust with_events() {
  return [](config::Settings& settings) { settings.events_secret = kEventsSecret; };
}

nlohmann::json event_for(const std::string& conversation) {
  return {{"id", "e1"}, {"name", "parcel"}, {"value", {{"number", 7}}}, {"conversation", conversation}};
}

Reply post_event(const TestServer& server, const nlohmann::json& event) {
  return post(server.port(), "/v1/events", event, bearer(kEventsSecret));
}

}  // namespace

TEST_CASE("Without a secret in the settings there is no address for events") {
  const TestServer server;
  const Reply reply = post(server.port(), "/v1/events", event_for("x"), bearer(kEventsSecret));
  CHECK(reply.status == 404);
  CHECK(reply.code() == "NotFound");
}

TEST_CASE("Only who shows the secret may send an event") {
  const TestServer server(with_events());
  CHECK(post(server.port(), "/v1/events", event_for("x")).code() == "MissingToken");
  for (const std::string& wrong :
       {std::string("x"), kEventsSecret + "x", kEventsSecret.substr(1), employee_token()}) {
    const Reply reply = post(server.port(), "/v1/events", event_for("x"), bearer(wrong));
    CHECK(reply.status == 401);
    CHECK(reply.code() == "InvalidToken");
  }
  CHECK(get(server.port(), "/v1/events", bearer(kEventsSecret)).status == 405);
  CHECK(server.metric("parley_events_total{result=\"refused\"}") == 6);
}

TEST_CASE("An event is told in the conversation that waits for it, and once") {
  const TestServer server(with_events());
  const Conversation conversation = start(server);
  REQUIRE(say(server, conversation, "await parcel").status == 200);
  const Reply first = post_event(server, event_for(conversation.id));
  CHECK(first.status == 200);
  CHECK(first.json()["delivered"].size() == 1);
  CHECK(first.json()["delivered"][0]["conversation"] == conversation.id);
  CHECK(first.json()["delivered"][0]["repeat"] == false);
  const Reply second = post_event(server, event_for(conversation.id));
  CHECK(second.json()["delivered"][0]["repeat"] == true);
  CHECK(second.json()["delivered"][0]["id"] == first.json()["delivered"][0]["id"]);
  CHECK(server.metric("parley_events_total{result=\"delivered\"}") == 1);
  CHECK(server.metric("parley_events_total{result=\"repeat\"}") == 1);
}

TEST_CASE("An event that nothing waits for is answered with an empty list") {
  const TestServer server(with_events());
  const Conversation conversation = start(server);
  const Reply reply = post_event(server, event_for(conversation.id));
  CHECK(reply.status == 200);
  CHECK(reply.json()["delivered"].empty());
}

TEST_CASE("What is wrong with an event is said in words") {
  const TestServer server(with_events());
  const auto refused = [&](const nlohmann::json& event, int status, const std::string& part) {
    const Reply reply = post_event(server, event);
    CAPTURE(reply.body);
    CHECK(reply.status == status);
    CHECK(reply.json()["error"]["message"].get<std::string>().find(part) != std::string::npos);
  };
  refused(nlohmann::json::array(), 400, "JSON object");
  refused({{"name", "parcel"}, {"conversation", "x"}}, 400, "'id' is missing");
  refused({{"id", "e1"}, {"conversation", "x"}}, 400, "'name' is missing");
  refused({{"id", 1}, {"name", "parcel"}, {"conversation", "x"}}, 400, "'id' is not a text");
  refused({{"id", "e1"}, {"name", "parcel"}}, 400, "for whom");
  refused({{"id", "e1"}, {"name", "parcel"}, {"person", "x"}}, 400, "for whom");
  refused({{"id", "e1"}, {"name", "parcel"}, {"person", "x"}, {"channel", "y"}, {"conversation", "z"}}, 400,
          "for whom");
  refused({{"id", "e1"}, {"name", "parcel"}, {"conversation", "x"}, {"text", "hi"}}, 400, "'text'");
  refused({{"id", "e1"}, {"name", std::string(65, 'n')}, {"conversation", "x"}}, 413, "name");
  refused({{"id", "e1"}, {"name", "n"}, {"value", std::string(9'000, 'v')}, {"conversation", "x"}}, 413,
          "8192");
  refused(event_for("x"), 404, "no such conversation");
  refused({{"id", "e1"}, {"name", "n"}, {"person", "nobody"}, {"channel", "helpdesk"}}, 404,
          "no conversation");
}

TEST_CASE("A body that is no JSON is refused") {
  const TestServer server(with_events());
  CHECK(request(server.port(), "POST", "/v1/events", "{", bearer(kEventsSecret)).status == 400);
}

TEST_CASE("A visitor can't send an event from outside, whatever the activity says") {
  const TestServer server(with_events());
  const Conversation conversation = start(server);
  REQUIRE(say(server, conversation, "await parcel").status == 200);
  REQUIRE(post(server.port(), kConversations + "/" + conversation.id + "/activities",
               {{"type", "event"}, {"name", "parcel"}, {"outside", true}}, bearer(conversation.token))
              .status == 200);
  CHECK(post_event(server, event_for(conversation.id)).json()["delivered"].size() == 1);
}

TEST_CASE("Flows that end are counted by channel, flow and reason") {
  const TestServer server(with_events());
  const Conversation conversation = start(server);
  REQUIRE(say(server, conversation, "flow off").status == 200);
  CHECK(server.metric("parley_flow_ends_total{channel=\"helpdesk\",flow=\"test\",reason=\"completed\"}") ==
        1);
}

}  // namespace parley::test
