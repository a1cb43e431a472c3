#include <doctest/doctest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include "connectors/base64url.h"
#include "connectors/grants.h"
#include "connectors/jwt.h"
#include "tests/connectors/conversations.h"

namespace parley::test {
namespace {

using namespace std::chrono_literals;
using connectors::from_base64url;
using connectors::Grant;
using connectors::GrantKind;
using connectors::GrantMint;
using connectors::sign_token;
using connectors::to_base64url;
using connectors::TokenVerifier;
using nlohmann::json;

const std::string kSecret(32, 's');
constexpr TimePoint kNow = kServerStart;

/// An RSA key of the company's login: signs tokens and publishes its public half.
class Issuer {
 public:
  explicit Issuer(std::string key_id) : key_id_(std::move(key_id)), key_(EVP_RSA_gen(2048), EVP_PKEY_free) {}

  json public_key() const {
    return {{"kty", "RSA"},   {"alg", "RS256"},   {"use", "sig"},
            {"kid", key_id_}, {"n", number("n")}, {"e", number("e")}};
  }

  std::string sign(const json& claims, json header = json::object()) const {
    header.emplace("alg", "RS256");
    header.emplace("kid", key_id_);
    const std::string text = to_base64url(header.dump()) + "." + to_base64url(claims.dump());
    const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context(EVP_MD_CTX_new(), EVP_MD_CTX_free);
    EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get());
    std::size_t size = 0;
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    EVP_DigestSign(context.get(), nullptr, &size, bytes, text.size());
    std::string signature(size, '\0');
    EVP_DigestSign(context.get(), reinterpret_cast<unsigned char*>(signature.data()), &size, bytes,
                   text.size());
    return text + "." + to_base64url(signature.substr(0, size));
  }

 private:
  std::string number(const char* name) const {
    BIGNUM* value = nullptr;
    EVP_PKEY_get_bn_param(key_.get(), name, &value);
    std::string bytes(static_cast<std::size_t>(BN_num_bytes(value)), '\0');
    BN_bn2bin(value, reinterpret_cast<unsigned char*>(bytes.data()));
    BN_free(value);
    return to_base64url(bytes);
  }

  std::string key_id_;
  std::shared_ptr<EVP_PKEY> key_;
};

std::string unsigned_token(const json& header, const json& claims, const std::string& signature = "") {
  return to_base64url(header.dump()) + "." + to_base64url(claims.dump()) + "." + signature;
}

const std::string kGenerate = "/helpdesk/v3/directline/tokens/generate";

json good_claims() {
  return {{"sub", "e1"},
          {"iss", "tests"},
          {"aud", "helpdesk"},
          {"exp", kNow.time_since_epoch().count() / 1000 + 60}};
}

}  // namespace

TEST_CASE("base64url takes only what it would write itself") {
  for (const std::string bytes : {"", "f", "fo", "foo", "foob", "fooba", "foobar"})
    CHECK(from_base64url(to_base64url(bytes)) == bytes);
  CHECK(to_base64url("\xFB\xFF") == "-_8");
  for (const char* wrong : {"A", "AB==", "A+B/", "AB CD", "AQJ", "AR"})
    CHECK_FALSE(from_base64url(wrong).has_value());
}

