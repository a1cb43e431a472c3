// A call as a machine: what it does next, without a network and without waiting.
#include "engine/services/http_call.h"

#include <doctest/doctest.h>
#include <set>

#include "tests/engine/http_bot.h"

namespace parley {
namespace {

using std::chrono::milliseconds;

const test::HttpBot& bot() {
  static const test::HttpBot kBot(R"(http: https://tickets.example.org/api
operations:
  ask: {get: /ask, returns: {id: int}, retries: 5}
)",
                                  "");
  return kBot;
}

HttpCall make_call(const std::string& key) {
  return HttpCall({bot().bot, {"call-1", "tickets", "ask", Json::object()}, key});
}

ServiceReply with_status(int status) {
  ServiceReply reply;
  reply.status = status;
  return reply;
}

// The pauses before the five retries of a call whose server is down.
std::vector<milliseconds> pauses(const std::string& key) {
  HttpCall call = make_call(key);
  HttpCall::Next next = call.begin();
  CHECK(std::get<HttpCall::Send>(next).pause == milliseconds(0));
  std::vector<milliseconds> all;
  for (next = call.take(with_status(503)); std::holds_alternative<HttpCall::Send>(next);
       next = call.take(with_status(503)))
    all.push_back(std::get<HttpCall::Send>(next).pause);
  CHECK(std::get<CallOutcome>(next).failure == "unavailable");
  return all;
}

}  // namespace

TEST_CASE("Pauses double, are spread by the key, and are the same for the same key") {
  const auto first = pauses("conversation|0000001");
  REQUIRE(first.size() == limits::kServiceRetriesMax);
  milliseconds whole = limits::kServiceRetryPause;
  for (const milliseconds pause : first) {
    CHECK(pause >= whole / 2);
    CHECK(pause <= whole);
    whole *= 2;
  }
  CHECK(pauses("conversation|0000001") == first);
  std::set<milliseconds> firsts;
  for (int i = 0; i < 50; ++i)
    firsts.insert(pauses("conversation|" + std::to_string(i)).front());
  CHECK(firsts.size() > 25);
}

TEST_CASE("A pause is as long as the server asks for, when it asks for more") {
  HttpCall call = make_call("key");
  (void)call.begin();
  ServiceReply busy = with_status(429);
  busy.retry_after = limits::kServiceRetryAfterMax;
  CHECK(std::get<HttpCall::Send>(call.take(busy)).pause == limits::kServiceRetryAfterMax);
  busy.retry_after = limits::kServiceRetryAfterMax + std::chrono::seconds(1);
  CHECK(std::get<CallOutcome>(call.take(busy)).failure == "unavailable");
}

TEST_CASE("Only what passes by itself is tried again") {
  const auto is_retried = [](ServiceReply reply) {
    HttpCall call = make_call("key");
    (void)call.begin();
    return std::holds_alternative<HttpCall::Send>(call.take(reply));
  };
  for (const int status : {429, 502, 503, 504})
    CHECK_MESSAGE(is_retried(with_status(status)), status);
  for (const int status : {100, 200, 204, 301, 304, 400, 401, 404, 408, 409, 500, 501, 505})
    CHECK_MESSAGE(!is_retried(with_status(status)), status);
  ServiceReply lost;
  lost.trouble = ServiceReply::Trouble::kConnection;
  CHECK(is_retried(lost));
  lost.trouble = ServiceReply::Trouble::kRefused;
  CHECK_FALSE(is_retried(lost));
  lost.trouble = ServiceReply::Trouble::kMalformed;
  CHECK_FALSE(is_retried(lost));
}

}  // namespace parley
