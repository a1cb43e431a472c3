// Where the calls of HTTP services may go, and what becomes of servers that fail for a while: redirects,
// pages, private addresses, certificates, proxies, the circuit breaker, what is logged.
#include <doctest/doctest.h>

#include "engine/services/circuit_breaker.h"
#include "engine/services/http_address.h"
#include "tests/engine/http_bot.h"
#include "tests/support/log_keeper.h"

namespace parley {
namespace {

using test::answer;
using test::HttpBot;
using test::ScriptedAnswer;
using test::ScriptedServer;
using test::SeenRequest;

constexpr auto kAsk = R"(http: ORIGIN
private: 127.0.0.1
redirects: 2
operations:
  ask: {get: /start, returns: {id: int}, retries: 0, timeout: 20s}
  file: {with: {title: text}, post: /start, returns: {id: int}, retries: 0, timeout: 20s}
  list: {get: /start, returns: {id: int}, rows: many, retries: 0, timeout: 20s}
)";

const std::string kOk = R"({"id": 7})";

ScriptedAnswer redirect(int status, const std::string& to) {
  return answer(status, "", "Location: " + to + "\r\n");
}

ScriptedServer::Script at_start(const ScriptedAnswer& said) {
  return [said](const SeenRequest& request) { return request.target == "/start" ? said : answer(200, kOk); };
}

std::vector<std::string> lines(const ScriptedServer& server) {
  std::vector<std::string> all;
  for (const SeenRequest& request : server.seen())
    all.push_back(request.method + ' ' + request.target);
  return all;
}

}  // namespace

TEST_CASE("A redirect is followed within the same server, as often as the service allows") {
  using Lines = std::vector<std::string>;
  for (const int status : {301, 302, 303}) {
    const ScriptedServer server(at_start(redirect(status, "/moved?x=1")));
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("ask").ok);
    CHECK(bot.call("file", {{"title", "x"}}).ok);
    CHECK(lines(server) == Lines{"GET /start", "GET /moved?x=1", "POST /start", "GET /moved?x=1"});
    CHECK(server.seen().back().body.empty());
  }
  for (const int status : {307, 308}) {
    const ScriptedServer server(at_start(redirect(status, "moved")));
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("file", {{"title", "x"}}).ok);
    CHECK(lines(server) == Lines{"POST /start", "POST /moved"});
    CHECK(server.seen()[1].body == server.seen()[0].body);
    CHECK(server.seen()[1].headers.at("idempotency-key") == server.seen()[0].headers.at("idempotency-key"));
  }
  const ScriptedServer round([](const SeenRequest&) { return redirect(302, "/start"); });
  HttpBot bot(kAsk, round.origin());
  CHECK(bot.call("ask").failure == "invalid");
  CHECK(round.seen().size() == 3);
  bot.source().redirects = 0;
  CHECK(bot.call("ask").failure == "invalid");
  CHECK(round.seen().size() == 4);
}

TEST_CASE("A redirect to another server is refused, and that server hears nothing") {
  const ScriptedServer other([](const SeenRequest&) { return answer(200, kOk); });
  const std::string port = std::to_string(other.port());
  for (const std::string& to :
       {other.origin() + "/x", "http://localhost:" + port, "//127.0.0.1:" + port + "/x",
        std::string("file:///etc/passwd"), std::string("https://127.0.0.1/"),
        std::string("gopher://127.0.0.1:70/"), std::string("http://a@127.0.0.1:1/")}) {
    CAPTURE(to);
    const ScriptedServer server(at_start(redirect(302, to)));
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("ask").failure == "invalid");
    CHECK(server.seen().size() == 1);
  }
  CHECK(other.connections() == 0);
}

TEST_CASE("An address that is not public is refused before a connection is made, by number and by name") {
  const ScriptedServer server([](const SeenRequest&) { return answer(200, kOk); });
  HttpBot bot(kAsk, server.origin());
  bot.source().private_networks.clear();
  const std::string port = std::to_string(server.port());
  for (const std::string host : {"127.0.0.1", "localhost", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "127.1",
                                 "2130706433", "0x7f.1", "[64:ff9b::7f00:1]", "169.254.169.254"}) {
    CAPTURE(host);
    bot.source().base = "http://" + host + ":" + port;
    const CallOutcome outcome = bot.call("ask");
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.failure == "unavailable");
    bot.services = std::make_unique<HttpServices>(bot.clock);  // with a closed circuit
  }
  CHECK(server.connections() == 0);
}