TEST_CASE("A token is good only with its one algorithm, its key and its text unchanged") {
  const auto verifier = TokenVerifier::hs256(kSecret);
  const json claims{{"sub", "e1"}};
  const std::string good = sign_token(claims, kSecret);
  REQUIRE(verifier.verify(good).ok());
  CHECK(*verifier.verify(good) == claims);

  const std::string signature = good.substr(good.rfind('.') + 1);
  const std::string tampered = to_base64url(R"({"alg":"HS256","typ":"JWT"})") + "." +
                               to_base64url(R"({"sub":"e2"})") + "." + signature;
  const std::string wrong[] = {
      tampered,
      sign_token(claims, std::string(32, 'x')),
      unsigned_token({{"alg", "none"}}, claims),
      unsigned_token({{"alg", "None"}}, claims, signature),
      unsigned_token({{"alg", "RS256"}}, claims, signature),
      unsigned_token(json::object(), claims, signature),
      good + "A",
      good + ".x",
      good.substr(0, good.rfind('.')),
      "",
      ".",
      "..",
      "a.b.c",
      std::string(5'000, 'a'),
  };
  for (const std::string& token : wrong)
    CHECK_MESSAGE(!verifier.verify(token).ok(), token.substr(0, 100));
}

TEST_CASE("RS256 tokens are checked with the key set, by key id, and never as HS256 with the public key") {
  const Issuer issuer("k1"), stranger("k1"), next("k2");
  const std::string set = json{{"keys", {issuer.public_key(), next.public_key()}}}.dump();
  const auto verifier = TokenVerifier::rs256(set);
  REQUIRE_MESSAGE(verifier.ok(), verifier.error().message);
  const json claims{{"sub", "e1"}};

  CHECK(verifier->verify(issuer.sign(claims)).ok());
  CHECK(verifier->verify(next.sign(claims)).ok());
  CHECK_FALSE(verifier->verify(stranger.sign(claims)).ok());
  CHECK_FALSE(verifier->verify(issuer.sign(claims, {{"kid", "k2"}})).ok());
  CHECK_FALSE(verifier->verify(issuer.sign(claims, {{"kid", "unknown"}})).ok());
  CHECK_FALSE(verifier->verify(issuer.sign(claims, {{"alg", "none"}})).ok());
  CHECK_FALSE(verifier->verify(issuer.sign(claims, {{"crit", {"exp"}}})).ok());
  CHECK_FALSE(verifier->verify(sign_token(claims, set)).ok());
  CHECK_FALSE(verifier->verify(sign_token(claims, issuer.public_key()["n"].get<std::string>())).ok());
}

TEST_CASE("A key set that can't be used is refused when it is read") {
  json short_key = Issuer("k").public_key();
  short_key["n"] = to_base64url(std::string(128, '\x7F'));
  const std::string wrong[] = {"",
                               "[]",
                               "{}",
                               R"({"keys":[]})",
                               R"({"keys":[{"kty":"oct","k":"AAAA"}]})",
                               json{{"keys", {short_key}}}.dump()};
  for (const std::string& set : wrong)
    CHECK_MESSAGE(!TokenVerifier::rs256(set).ok(), set.substr(0, 60));
}

TEST_CASE("Grants of one kind are not taken for another, and an expired one is told from a forged one") {
  ManualClock clock(kNow);
  const GrantMint mint(kSecret, clock);
  Grant grant;
  grant.channel = "webchat";
  grant.conversation = "c";
  grant.person = {"dl_1", "", {}};
  grant.expires = kNow + std::chrono::seconds(10);
  const std::string token = mint.issue(grant);

  REQUIRE(mint.read(token, GrantKind::kToken).ok());
  CHECK(mint.read(token, GrantKind::kToken)->person.id == "dl_1");
  CHECK(mint.read(token, GrantKind::kStream).error().code == ErrorCode::kInvalid);
  CHECK(mint.read(token, GrantKind::kVisitor).error().code == ErrorCode::kInvalid);
  CHECK(GrantMint(std::string(32, 'x'), clock).read(token, GrantKind::kToken).error().code ==
        ErrorCode::kInvalid);
  clock.advance(std::chrono::seconds(10));
  CHECK(mint.read(token, GrantKind::kToken).error().code == ErrorCode::kDenied);
}

TEST_CASE("Only a really expired employee token is 403; every other bad one is 401") {
  const TestServer server;
  const auto status = [&](const std::string& token) {
    return post(server.port(), kGenerate, nullptr, bearer(token));
  };

  CHECK(status(employee_token()).status == 200);
  const auto expired = status(employee_token({{"exp", kNow.time_since_epoch().count() / 1000 - 1}}));
  CHECK(expired.status == 403);
  CHECK(expired.code() == "TokenExpired");

  json no_expiry = good_claims(), no_id = good_claims();
  no_expiry.erase("exp");
  no_id.erase("sub");
  const std::string wrong[] = {
      unsigned_token({{"alg", "none"}}, good_claims()),
      sign_token(good_claims(), "another secret that is long enough...."),
      employee_token({{"iss", "others"}}),
      employee_token({{"aud", "payroll"}}),
      employee_token({{"nbf", kNow.time_since_epoch().count() / 1000 + 600}}),
      employee_token({{"exp", "soon"}}),
      employee_token({{"sub", ""}}),
      employee_token({{"sub", 7}}),
      employee_token({{"sub", "a\nb"}}),
      employee_token({{"roles", "employee"}}),
      sign_token(no_expiry, kEmployeeSecret),
      sign_token(no_id, kEmployeeSecret),
      "garbage",
  };
  for (const std::string& token : wrong) {
    const auto reply = status(token);
    CHECK_MESSAGE(reply.status == 401, token);
    CHECK(reply.code() == "InvalidToken");
  }
  const auto none = post(server.port(), kGenerate, nullptr);
  CHECK(none.status == 401);
  CHECK(none.code() == "MissingToken");
  CHECK(server.metric("parley_authentication_failures_total{channel=\"helpdesk\",reason=\"TokenExpired\"}") ==
        1);
}

TEST_CASE("A channel whose login signs with RS256 takes its tokens") {
  const Issuer issuer("k1");
  TempFolder folder;
  const auto keys = folder.write("keys.json", json{{"keys", {issuer.public_key()}}}.dump());
  const TestServer server([&](config::Settings& settings) {
    auto& rules = settings.channels["helpdesk"].tokens;
    rules.algorithm = config::TokenAlgorithm::kRs256;
    rules.jwks_file = keys;
  });
  CHECK(post(server.port(), kGenerate, nullptr, bearer(issuer.sign(good_claims()))).status == 200);
  CHECK(post(server.port(), kGenerate, nullptr, bearer(employee_token())).status == 401);
}

TEST_CASE("A token speaks for one conversation of one channel and nothing else") {
  TestServer server;
  const std::string base = "/helpdesk/v3/directline";
  const auto mine = post(server.port(), kGenerate, nullptr, bearer(employee_token())).json();
  const auto other = post(server.port(), kGenerate, nullptr, bearer(employee_token({{"sub", "e2"}}))).json();
  const Headers token = bearer(mine["token"]);
  const std::string own = mine["conversationId"], theirs = other["conversationId"];
  REQUIRE(post(server.port(), base + "/conversations", nullptr, token).status == 201);
  REQUIRE(post(server.port(), base + "/conversations", nullptr, bearer(other["token"])).status == 201);
  const json message{{"type", "message"}, {"text", "x"}};

  SUBCASE("another conversation") {
    for (const auto& reply :
         {get(server.port(), base + "/conversations/" + theirs, token),
          get(server.port(), base + "/conversations/" + theirs + "/activities", token),
          post(server.port(), base + "/conversations/" + theirs + "/activities", message, token)}) {
      CHECK(reply.status == 403);
      CHECK(reply.code() == "Denied");
    }
  }
  SUBCASE("another's conversation, asked for by name with an own login") {
    const auto named =
        post(server.port(), kGenerate, {{"conversationId", theirs}}, bearer(employee_token())).json();
    const auto reply = get(server.port(), base + "/conversations/" + theirs, bearer(named["token"]));
    CHECK(reply.status == 403);
    CHECK(reply.code() == "Denied");
  }
  SUBCASE("another channel") {
    const auto reply = post(server.port(), "/webchat/v3/directline/conversations", nullptr, token);
    CHECK(reply.status == 401);
  }
  SUBCASE("when it has expired") {
    server.clock().advance(std::chrono::minutes(31));
    for (const auto& reply :
         {get(server.port(), base + "/conversations/" + own, token),
          post(server.port(), base + "/tokens/refresh", nullptr, token),
          post(server.port(), base + "/conversations/" + own + "/activities", message, token)}) {
      CHECK(reply.status == 403);
      CHECK(reply.code() == "TokenExpired");
    }
  }
  SUBCASE("refreshed in time it goes on") {
    server.clock().advance(std::chrono::minutes(20));
    const auto fresh = post(server.port(), base + "/tokens/refresh", nullptr, token).json();
    CHECK(fresh["conversationId"] == own);
    server.clock().advance(std::chrono::minutes(20));
    CHECK(get(server.port(), base + "/conversations/" + own, bearer(fresh["token"])).status == 200);
  }
}

TEST_CASE("A stream's ticket opens that stream, for a minute, and is no token") {
  TestServer server;
  const std::string base = "/helpdesk/v3/directline";
  const auto started = post(server.port(), base + "/conversations", nullptr, bearer(employee_token())).json();
  const std::string url = started["streamUrl"], path = url.substr(url.find('/', 5)),
                    ticket = url.substr(url.find("t=") + 2);
  const std::string id = started["conversationId"];

  CHECK(get(server.port(), base + "/conversations/" + id, bearer(ticket)).status == 401);
  const std::string bare = base + "/conversations/" + id + "/stream";
  const std::string token = started["token"];
  CHECK(WebSocketClient(server.port(), bare).refused_status() == 401);
  CHECK(WebSocketClient(server.port(), bare + "?t=" + token).refused_status() == 401);
  CHECK(WebSocketClient(server.port(), base + "/conversations/AAAAAAAAAAAAAAAAAAAAAA/stream?t=" + ticket)
            .refused_status() == 403);
  CHECK(WebSocketClient(server.port(), path, {{"Origin", "https://evil.example"}}).refused_status() == 403);
  CHECK(WebSocketClient(server.port(), path).is_open());
  server.clock().advance(std::chrono::seconds(61));
  CHECK(WebSocketClient(server.port(), path).refused_status() == 403);
}

TEST_CASE("A stream stays open as long as its token is refreshed, and closes when it is not") {
  TestServer server([](config::Settings& settings) { settings.limits.token_lifetime = 1'000ms; });
  const auto refreshed = start(server), forgotten = start(server);
  WebSocketClient kept(server.port(), refreshed.stream), lost(server.port(), forgotten.stream);
  REQUIRE(kept.read().has_value());
  server.clock().advance(900ms);
  const Headers token = bearer(refreshed.token);
  const auto fresh = post(server.port(), "/helpdesk/v3/directline/tokens/refresh", nullptr, token).json();
  server.clock().advance(900ms);
  CHECK(lost.close_code() == 4401);

  REQUIRE(say(server, {refreshed.id, fresh["token"], ""}, "still here").status == 200);
  CHECK(kept.read().value_or("").find("still here") != std::string::npos);
  server.clock().advance(std::chrono::minutes(1));
  CHECK(kept.close_code() == 4401);
}

}  // namespace parley::test
