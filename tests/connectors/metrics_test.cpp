// What is counted of the engine's work, as operators read it.
#include <doctest/doctest.h>

#include "tests/connectors/conversations.h"

namespace parley::test {

TEST_CASE("A call of a service is counted and timed by its operation and its end") {
  const TestServer server;
  const Conversation conversation = start(server);
  const std::string labels = "{bot=\"tester\",service=\"counter\",operation=\"add\",outcome=\"ok\"";
  CHECK(server.metric("parley_service_call_seconds_count" + labels) == 0);
  CHECK(say(server, conversation, "count").status == 200);
  CHECK(say(server, conversation, "and this waits for the count").status == 200);
  CHECK(server.metric("parley_service_call_seconds_count" + labels) == 1);
  CHECK(server.metric("parley_service_call_seconds_bucket" + labels + ",le=\"+Inf\"") == 1);
  CHECK(server.metric("parley_service_call_seconds_sum" + labels) > 0);
}

}  // namespace parley::test