TEST_CASE("A connection that one service may use does not open the way for another") {
  const ScriptedServer server([](const SeenRequest&) { return answer(200, kOk); });
  HttpBot bot(kAsk, server.origin());
  CHECK(bot.call("ask").ok);
  auto stranger = std::make_shared<Bot>(*bot.bot);
  stranger->manifest.name = "stranger";
  std::get<HttpSource>(stranger->services.services.at("tickets").source).private_networks.clear();
  CHECK(test::call_later(*bot.services, stranger, "ask").get().failure == "unavailable");
  CHECK(server.seen().size() == 1);
  CHECK(bot.call("ask").ok);
}

TEST_CASE("A range allows its own addresses and no others") {
  const auto allowed = {*config::Network::parse("10.1.0.0/16"), *config::Network::parse("fd00::/8")};
  for (const char* open : {"8.8.8.8", "2606:4700::1111", "10.1.2.3", "::ffff:10.1.2.3", "fd12::1"})
    CHECK_MESSAGE(may_connect(open, allowed), open);
  for (const char* closed :
       {"10.2.0.1", "127.0.0.1", "192.168.1.1", "172.31.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "ff02::1", "::ffff:127.0.0.1",
        "64:ff9b::a00:1", "2002:7f00:1::", "::7f00:1", "nonsense", ""})
    CHECK_MESSAGE(!may_connect(closed, allowed), closed);
}

TEST_CASE("Pages of ORDS are read one after the other, up to as many rows as a flow may have") {
  const auto page = [](int first, int count, const std::string& next) {
    Json items = Json::array();
    for (int i = 0; i < count; ++i)
      items.push_back({{"id", first + i}});
    Json body{{"items", items}, {"hasMore", !next.empty()}};
    body["links"] = {{{"rel", "self"}, {"href", "http://x/"}}, {{"rel", "next"}, {"href", next}}};
    return answer(200, body.dump());
  };
  const auto number_of = [](const SeenRequest& request) {
    const std::size_t at = request.target.find("offset=");
    return at == std::string::npos ? 0 : std::stoi(request.target.substr(at + 7));
  };
  SUBCASE("three pages") {
    std::string origin;
    const ScriptedServer server([&](const SeenRequest& request) {
      const int first = number_of(request);
      return page(first, 25, first < 50 ? origin + "/start?offset=" + std::to_string(first + 25) : "");
    });
    origin = server.origin();
    HttpBot bot(kAsk, origin);
    const Json rows = bot.call("list").value;
    REQUIRE(rows.size() == 75);
    CHECK(rows[74] == Json{{"id", 74}});
    CHECK(server.seen().size() == 3);
  }
  SUBCASE("rows without end") {
    const ScriptedServer server([&](const SeenRequest& request) {
      const int first = number_of(request);
      return page(first, 60, "/start?offset=" + std::to_string(first + 60));
    });
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("list").value.size() == limits::kServiceRowsMax);
    CHECK(server.seen().size() == 4);
  }
  SUBCASE("empty pages without end") {
    const ScriptedServer server([&](const SeenRequest&) { return page(0, 0, "/start?offset=0"); });
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("list").failure == "invalid");
    CHECK(server.seen().size() == limits::kServicePagesMax);
  }
  SUBCASE("a next page elsewhere") {
    const ScriptedServer other([](const SeenRequest&) { return answer(200, kOk); });
    const ScriptedServer server([&](const SeenRequest&) { return page(0, 5, other.origin() + "/start"); });
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("list").failure == "invalid");
    CHECK(other.connections() == 0);
  }
  SUBCASE("one row of pages is the first, and no more is asked for") {
    const ScriptedServer server([&](const SeenRequest&) { return page(3, 2, "/start?offset=5"); });
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("ask").value == Json{{"id", 3}});
    CHECK(server.seen().size() == 1);
  }
}

TEST_CASE("A certificate must be trusted and be for this server") {
  const test::TempFolder folder;
  const auto made = test::make_certificate(folder.path());
  const ScriptedServer server([](const SeenRequest&) { return answer(200, kOk); }, made.certificate,
                              made.key);
  HttpBot bot(kAsk, server.origin());
  CHECK(bot.call("ask").failure == "unavailable");
  CHECK(server.seen().empty());
  bot.source().ca_file = made.certificate;
  CHECK(bot.call("ask").ok);

  const test::TempFolder elsewhere;
  const auto other = test::make_certificate(elsewhere.path(), "DNS:other.example");
  bot.source().ca_file = other.certificate;
  CHECK(bot.call("ask").failure == "unavailable");  // trusts others
  const ScriptedServer wrong([](const SeenRequest&) { return answer(200, kOk); }, other.certificate,
                             other.key);
  bot.source().base = wrong.origin();
  CHECK(bot.call("ask").failure == "unavailable");  // trusted, and for another name
  CHECK(wrong.seen().empty());
  CHECK(server.seen().size() == 1);
}

