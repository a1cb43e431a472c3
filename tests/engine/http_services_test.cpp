// Calls of HTTP services against a real server that behaves, fails, stalls and lies.
#include "engine/services/http_services.h"

#include <doctest/doctest.h>

#include "tests/engine/http_bot.h"

namespace parley {
namespace {

using test::answer;
using test::HttpBot;
using test::ScriptedAnswer;
using test::ScriptedServer;
using test::SeenRequest;

// One operation `ask` that reads one row.
constexpr auto kAsk = R"(http: ORIGIN/api
private: 127.0.0.1
operations:
  ask:
    with: {id: text}
    get: /tickets/{id}
    returns: {id: int, title: text}
    timeout: 20s
  file:
    with: {title: text}
    post: /tickets
    returns: {id: int}
    timeout: 20s
  hurry:
    get: /slow
    returns: {id: int}
    timeout: 300ms
)";

const std::string kTicket = R"({"id": 7, "title": "No sound"})";

ScriptedServer::Script always(const ScriptedAnswer& said) {
  return [said](const SeenRequest&) { return said; };
}

// The answers one after the other; the last one again and again.
ScriptedServer::Script in_turn(std::vector<ScriptedAnswer> answers) {
  auto next = std::make_shared<std::size_t>(0);
  return [answers = std::move(answers), next](const SeenRequest&) {
    return answers[std::min((*next)++, answers.size() - 1)];
  };
}

CallOutcome ask(HttpBot& bot) {
  return bot.call("ask", {{"id", "7"}});
}

}  // namespace

TEST_CASE("A call sends what is written in services.yaml, and its reply becomes a typed row") {
  const ScriptedServer server(always(answer(201, R"({"ticket": {"id": "T/7"}, "open": true, "more": [1]})")));
  HttpBot bot(R"(http: ORIGIN/api/
headers: {Authorization: "Bearer {secret.TEST_TOKEN}", X-Tenant: acme}
private: 127.0.0.1
operations:
  create:
    with: {title: text, level: text, days: int, note: text, tenant: text}
    post: /queues/{level}/tickets
    query: {lang: en, q: "{note}", left_out: "{note}"}
    headers: {X-Tenant: "{tenant}"}
    body: {title: "{title}", plan: {days: "{days}", text: "in {days} {{days}}"}, tags: [chat, 3, true, "3", null]}
    returns: {id: text from /ticket/id, open: bool, status: int from status, missing: text from /a/b/0}
)",
              server.origin());
  const CallOutcome outcome = bot.call("create", {{"title", "Café \"down\""},
                                                  {"level", "a/b ?#&ü"},
                                                  {"days", 3},
                                                  {"note", nullptr},
                                                  {"tenant", "contoso"}});
  CHECK(outcome.ok);
  CHECK(outcome.call_id == "call-1");
  CHECK(outcome.value == Json{{"id", "T/7"}, {"open", true}, {"status", 201}, {"missing", nullptr}});
  REQUIRE(server.seen().size() == 1);
  const SeenRequest request = server.seen().front();
  CHECK(request.method == "POST");
  CHECK(request.target == "/api/queues/a%2Fb%20%3F%23%26%C3%BC/tickets?lang=en");
  CHECK(request.headers.at("authorization") == std::string("Bearer ") + test::kToken);
  CHECK(request.headers.at("x-tenant") == "contoso");
  CHECK(request.headers.at("content-type") == "application/json");
  CHECK(request.headers.at("idempotency-key") == "conversation|0000007");
  CHECK(Json::parse(request.body) == Json{{"title", "Café \"down\""},
                                          {"plan", {{"days", 3}, {"text", "in 3 {days}"}}},
                                          {"tags", {"chat", 3, true, "3", nullptr}}});
}

TEST_CASE("Each method goes out as itself, and arguments that are placed nowhere go along by name") {
  const ScriptedServer server(always(answer(200, "{}")));
  HttpBot bot(R"(http: ORIGIN
private: true
operations:
  read: {with: {a: text, b: int}, get: "/r/{a}", rows: none}
  add: {with: {a: text, b: int}, post: "/r/{a}", rows: none}
  change: {with: {a: text, b: int}, patch: "/r/{a}", rows: none}
  replace: {with: {a: text, b: int}, put: "/r/{a}", rows: none}
  remove: {with: {a: text, b: int}, delete: "/r/{a}", rows: none}
  start: {post: /start, rows: none}
)",
              server.origin());
  for (const char* operation : {"read", "add", "change", "replace", "remove"}) {
    const CallOutcome outcome = bot.call(operation, {{"a", "x"}, {"b", 2}});
    CHECK(outcome.value == 200);
  }
  CHECK(bot.call("start").ok);
  const auto seen = server.seen();
  REQUIRE(seen.size() == 6);
  const std::vector<std::string> lines{"GET /r/x?b=2", "POST /r/x",       "PATCH /r/x",
                                       "PUT /r/x",     "DELETE /r/x?b=2", "POST /start"};
  for (std::size_t i = 0; i < lines.size(); ++i)
    CHECK(seen[i].method + ' ' + seen[i].target == lines[i]);
  for (const std::size_t i : {1U, 2U, 3U})
    CHECK(Json::parse(seen[i].body) == Json{{"b", 2}});
  CHECK_FALSE(seen[0].headers.contains("idempotency-key"));
  CHECK(seen[4].headers.contains("idempotency-key"));
  CHECK(seen[5].body.empty());
  CHECK_FALSE(seen[5].headers.contains("content-type"));
}

