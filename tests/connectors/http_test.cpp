#include <doctest/doctest.h>
#include <zlib.h>

#include "connectors/static_files.h"
#include "tests/connectors/test_client.h"
#include "tests/connectors/test_server.h"
#include "tests/support/log_keeper.h"

namespace parley::test {
namespace {

using nlohmann::json;

const std::string kGenerate = "/webchat/v3/directline/tokens/generate";
const std::string kConversations = "/webchat/v3/directline/conversations";

Reply preflight(const TestServer& server, const std::string& origin) {
  return request(
      server.port(), "OPTIONS", kConversations, "",
      {{"Origin", origin},
       {"Access-Control-Request-Method", "POST"},
       {"Access-Control-Request-Headers", "authorization,content-type,x-ms-bot-agent,x-requested-with"}});
}

std::string unpacked(const std::string& packed) {
  constexpr int kGzipWindow = 15 + 16;
  z_stream stream{};
  REQUIRE(inflateInit2(&stream, kGzipWindow) == Z_OK);
  std::string content(1 << 20, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(content.data());
  stream.avail_out = static_cast<uInt>(content.size());
  CHECK(inflate(&stream, Z_FINISH) == Z_STREAM_END);
  content.resize(stream.total_out);
  inflateEnd(&stream);
  return content;
}

}  // namespace

TEST_CASE("A page on the list may ask for everything that the widget asks for") {
  const TestServer server;
  const auto reply = preflight(server, kShopOrigin);
  CHECK(reply.status == 204);
  CHECK(reply.header("access-control-allow-origin") == kShopOrigin);
  CHECK(reply.header("access-control-allow-methods") == "GET, POST, OPTIONS");
  CHECK(reply.header("access-control-allow-headers") ==
        "authorization, content-type, x-ms-bot-agent, x-requested-with");
  CHECK(reply.header("access-control-max-age") == "600");
  CHECK(reply.header("vary") == "Origin");
  CHECK(reply.header("access-control-allow-credentials").empty());
}

TEST_CASE("Origins are compared exactly") {
  const TestServer server;
  for (const char* origin :
       {"https://evil.example", "https://shop.example.evil.example", "http://shop.example",
        "https://shop.example:444", "https://SHOP.example", "null", "https://shop.example/"}) {
    const auto reply = preflight(server, origin);
    CHECK_MESSAGE(reply.status == 403, origin);
    CHECK(reply.header("access-control-allow-origin").empty());
    CHECK(post(server.port(), kGenerate, nullptr, {{"Origin", origin}}).code() == "OriginDenied");
    CHECK(WebSocketClient(server.port(), "/webchat/socket", {{"Origin", origin}}).refused_status() == 403);
  }
  CHECK(post(server.port(), kGenerate, nullptr, {{"Origin", server.origin()}}).status == 200);
  CHECK(WebSocketClient(server.port(), "/webchat/socket", {{"Origin", kShopOrigin}}).is_open());
}

TEST_CASE("Errors too can be read by the page that caused them") {
  const TestServer server;
  const auto reply = post(server.port(), kConversations, nullptr, {{"Origin", kShopOrigin}});
  CHECK(reply.status == 401);
  CHECK(reply.header("access-control-allow-origin") == kShopOrigin);
}

TEST_CASE("Without an Origin an anonymous channel wants a token") {
  const TestServer server;
  CHECK(post(server.port(), kGenerate, nullptr).code() == "OriginDenied");
  const auto granted = post(server.port(), kGenerate, nullptr, {{"Origin", kShopOrigin}}).json();
  CHECK(post(server.port(), kConversations, nullptr, bearer(granted["token"])).status == 201);

  WebSocketClient socket(server.port(), "/webchat/socket");
  socket.send({{"type", "hello"}});
  CHECK(socket.read_json()["code"] == "origin_denied");
  CHECK(socket.close_code() == 1008);
  WebSocketClient second(server.port(), "/webchat/socket");
  second.send({{"type", "hello"}, {"token", granted["token"]}});
  CHECK(second.read_json()["type"] == "welcome");
}

TEST_CASE("A visitor's token is bound to the page that asked for it") {
  const TestServer server;
  const auto granted = post(server.port(), kGenerate, nullptr, {{"Origin", kShopOrigin}}).json();
  CHECK(post(server.port(), kConversations, nullptr, bearer(granted["token"], {{"Origin", server.origin()}}))
            .code() == "OriginDenied");
}

TEST_CASE("A backend may narrow the pages of a token") {
  const TestServer server;
  const auto granted = post(server.port(), "/helpdesk/v3/directline/tokens/generate",
                            {{"trustedOrigins", {"https://intranet.example"}}}, bearer(employee_token()))
                           .json();
  CHECK(post(server.port(), "/helpdesk/v3/directline/conversations", nullptr,
             bearer(granted["token"], {{"Origin", server.origin()}}))
            .code() == "OriginDenied");
  CHECK(post(server.port(), "/helpdesk/v3/directline/tokens/generate", {{"trustedOrigins", "x"}},
             bearer(employee_token()))
            .status == 400);
}

TEST_CASE("A visitor's id can't be chosen, forged or borrowed") {
  const TestServer server;
  const Headers page{{"Origin", kShopOrigin}};
  const auto mine = post(server.port(), kGenerate, nullptr, page).json();
  const auto user_of = [&](const json& granted) {
    const auto started = post(server.port(), kConversations, nullptr, bearer(granted["token"])).json();
    const std::string id = started["conversationId"];
    post(server.port(), kConversations + "/" + id + "/activities",
         {{"type", "message"}, {"text", "x"}, {"from", {{"id", "dl_chosen"}}}}, bearer(started["token"]));
    const auto set =
        get(server.port(), kConversations + "/" + id + "/activities", bearer(started["token"])).json();
    return set["activities"][1]["from"]["id"].get<std::string>();
  };
  const std::string id = user_of(mine);
  CHECK(id.starts_with("dl_"));
  CHECK(id != "dl_chosen");

  CHECK(user_of(post(server.port(), kGenerate, {{"visitor", mine["visitor"]}}, page).json()) == id);
  CHECK(user_of(post(server.port(), kGenerate, {{"user", {{"id", id}}}}, page).json()) != id);
  CHECK(user_of(post(server.port(), kGenerate, {{"visitor", id}}, page).json()) != id);
  CHECK(user_of(post(server.port(), kGenerate, {{"visitor", mine["token"]}}, page).json()) != id);
}

TEST_CASE(
    "A visitor comes back to an own conversation with the proof of being the same, and nobody else does") {
  const TestServer server;
  const Headers page{{"Origin", kShopOrigin}};
  const auto mine = post(server.port(), kGenerate, nullptr, page).json();
  REQUIRE(post(server.port(), kConversations, nullptr, bearer(mine["token"])).status == 201);
  const std::string id = mine["conversationId"];

  const auto again =
      post(server.port(), kGenerate, {{"visitor", mine["visitor"]}, {"conversationId", id}}, page).json();
  CHECK(get(server.port(), kConversations + "/" + id, bearer(again["token"])).status == 200);
  const auto other = post(server.port(), kGenerate, {{"conversationId", id}}, page).json();
  CHECK(get(server.port(), kConversations + "/" + id, bearer(other["token"])).code() == "Denied");
}

TEST_CASE("The pages are served with their type, a strict policy, and only what there is") {
  const TestServer server;
  const auto page = get(server.port(), "/");
  CHECK(page.status == 200);
  CHECK(page.header("content-type") == "text/html; charset=utf-8");
  CHECK(page.header("content-security-policy").find("default-src 'none'; script-src 'self'") == 0);
  CHECK(page.header("content-security-policy").find("unsafe") == std::string::npos);
  CHECK(page.header("x-content-type-options") == "nosniff");
  CHECK(page.header("referrer-policy") == "no-referrer");

  const auto script = get(server.port(), "/web/parley.js");
  CHECK(script.status == 200);
  CHECK(script.header("content-type") == "text/javascript; charset=utf-8");
  CHECK(script.header("access-control-allow-origin") == "*");
  CHECK(script.body == web_files().at("parley.js"));

  for (const char* path :
       {"/web/", "/web/none.js", "/web/../config/parley.yaml", "/web/%2e%2e/README.md", "/index.html"})
    CHECK_MESSAGE(get(server.port(), path).status == 404, path);
  CHECK(request(server.port(), "POST", "/web/parley.js").status == 405);
}

TEST_CASE("A browser that takes gzip gets the files packed, each form with a tag of its own") {
  const TestServer server;
  const auto plain = get(server.port(), "/web/widget/element.js");
  const auto packed = get(server.port(), "/web/widget/element.js", {{"Accept-Encoding", "br, GZIP;q=0.8"}});
  CHECK(packed.header("content-encoding") == "gzip");
  CHECK(packed.header("vary") == "Accept-Encoding");
  CHECK(packed.header("content-type") == plain.header("content-type"));
  CHECK(packed.header("etag") != plain.header("etag"));
  CHECK(packed.body.size() < plain.body.size() / 2);
  CHECK(unpacked(packed.body) == plain.body);
  for (const char* refusing : {"", "br", "gzip;q=0", "gzip; q=0.000, br", "identity"}) {
    const auto reply = get(server.port(), "/web/widget/element.js", {{"Accept-Encoding", refusing}});
    CHECK_MESSAGE(reply.header("content-encoding").empty(), refusing);
    CHECK(reply.body == plain.body);
  }
}

TEST_CASE("An unchanged file is not sent again, and HEAD sends none") {
  const TestServer server;
  const std::string tag = get(server.port(), "/web/parley.js").header("etag");
  const auto again = get(server.port(), "/web/parley.js", {{"If-None-Match", tag}});
  CHECK(again.status == 304);
  CHECK(again.body.empty());
  const auto head = request(server.port(), "HEAD", "/web/parley.js");
  CHECK(head.status == 200);
  CHECK(head.body.empty());
  CHECK(head.header("content-length") == std::to_string(web_files().at("parley.js").size()));
}

TEST_CASE("Operators see that it lives, that it is ready, and what it counted") {
  TestServer server;
  CHECK(get(server.port(), "/healthz").body == "alive\n");
  CHECK(get(server.port(), "/readyz").status == 200);
  const auto page = get(server.port(), "/metrics");
  CHECK(page.header("content-type") == "text/plain; version=0.0.4; charset=utf-8");
  for (const char* name :
       {"parley_connections{kind=\"http\"} ", "parley_state{state=\"ready\"} 1",
        "parley_http_requests_total{status=\"200\"} 2", "# TYPE parley_turn_seconds histogram"})
    CHECK_MESSAGE(page.body.find(name) != std::string::npos, name);
}

TEST_CASE("A turn is counted by its connector and its end") {
  const TestServer server;
  const Headers page{{"Origin", kShopOrigin}};
  const auto mine = post(server.port(), kGenerate, nullptr, page).json();
  const std::string path = kConversations + "/" + mine["conversationId"].get<std::string>() + "/activities";
  const json message{{"type", "message"}, {"text", "x"}, {"channelData", {{"clientActivityID", "1"}}}};
  post(server.port(), path, message, bearer(mine["token"]));
  post(server.port(), path, message, bearer(mine["token"]));
  CHECK(server.metric("parley_turns_total{connector=\"directline\",result=\"stored\"}") == 1);
  CHECK(server.metric("parley_turns_total{connector=\"directline\",result=\"repeat\"}") == 1);
  CHECK(server.metric("parley_turn_seconds_count{connector=\"directline\"}") == 2);
}

TEST_CASE("Metrics are for those whom the settings name") {
  const TestServer server([](config::Settings& settings) { settings.metrics_readers.clear(); });
  CHECK(get(server.port(), "/metrics").status == 403);
  CHECK(get(server.port(), "/healthz").status == 200);
}

TEST_CASE("While the engine takes nothing, readiness is red and calls are 503 with a time to come back") {
  TestServer server;
  const auto granted = post(server.port(), kGenerate, nullptr, {{"Origin", kShopOrigin}}).json();
  server.engine().drain();
  CHECK(get(server.port(), "/readyz").status == 503);
  CHECK(get(server.port(), "/healthz").status == 200);
  for (const auto& reply :
       {post(server.port(), kConversations, nullptr, bearer(granted["token"])),
        get(server.port(), kConversations + "/AAAAAAAAAAAAAAAAAAAAAA", bearer(granted["token"]))}) {
    CHECK(reply.status == 503);
    CHECK(reply.header("retry-after") == "5");
  }
  CHECK(WebSocketClient(server.port(), "/webchat/socket", {{"Origin", kShopOrigin}}).refused_status() == 503);
}

TEST_CASE("Demo mode signs demo employees in, and without it there is no such page") {
  const auto with = [](bool demo) {
    return [demo](config::Settings& settings) {
      settings.demo = demo;
      settings.demo_employees = {{"e1001", "Anna", "Engineering", {"employee"}}};
    };
  };
  const TestServer demo(with(true)), plain(with(false));
  CHECK(get(demo.port(), "/demo/employees").json() ==
        json::parse(R"([{"id":"e1001","name":"Anna","title":"Engineering","previews":[]}])"));
  const auto token = get(demo.port(), "/demo/token?employee=e1001").json()["token"];
  CHECK(post(demo.port(), "/helpdesk/v3/directline/tokens/generate", nullptr, bearer(token)).status == 200);
  CHECK(get(demo.port(), "/demo/token?employee=nobody").status == 404);
  CHECK(get(plain.port(), "/demo/employees").status == 404);
  CHECK(get(plain.port(), "/demo/token?employee=e1001").status == 404);
}

TEST_CASE("Stream addresses say where the request came in, and the public address when there is one") {
  const auto url_of = [](const TestServer& server, const Headers& headers) {
    return post(server.port(), "/helpdesk/v3/directline/conversations", nullptr,
                bearer(employee_token(), headers))
        .json()["streamUrl"]
        .get<std::string>();
  };
  const TestServer plain;
  CHECK(url_of(plain, {{"Host", "chat.local:99"}}).starts_with("ws://chat.local:99/helpdesk/"));
  CHECK(url_of(plain, {{"X-Forwarded-Proto", "https"}}).starts_with("ws://"));
  CHECK(url_of(plain, {{"Host", "\"evil"}}).starts_with("ws://127.0.0.1:"));
  const TestServer proxied(
      [](config::Settings& settings) { settings.trusted_proxies = {*config::Network::parse("127.0.0.1")}; });
  CHECK(url_of(proxied, {{"X-Forwarded-Proto", "https"}, {"Host", "chat"}}).starts_with("wss://chat/"));
  const TestServer known([](config::Settings& settings) { settings.public_url = "https://chat.example"; });
  CHECK(url_of(known, {}).starts_with("wss://chat.example/helpdesk/"));
}

TEST_CASE(
    "What is no HTTP request is answered 400, and several requests on one connection are answered in turn") {
  const TestServer server;
  RawClient garbage(server.port());
  garbage.send("NOT HTTP AT ALL\r\n\r\n");
  CHECK(garbage.read_all().starts_with("HTTP/1.1 400"));
  RawClient escape(server.port());
  escape.send("GET /web/%zz HTTP/1.1\r\nHost: x\r\n\r\n");
  CHECK(escape.read_all().starts_with("HTTP/1.1 400"));

  RawClient client(server.port());
  client.send(
      "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nGET /nothing HTTP/1.1\r\nHost: x\r\nConnection: "
      "close\r\n\r\n");
  const std::string all = client.read_all();
  CHECK(all.find("HTTP/1.1 200") < all.find("HTTP/1.1 404"));
  CHECK(get(server.port(), "/helpdesk/socket").status == 426);
}

TEST_CASE("Bytes behind an upgrade request are not let in as another request") {
  const TestServer server;
  RawClient client(server.port());
  client.send(
      "GET /helpdesk/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
      "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
      "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
  const std::string all = client.read_all();
  CHECK(all.starts_with("HTTP/1.1 400"));
  CHECK(all.find("alive") == std::string::npos);
}

TEST_CASE("The log tells of refusals and never of texts, tokens, tickets or people") {
  const LogKeeper log;
  {
    const TestServer server;
    const auto started =
        post(server.port(), "/helpdesk/v3/directline/conversations", nullptr, bearer(employee_token()))
            .json();
    const std::string token = started["token"], url = started["streamUrl"], id = started["conversationId"];
    post(server.port(), "/helpdesk/v3/directline/conversations/" + id + "/activities",
         {{"type", "message"}, {"text", "my secret illness"}}, bearer(token));
    WebSocketClient wrong(server.port(), url.substr(url.find('/', 5)) + "x");
    WebSocketClient socket(server.port(), "/helpdesk/socket");
    socket.send({{"type", "hello"}, {"token", token}, {"conversation", "AAAAAAAAAAAAAAAAAAAAAA"}});
    socket.close_code();
    const std::string text = log.text();
    for (const std::string& secret : {token, url.substr(url.find("t=")), std::string("illness"),
                                      std::string("e1001"), std::string("Anna"), id, employee_token()})
      CHECK_MESSAGE(text.find(secret) == std::string::npos, secret);
    CHECK(text.find("event=native_refused channel=helpdesk code=Denied") != std::string::npos);
    CHECK(text.find("event=stream_refused") != std::string::npos);
  }
}

}  // namespace parley::test
