// The parts that need no socket: each rule where it is made.
#include <algorithm>
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "connectors/connection_count.h"
#include "connectors/frame_meter.h"
#include "connectors/http_message.h"
#include "connectors/public_address.h"
#include "connectors/random.h"
#include "connectors/token_buckets.h"
#include "tests/connectors/test_client.h"
#include "tests/support/temp_folder.h"

namespace parley::test {
namespace {

using namespace connectors;
using namespace std::chrono_literals;

std::vector<config::Network> networks(std::initializer_list<const char*> texts) {
  std::vector<config::Network> all;
  for (const char* text : texts)
    all.push_back(*config::Network::parse(text));
  return all;
}

}  // namespace

TEST_CASE("A bucket lets a minute's worth through at once, then as many as fill in") {
  TokenBuckets buckets(60);
  const TokenBuckets::Time start{};
  for (int i = 0; i < 60; ++i)
    REQUIRE_FALSE(buckets.take("a", start).has_value());
  CHECK(buckets.take("a", start) == 1'000ms);
  CHECK(buckets.take("a", start + 400ms) == 600ms);
  CHECK_FALSE(buckets.take("a", start + 1'000ms).has_value());
  CHECK(buckets.take("a", start + 1'000ms).has_value());
  CHECK_FALSE(buckets.take("b", start).has_value());
}

TEST_CASE("Buckets that filled up again are forgotten, and a table of busy ones takes no more") {
  TokenBuckets buckets(1);
  const TokenBuckets::Time start{};
  for (std::size_t i = 0; i < TokenBuckets::kKeysMax; ++i)
    buckets.take(std::to_string(i), start);
  CHECK(buckets.take("one more", start).has_value());
  CHECK(buckets.size() == TokenBuckets::kKeysMax);
  CHECK(buckets.take("one more", start + 500ms).has_value());
  CHECK_FALSE(buckets.take("one more", start + 1min).has_value());
  CHECK(buckets.size() == 1);
}

TEST_CASE("Buckets of those who have gone don't pile up until the table is full") {
  TokenBuckets buckets(60);
  std::size_t most = 0;
  for (int minute = 0; minute < 50; ++minute)
    for (int i = 0; i < 500; ++i) {
      CHECK_FALSE(buckets.take(std::to_string(minute * 500 + i), TokenBuckets::Time{} + minute * 1min));
      most = std::max(most, buckets.size());
    }
  CHECK(most <= TokenBuckets::kKeysFew + 500);
}

TEST_CASE("Connections are counted in total and by address, an IPv6 network as one") {
  ConnectionCount count(3, 2);
  auto refused = ConnectionCount::Refused::kNo;
  const auto enter = [&](const char* address,
                         ConnectionCount::Kind kind = ConnectionCount::Kind::kConnection) {
    return count.enter(address, kind, refused);
  };
  auto first = enter("2001:db8::1"), second = enter("2001:db8::2");
  CHECK_FALSE(static_cast<bool>(enter("2001:db8::3")));
  CHECK(refused == ConnectionCount::Refused::kAddress);
  auto third = enter("2001:db8:0:1::1");
  CHECK_FALSE(static_cast<bool>(enter("192.0.2.1")));
  CHECK(refused == ConnectionCount::Refused::kTotal);
  CHECK(static_cast<bool>(enter("192.0.2.1", ConnectionCount::Kind::kAddressOnly)));
  first.release();
  CHECK(static_cast<bool>(enter("::ffff:192.0.2.1")));
  CHECK(count.total() == 2);
  CHECK_FALSE(count.wait_until_empty(0ms));
  second.release();
  third.release();
  CHECK(count.wait_until_empty(0ms));
}

TEST_CASE("The meter counts frames as they pass, in whatever pieces they come") {
  const std::string bytes = client_frame(1, "ab", false) + client_frame(9, "ping") +
                            client_frame(0, "", false) + client_frame(0, std::string(300, 'x'), true) +
                            client_frame(10, "") + client_frame(2, std::string(70'000, 'y'), false);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, bytes.size()}) {
    FrameMeter meter;
    std::size_t most = 0;
    for (std::size_t at = 0; at < bytes.size(); at += piece) {
      meter.feed(std::string_view(bytes).substr(at, piece));
      most = std::max(most, meter.frames_of_message());
    }
    CHECK(meter.control_frames() == 2);
    CHECK(meter.in_message());
    CHECK(meter.frames_of_message() == 1);
    if (piece == 1) CHECK(most == 3);
    meter.feed(client_frame(0, "", true));
    CHECK_FALSE(meter.in_message());
  }
}

TEST_CASE("Addresses and ranges are read as operators write them") {
  CHECK(config::contains(networks({"10.0.0.0/8"}), "10.255.0.1"));
  CHECK_FALSE(config::contains(networks({"10.0.0.0/8"}), "11.0.0.1"));
  CHECK(config::contains(networks({"192.0.2.7"}), "::ffff:192.0.2.7"));
  CHECK(config::contains(networks({"2001:db8::/33"}), "2001:db8:7fff::1"));
  CHECK_FALSE(config::contains(networks({"2001:db8::/33"}), "2001:db8:8000::1"));
  CHECK(config::contains(networks({"0.0.0.0/0"}), "1.2.3.4"));
  CHECK_FALSE(config::contains(networks({"0.0.0.0/0"}), "::1"));
  CHECK_FALSE(config::contains(networks({"0.0.0.0/0"}), "no address"));
  for (const char* wrong :
       {"", "10.0.0", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/x", "::/129", "host", "1.2.3.4/-1"})
    CHECK_MESSAGE(!config::Network::parse(wrong).has_value(), wrong);
}

TEST_CASE("A forwarded address is believed as far as the chain of trusted proxies reaches") {
  const auto proxies = networks({"10.0.0.0/8"});
  CHECK(client_address("192.0.2.1", "1.1.1.1", proxies) == "192.0.2.1");
  CHECK(client_address("10.0.0.1", "1.1.1.1", proxies) == "1.1.1.1");
  CHECK(client_address("10.0.0.1", "6.6.6.6, 1.1.1.1", proxies) == "1.1.1.1");
  CHECK(client_address("10.0.0.1", "6.6.6.6, 1.1.1.1 , 10.0.0.2", proxies) == "1.1.1.1");
  CHECK(client_address("10.0.0.1", "", proxies) == "10.0.0.1");
  CHECK(client_address("10.0.0.1", "1.1.1.1, nonsense", proxies) == "10.0.0.1");
}

TEST_CASE("A target is split and decoded, and a broken one is refused") {
  HttpRequest request;
  REQUIRE(read_target("/a%20b/c?x=1%262&y&z=a+b", request));
  CHECK(request.path == "/a b/c");
  CHECK(request.query.at("x") == "1&2");
  CHECK(request.query.at("y").empty());
  CHECK(request.query.at("z") == "a b");
  for (const char* wrong : {"", "a", "*", "/%", "/%2", "/%zz", "/a?%0", "/%00", "http://x/"}) {
    HttpRequest refused;
    CHECK_MESSAGE(!read_target(wrong, refused), wrong);
  }
  CHECK(path_segments("/a//b/") == std::vector<std::string>{"a", "", "b", ""});
}

TEST_CASE("A secret is made once, for its owner only, and an unsafe one is refused") {
  const TempFolder folder;
  const auto path = folder.path() / "server.key";
  const auto made = secret_in_file(path);
  REQUIRE_MESSAGE(made.ok(), made.error().message);
  CHECK(made->size() == 43);
  CHECK(*secret_in_file(path) == *made);
  struct stat status {};
  stat(path.c_str(), &status);
  CHECK((status.st_mode & 0777) == 0600);

  chmod(path.c_str(), 0644);
  CHECK(secret_in_file(path).error().message.find("chmod 600") != std::string::npos);
  const auto weak = folder.write("weak.key", "short\n");
  chmod(weak.c_str(), 0600);
  CHECK(secret_in_file(weak).error().code == ErrorCode::kInvalid);
  CHECK(secret_in_file(folder.path() / "missing" / "server.key").error().code == ErrorCode::kUnavailable);
}

}  // namespace parley::test