TEST_CASE("Values of a reply have the types that are promised, or the call is invalid") {
  std::string body;
  const ScriptedServer server([&body](const SeenRequest&) { return answer(200, body); });
  HttpBot bot(R"(http: ORIGIN
private: true
operations:
  ask:
    get: /
    from: /data
    returns: {i: int, n: number, b: bool, d: date, t: timestamp, s: text, x: any}
)",
              server.origin());
  body = R"({"data": {"i": 3.0, "n": 2, "b": false, "d": "2026-03-01T10:00:00Z", "t": "2026-03-01T10:00:00Z",
             "s": "ü", "x": {"a": [1]}}})";
  CHECK(bot.call("ask").value == Json{{"i", 3},
                                      {"n", 2},
                                      {"b", false},
                                      {"d", "2026-03-01"},
                                      {"t", "2026-03-01T10:00:00Z"},
                                      {"s", "ü"},
                                      {"x", {{"a", {1}}}}});
  body = R"({"data": {}})";
  CHECK(bot.call("ask").value["i"] == nullptr);
  body = R"({"data": null})";
  CHECK(bot.call("ask").value == nullptr);
  for (const char* wrong :
       {R"({"data": {"i": "3"}})", R"({"data": {"i": 2.5}})", R"({"data": {"i": 18446744073709551615}})",
        R"({"data": {"n": "2"}})", R"({"data": {"b": 1}})", R"({"data": {"d": "soon"}})",
        R"({"data": {"d": ""}})", R"({"data": {"t": "2026-03-01"}})", R"({"data": {"s": 3}})",
        R"({"data": 3})", R"({"other": {}})", "[]"}) {
    CAPTURE(wrong);
    body = wrong;
    const CallOutcome outcome = bot.call("ask");
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.failure == "invalid");
  }
}

TEST_CASE("One row may be an object, a list, or nothing") {
  std::vector<ScriptedAnswer> answers;
  for (const char* body : {"[]", R"([{"id": 1, "title": "a"}, {"id": 2}])", "null", R"({"items": []})",
                           R"({"items": [{"id": 5}], "hasMore": true, "links": []})"})
    answers.push_back(answer(200, body));
  answers.push_back({"HTTP/1.1 204 No Content\r\n\r\n"});
  const ScriptedServer server(in_turn(answers));
  HttpBot bot(kAsk, server.origin());
  CHECK(ask(bot).value == nullptr);
  CHECK(ask(bot).value == Json{{"id", 1}, {"title", "a"}});
  CHECK(ask(bot).value == nullptr);
  CHECK(ask(bot).value == nullptr);
  CHECK(ask(bot).value == Json{{"id", 5}, {"title", nullptr}});
  const CallOutcome last = ask(bot);
  CHECK(last.ok);
  CHECK(last.value == nullptr);
}

TEST_CASE("A refusal is a failure, unless the operation takes its status for an answer or for nothing") {
  int status = 422;
  const ScriptedServer server(
      [&status](const SeenRequest&) { return answer(status, R"({"error": {"code": "late"}})"); });
  HttpBot bot(R"(http: ORIGIN
private: true
operations:
  plain: {get: /, returns: {code: text}}
  asking:
    get: /
    returns: {status: int from status, code: text from /error/code, id: int}
    accept: [409, 422]
    empty: 404
  list: {get: /, returns: {id: int}, rows: many, empty: 404}
)",
              server.origin());
  CHECK(bot.call("plain").failure == "rejected");
  CHECK(bot.call("asking").value == Json{{"status", 422}, {"code", "late"}, {"id", nullptr}});
  status = 403;
  CHECK(bot.call("asking").failure == "rejected");
  status = 404;
  CHECK(bot.call("plain").failure == "rejected");
  CHECK(bot.call("asking").value == nullptr);
  CHECK(bot.call("list").value == Json::array());
  status = 500;
  CHECK(bot.call("asking").failure == "unavailable");
  CHECK(server.seen().size() == 7);  // none of these was tried again
}