TEST_CASE("A proxy is used when the service names one, and none of the environment is") {
  const ScriptedServer server([](const SeenRequest&) { return answer(200, kOk); });
  const ScriptedServer proxy([](const SeenRequest&) { return answer(200, R"({"id": 99})"); });
  HttpBot bot(kAsk, server.origin());
  setenv("http_proxy", proxy.origin().c_str(), 1);
  setenv("ALL_PROXY", proxy.origin().c_str(), 1);
  CHECK(bot.call("ask").value["id"] == 7);
  unsetenv("http_proxy");
  unsetenv("ALL_PROXY");
  CHECK(proxy.connections() == 0);
  bot.source().proxy = proxy.origin();
  CHECK(bot.call("ask").value["id"] == 99);
  REQUIRE(proxy.seen().size() == 1);
  CHECK(proxy.seen().front().target == server.origin() + "/start");
}

TEST_CASE("A service that keeps failing is left alone, tried again after a pause, and used when it is back") {
  int status = 500;
  const ScriptedServer server([&status](const SeenRequest&) { return answer(status, kOk); });
  HttpBot bot(kAsk, server.origin());
  const std::size_t most = limits::kCircuitFailuresMax;
  for (std::size_t i = 0; i < most + 3; ++i)
    CHECK(bot.call("ask").failure == "unavailable");
  CHECK(server.seen().size() == most);
  bot.clock.advance(limits::kCircuitPause - std::chrono::milliseconds(1));
  CHECK(bot.call("ask").failure == "unavailable");
  CHECK(server.seen().size() == most);
  bot.clock.advance(std::chrono::milliseconds(1));
  CHECK(bot.call("ask").failure == "unavailable");  // one may try
  CHECK(bot.call("ask").failure == "unavailable");
  CHECK(server.seen().size() == most + 1);
  status = 200;
  bot.clock.advance(limits::kCircuitPause);
  CHECK(bot.call("ask").ok);
  CHECK(bot.call("ask").ok);
  CHECK(server.seen().size() == most + 3);
}

TEST_CASE("A service that refuses or answers nonsense is not one that is away") {
  int calls = 0;
  const ScriptedServer server(
      [&calls](const SeenRequest&) { return ++calls % 2 ? answer(404, "") : answer(200, "nonsense"); });
  HttpBot bot(kAsk, server.origin());
  for (int i = 0; i < 3 * limits::kCircuitFailuresMax; ++i)
    CHECK(bot.call("ask").failure == (i % 2 == 0 ? "rejected" : "invalid"));
  CHECK(server.seen().size() == 3 * limits::kCircuitFailuresMax);
}

TEST_CASE("Of an open circuit one call at a time may try, also after the clock was set back") {
  CircuitBreaker breaker;
  const TimePoint start{std::chrono::hours(1'000)};
  for (int i = 1; i < limits::kCircuitFailuresMax; ++i)
    CHECK_FALSE(breaker.failed(start));
  CHECK(breaker.admit(start));
  CHECK(breaker.failed(start));
  CHECK_FALSE(breaker.admit(start));
  const TimePoint later = start + limits::kCircuitPause;
  CHECK(breaker.admit(later));
  CHECK_FALSE(breaker.admit(later));
  breaker.failed(later);
  CHECK_FALSE(breaker.admit(later));
  CHECK(breaker.admit(start - std::chrono::hours(1)));
  breaker.succeeded();
  CHECK(breaker.admit(later));
  CHECK(breaker.admit(later));
}

TEST_CASE("The log says which call failed and why, and shows nothing of what was sent or came") {
  const test::LogKeeper log;
  const std::string secret = "PIN-4711";
  const ScriptedServer server([&](const SeenRequest& request) {
    return request.target == "/start" ? answer(404, secret) : answer(200, "{\"id\": \"" + secret + "\"}");
  });
  HttpBot bot(R"(http: ORIGIN
private: true
headers: {Authorization: "Bearer {secret.TEST_TOKEN}"}
operations:
  first: {with: {title: text}, post: /start, returns: {id: int}}
  second: {with: {title: text}, get: "/other/{title}", returns: {id: int}}
)",
              server.origin());
  CHECK(bot.call("first", {{"title", secret}}).failure == "rejected");
  CHECK(bot.call("second", {{"title", secret}}).failure == "invalid");
  CHECK(log.wait_for("service tickets, operation first: status 404"));
  CHECK(log.wait_for("service tickets, operation second: 'id' of the reply is not of type int"));
  CHECK(log.text().find(secret) == std::string::npos);
  CHECK(log.text().find(test::kToken) == std::string::npos);
}

}  // namespace parley
