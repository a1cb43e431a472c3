// Order and amounts: long histories, several devices, full queues, the end of a server.
#include <doctest/doctest.h>
#include <set>
#include <thread>

#include "engine/limits.h"
#include "tests/engine/engine_server.h"
#include "tests/support/engine_client.h"

namespace parley {
namespace {

using test::attach;
using test::open;
using test::read;
using test::replies;
using test::say;
using Server = test::EngineServer;

}  // namespace

TEST_CASE("A long history arrives whole and in order, and meets live activities without gap or repeat") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const std::size_t messages = limits::kHistoryPageMax / 2 + 20;  // with the answers more than a page
  for (std::size_t i = 0; i < messages; ++i)
    REQUIRE(say(*server.engine, "c1", "hello").ok());
  const auto late = std::make_shared<test::KeepingOutbox>();
  auto [done, attached] = test::callback<Done>();
  server.engine->attach("c1", "anna", 0, late, done);
  for (std::size_t i = 0; i < 20; ++i)
    REQUIRE(say(*server.engine, "c1", "more").ok());
  REQUIRE(attached.get().ok());
  const auto all = late->wait_for(1 + 2 * (messages + 20));
  REQUIRE(all.size() == 1 + 2 * (messages + 20));
  Sequence expected = 2;  // after the opening
  for (const StoredActivity& each : all)
    CHECK(each.sequence == expected++);
}

TEST_CASE("A client that comes back with its watermark gets only what it missed") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto first = say(*server.engine, "c1", "one");
  REQUIRE(say(*server.engine, "c1", "two").ok());
  const auto outbox = attach(*server.engine, "c1", first->sequence + 1);
  CHECK(replies(outbox->wait_for(2)) == std::vector<std::string>{"answer 2: two"});
  const auto ahead =
      attach(*server.engine, "c1", 1'000'000);  // a watermark from nowhere must not silence the client
  REQUIRE(say(*server.engine, "c1", "three").ok());
  CHECK(replies(ahead->wait_for(2)) == std::vector<std::string>{"answer 3: three"});
}

TEST_CASE("Two devices that send at once are put in one order") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  const auto send_fifty = [&server](const std::string& device) {
    for (int i = 0; i < 50; ++i)
      CHECK(say(*server.engine, "c1", device, device + std::to_string(i)).ok());
  };
  std::thread other([&] { send_fifty("phone"); });
  send_fifty("desk");
  other.join();
  const auto texts = replies(read(*server.engine, "c1")->activities);
  REQUIRE(texts.size() == 101);
  for (std::size_t i = 1; i < texts.size(); ++i)
    CHECK(texts[i].starts_with("answer " + std::to_string(i) + ":"));
  CHECK(server.checked().ok());
}

TEST_CASE("Draining finishes what was taken and refuses the rest") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  std::vector<std::future<Result<Receipt>>> receipts;
  for (int i = 0; i < 30; ++i)
    receipts.push_back(test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "hello"}}));
  server.engine->drain();
  std::size_t stored = 0;
  for (auto& receipt : receipts)
    stored += receipt.get().ok() ? 1 : 0;
  CHECK(say(*server.engine, "c1", "late").error().code == ErrorCode::kUnavailable);
  CHECK_FALSE(server.engine->ready());
  const auto reader = server.store->reader();
  CHECK((*reader)->activities("c1", 0, 1000)->size() == 1 + 2 * stored);
  CHECK(stored == receipts.size());
}

TEST_CASE("A full mailbox is refused as busy, and what was taken is answered") {
  Server server;
  REQUIRE(open(*server.engine, "c1").ok());
  std::vector<std::future<Result<Receipt>>> receipts;
  for (std::size_t i = 0; i < 20 * limits::kConversationQueueMax; ++i)
    receipts.push_back(test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "hello"}}));
  std::size_t stored = 0, busy = 0;
  for (auto& receipt : receipts) {
    const auto result = receipt.get();
    result.ok() ? ++stored : ++busy;
    if (!result) CHECK(result.error().code == ErrorCode::kBusy);
  }
  CHECK(busy > 0);
  CHECK(server.checked().messages == stored);
}

TEST_CASE("Conversation ids are 22 URL-safe characters and never the same") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) {
    const std::string id = new_conversation_id();
    CHECK(id.size() == 22);
    CHECK(id.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    ids.insert(id);
  }
  CHECK(ids.size() == 1000);
}

}  // namespace parley