TEST_CASE("What passes is tried again with the same key, and no more often than the operation says") {
  SUBCASE("a server that recovers") {
    const ScriptedServer server(in_turn({answer(503, "busy"), {"", false, true}, answer(200, kTicket)}));
    HttpBot bot(kAsk, server.origin());
    const CallOutcome outcome = bot.call("file", {{"title", "x"}}, "conversation|0000042");
    CHECK(outcome.value == Json{{"id", 7}});
    const auto seen = server.seen();
    REQUIRE(seen.size() == 3);
    for (const SeenRequest& request : seen) {
      CHECK(request.headers.at("idempotency-key") == "conversation|0000042");
      CHECK(request.body == seen.front().body);
    }
  }
  SUBCASE("a server that does not") {
    for (const int status : {429, 502, 503, 504}) {
      const ScriptedServer server(always(answer(status, "")));
      HttpBot bot(kAsk, server.origin());
      CHECK(ask(bot).failure == "unavailable");
      CHECK(server.seen().size() == 1 + limits::kServiceRetries);
    }
  }
  SUBCASE("nobody listens") {
    std::string origin;
    { origin = ScriptedServer(always(answer(200, ""))).origin(); }
    HttpBot bot(kAsk, origin);
    CHECK(ask(bot).failure == "unavailable");
  }
}

TEST_CASE("A server that asks for more patience than a call has is not tried again") {
  const ScriptedServer server(always(answer(503, "", "Retry-After: 3600\r\n")));
  HttpBot bot(kAsk, server.origin());
  CHECK(ask(bot).failure == "unavailable");
  CHECK(server.seen().size() == 1);
  const ScriptedServer soon(in_turn({answer(429, "", "Retry-After: 1\r\n"), answer(200, kTicket)}));
  HttpBot other(kAsk, soon.origin());
  CHECK(ask(other).ok);
  const ScriptedServer late(always(answer(503, "", "Retry-After: 5\r\n")));
  HttpBot hurried(kAsk, late.origin());
  CHECK(hurried.call("hurry").failure == "unavailable");
}

TEST_CASE("A server that stalls is a time-out, at any point of its answer") {
  for (const char* begun :
       {"", "HTTP/1.1 200 OK\r\nContent-Le", "HTTP/1.1 200 OK\r\nContent-Length: 40\r\n\r\n{\"id\":"}) {
    CAPTURE(begun);
    ScriptedServer server(in_turn({{begun, std::string(begun).empty(), false}}));
    HttpBot bot(kAsk, server.origin());
    CHECK(bot.call("hurry").failure == "timeout");
    CHECK(server.seen().size() == 1);
  }
}

TEST_CASE("A reply that is not what it says it is, is invalid") {
  const std::string deep = std::string(2'000, '[') + std::string(2'000, ']');
  const std::string ok = "HTTP/1.1 200 OK\r\n";
  const std::vector<std::pair<std::string, std::string>> lies{
      {"longer than it is", ok + "Content-Length: 500\r\n\r\n" + kTicket},
      {"shorter than it is", ok + "Content-Length: 9\r\n\r\n" + kTicket},
      {"negative", ok + "Content-Length: -1\r\n\r\n" + kTicket},
      {"two lengths", ok + "Content-Length: 30\r\nContent-Length: 31\r\n\r\n" + kTicket},
      {"a page", answer(200, "<html>Welcome</html>").bytes},
      {"half a document", answer(200, R"({"id": 7, "title": )").bytes},
      {"not UTF-8", answer(200, "{\"id\": 1, \"title\": \"\xC3\x28\"}").bytes},
      {"too deep", answer(200, deep).bytes},
      {"a key twice", answer(200, R"({"id": 1, "id": 2})").bytes},
      {"too large", answer(200, "\"" + std::string(limits::kServiceReplyMaxBytes, 'x') + "\"").bytes},
      {"too many headers", ok + "X: " + std::string(limits::kServiceHeaderMaxBytes, 'x') + "\r\n\r\n{}"},
      {"not HTTP", "SSH-2.0-OpenSSH_9.2\r\n"},
      {"packed though nobody asked", ok + "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n\x1f\x8b"}};
  for (const auto& [name, bytes] : lies) {
    CAPTURE(name);
    const ScriptedServer server(always({bytes, false, true}));
    HttpBot bot(kAsk, server.origin());
    const CallOutcome outcome = ask(bot);
    CHECK_FALSE(outcome.ok);
    CHECK(outcome.failure == "invalid");
    CHECK(server.seen().size() == 1);
  }
}

TEST_CASE("A reply without a length that ends with the connection, and one in chunks, are read") {
  const ScriptedServer server(in_turn(
      {{"HTTP/1.1 200 OK\r\n\r\n" + kTicket, false, true},
       {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n8\r\n{\"id\": 7\r\n1\r\n}\r\n0\r\n\r\n"}}));
  HttpBot bot(kAsk, server.origin());
  CHECK(ask(bot).value["title"] == "No sound");
  CHECK(ask(bot).value["id"] == 7);
}

TEST_CASE("Arguments that can't stand where they belong are invalid, and nothing is sent") {
  const ScriptedServer server(always(answer(200, kTicket)));
  HttpBot bot(R"(http: ORIGIN
private: true
operations:
  ask: {with: {id: text}, get: "/tickets/{id}", returns: {id: int}}
  tell: {with: {who: text, what: any}, post: /tell, headers: {X-Who: "{who}"}, query: {what: "{what}"}, rows: none}
)",
              server.origin());
  for (const Json& id : {Json(".."), Json("."), Json(""), Json(nullptr), Json(3)})
    CHECK(bot.call("ask", {{"id", id}}).failure == "invalid");
  CHECK(bot.call("ask").failure == "invalid");
  CHECK(bot.call("tell", {{"who", "a\r\nX-Evil: 1"}, {"what", "x"}}).failure == "invalid");
  CHECK(bot.call("tell", {{"who", "a"}, {"what", {1, 2}}}).failure == "invalid");
  CHECK(bot.call("nothing").failure == "invalid");
  CHECK(server.seen().empty());
  CHECK(bot.call("ask", {{"id", "../x"}}).ok);
  CHECK(server.seen().front().target == "/tickets/..%2Fx");
}

TEST_CASE("A secret that is not set fails the call, and nothing is sent") {
  const ScriptedServer server(always(answer(200, kTicket)));
  HttpBot bot(R"(http: ORIGIN
private: true
headers: {Authorization: "Bearer {secret.TEST_TOKEN}"}
operations:
  ask: {get: /, returns: {id: int}}
)",
              server.origin());
  unsetenv("PARLEY_SECRET_TEST_TOKEN");
  CHECK(bot.call("ask").failure == "unavailable");
  setenv("PARLEY_SECRET_TEST_TOKEN", "two\nlines", 1);
  CHECK(bot.call("ask").failure == "unavailable");
  CHECK(server.seen().empty());
  setenv("PARLEY_SECRET_TEST_TOKEN", test::kToken, 1);
  CHECK(bot.call("ask").ok);
}

TEST_CASE("Only so many connections are made to one host, and the other calls wait") {
  ScriptedServer server(always({answer(200, kTicket).bytes, true, false}));
  HttpBot bot(kAsk, server.origin());
  std::vector<std::future<CallOutcome>> outcomes;
  for (std::size_t i = 0; i < limits::kServiceConnectionsMax + 10; ++i)
    outcomes.push_back(test::call_later(*bot.services, bot.bot, "ask", {{"id", "7"}}));
  CHECK(server.wait_for(limits::kServiceConnectionsMax).size() == limits::kServiceConnectionsMax);
  server.release();
  for (auto& outcome : outcomes)
    CHECK(outcome.get().ok);
  CHECK(server.connections() == limits::kServiceConnectionsMax);
}

TEST_CASE("A call too many for one service fails at once") {
  ScriptedServer server(always({answer(200, kTicket).bytes, true, false}));
  HttpBot bot(kAsk, server.origin());
  bot.services = std::make_unique<HttpServices>(bot.clock, std::chrono::milliseconds(0));
  std::vector<std::future<CallOutcome>> outcomes;
  for (std::size_t i = 0; i < limits::kServiceQueueMax; ++i)
    outcomes.push_back(test::call_later(*bot.services, bot.bot, "ask", {{"id", "7"}}));
  CHECK(ask(bot).failure == "unavailable");
  bot.services->stop();
}

TEST_CASE("Of a thousand rows a flow gets as many as the limit allows") {
  Json rows = Json::array();
  for (int i = 0; i < 1'000; ++i)
    rows.push_back({{"id", i}});
  const ScriptedServer server(always(answer(200, rows.dump())));
  HttpBot bot("http: ORIGIN\nprivate: true\noperations:\n  list: {get: /, returns: {id: int}, rows: many}\n",
              server.origin());
  CHECK(bot.call("list").value.size() == limits::kServiceRowsMax);
}

}  // namespace parley
