// The engine when its store, its services or its queues fail it.
#include <atomic>
#include <condition_variable>
#include <doctest/doctest.h>
#include <thread>

#include "engine/engine.h"
#include "engine/limits.h"
#include "engine/services/service_executor.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/engine_client.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/ledger_checker.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

using test::say;

constexpr TimePoint kStart{std::chrono::milliseconds(1'767'225'600'000)};

// Takes calls and keeps them; a test decides when they end, if ever.
class KeepingServices final : public ServiceExecutor {
 public:
  void execute(ServiceCall call, Ended done) override {
    const std::lock_guard lock(mutex_);
    calls_.emplace_back(std::move(call), std::move(done));
    changed_.notify_all();
  }
  void stop() override {}

  std::vector<std::pair<ServiceCall, Ended>> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, test::kPatience, [&] { return calls_.size() >= count; });
    return calls_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<ServiceCall, Ended>> calls_;
};

// Passes everything on and counts how often conversations are read.
class CountingReader final : public StoreReader {
 public:
  CountingReader(std::unique_ptr<StoreReader> real, std::atomic<int>& finds)
      : real_(std::move(real)), finds_(finds) {}
  Result<std::optional<ConversationSnapshot>> find(const std::string& id) override {
    ++finds_;
    return real_->find(id);
  }
  Result<std::optional<Sequence>> find_repeat(const std::string& id, const std::string& client_id) override {
    return real_->find_repeat(id, client_id);
  }
  Result<std::vector<StoredActivity>> activities(const std::string& id, Sequence after,
                                                 std::size_t limit) override {
    return real_->activities(id, after, limit);
  }
  Result<std::vector<LedgerEvent>> events(const std::string& id, Sequence after, std::size_t limit) override {
    return real_->events(id, after, limit);
  }
  Result<std::vector<std::string>> conversations(const std::string& after, std::size_t limit) override {
    return real_->conversations(after, limit);
  }
  Result<std::vector<std::string>> conversations_with_calls(const std::string& after,
                                                            std::size_t limit) override {
    return real_->conversations_with_calls(after, limit);
  }
  Result<std::vector<std::string>> conversations_with_cases(const std::string& after,
                                                            std::size_t limit) override {
    return real_->conversations_with_cases(after, limit);
  }
  Result<std::vector<std::string>> conversations_of(const std::string& channel, const std::string& person_id,
                                                    std::size_t limit) override {
    return real_->conversations_of(channel, person_id, limit);
  }
  Result<std::vector<DueTimer>> timers(std::size_t limit) override { return real_->timers(limit); }

 private:
  std::unique_ptr<StoreReader> real_;
  std::atomic<int>& finds_;
};

class CountingStore final : public Store {
 public:
  std::atomic<int> finds{0};
  void commit(TurnRecord turn, Committed done) override { real_->commit(std::move(turn), std::move(done)); }
  Result<std::unique_ptr<StoreReader>> reader() override {
    return std::unique_ptr<StoreReader>(std::make_unique<CountingReader>(real_->reader().value(), finds));
  }
  bool ready() const override { return real_->ready(); }
  void close() override { real_->close(); }

 private:
  std::unique_ptr<Store> real_ = make_memory_store();
};

struct Server {
  test::TempFolder folder;
  test::ManualClock clock{kStart};
  std::shared_ptr<KeepingServices> services = std::make_shared<KeepingServices>();
  std::unique_ptr<Store> store;
  std::unique_ptr<Engine> engine;

  explicit Server(std::unique_ptr<Store> made = make_memory_store()) : store(std::move(made)) { start(); }
  void start() {
    const BotPtr bot = test::make_answering_bot(folder.path());
    engine =
        std::make_unique<Engine>(EngineOptions{1, folder.path(), {{"test", bot}}, services}, *store, clock);
  }
};

bool becomes_ready(const Engine& engine) {
  const auto until = std::chrono::steady_clock::now() + test::kPatience;
  while (!engine.ready() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(limits::kLedgerRetryPause / 10);
  return engine.ready();
}

}  // namespace

TEST_CASE(
    "While the disk is full nothing is acknowledged, and afterwards every conversation goes on where it "
    "was") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ledger.db";
  auto store = open_sqlite_store({path, test::faulty_vfs()});
  REQUIRE(store.ok());
  {
    test::ManualClock clock(kStart);
    Engine engine({2, folder.path(), {{"test", test::make_answering_bot(folder.path())}}, nullptr}, **store,
                  clock);
    REQUIRE(test::open(engine, "c1").ok());
    REQUIRE(say(engine, "c1", "one", "m1").ok());
    test::break_disk(test::Fault::kDiskFull, 1, true);
    CHECK(say(engine, "c1", "two", "m2").error().code == ErrorCode::kUnavailable);
    CHECK_FALSE(engine.ready());
    CHECK(say(engine, "c1", "two", "m2").error().code == ErrorCode::kUnavailable);
    CHECK(test::open(engine, "c2").error().code == ErrorCode::kUnavailable);
    CHECK(test::heal_disk());
    REQUIRE(becomes_ready(engine));
    const auto again = say(engine, "c1", "two", "m2");
    REQUIRE(again.ok());
    CHECK_FALSE(again->repeat);
    CHECK(test::open(engine, "c2")->created);
    CHECK(test::replies(test::read(engine, "c1")->activities).back() == "answer 2: two");
  }
  store->reset();
  CHECK(test::check_ledger(path, {}).ok());
}

TEST_CASE("The end of a call that could not be stored is stored when the disk is well again") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ledger.db";
  auto opened = open_sqlite_store({path, test::faulty_vfs()});
  REQUIRE(opened.ok());
  Server server(std::move(*opened));
  REQUIRE(test::open(*server.engine, "c1").ok());
  const auto outbox = test::attach(*server.engine, "c1");
  REQUIRE(say(*server.engine, "c1", "count").ok());
  const auto calls = server.services->wait_for(1);
  auto behind = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "behind"}});
  test::break_disk(test::Fault::kDiskFull, 1, true);
  calls[0].second({"call-1", true, 7, ""});
  const auto until = std::chrono::steady_clock::now() + test::kPatience;
  while (server.engine->ready() && std::chrono::steady_clock::now() < until)
    std::this_thread::yield();
  CHECK_FALSE(server.engine->ready());
  CHECK(behind.get().error().code ==
        ErrorCode::kUnavailable);  // nobody waits for as long as the disk is full
  CHECK(say(*server.engine, "c1", "during").error().code == ErrorCode::kUnavailable);
  CHECK(test::heal_disk());
  CHECK(test::replies(outbox->wait_for(3)).back() == "count 7");
  CHECK(server.services->wait_for(1).size() == 1);  // it was not executed again
  server.engine.reset();
  server.store.reset();
  CHECK(test::check_ledger(path, {}).ok());
}

TEST_CASE("A call that a crash left pending is executed again with the same key, and messages wait for it") {
  Server server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "count").ok());
  const std::string key = server.services->wait_for(1)[0].first.key;
  server.engine.reset();
  server.start();
  const auto calls = server.services->wait_for(2);
  REQUIRE(calls.size() == 2);
  CHECK(calls[1].first.key == key);
  CHECK(calls[1].first.request.arguments == calls[0].first.request.arguments);

  auto waiting = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "after"}});
  const auto outbox = test::attach(*server.engine, "c1");
  calls[1].second({"call-1", true, 1, ""});
  REQUIRE(waiting.get().ok());
  CHECK(test::replies(outbox->wait_for(5)) ==
        std::vector<std::string>{"welcome", "count 1", "answer 2: after"});
}

TEST_CASE("A call that ends twice, or was never asked for, counts once or not at all") {
  Server server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "count").ok());
  const auto calls = server.services->wait_for(1);
  calls[0].second({"another call", true, 9, ""});
  calls[0].second({"call-1", true, 1, ""});
  calls[0].second({"call-1", true, 2, ""});
  REQUIRE(say(*server.engine, "c1", "after").ok());
  CHECK(test::replies(test::read(*server.engine, "c1")->activities) ==
        std::vector<std::string>{"welcome", "count 1", "answer 2: after"});
}

TEST_CASE("A server that stops does not wait for a call; who waits behind it is told, and the call is kept") {
  Server server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "count").ok());
  const auto calls = server.services->wait_for(1);
  auto waiting = test::submit_later(*server.engine, "c1", {{"type", "message"}, {"text", "after"}});
  server.engine->drain();
  CHECK(waiting.get().error().code == ErrorCode::kUnavailable);
  calls[0].second({"call-1", true, 1, ""});  // too late, and harmless
  const auto reader = server.store->reader();
  CHECK((*reader)->conversations_with_calls("", 10)->size() == 1);
}

TEST_CASE("A dialogue that fails on the end of a call does not block its conversation") {
  class FailingDialogue final : public Dialogue {
   public:
    explicit FailingDialogue(std::shared_ptr<const Dialogue> real) : real_(std::move(real)) {}
    Advance advance(const Json& state, const Event& event, const TurnContext& context) const override {
      if (event.kind == Event::Kind::kCallEnded) throw std::runtime_error("a test asked for it");
      return real_->advance(state, event, context);
    }

   private:
    std::shared_ptr<const Dialogue> real_;
  };
  Server server;
  const auto bot = std::make_shared<Bot>(*test::make_answering_bot(server.folder.path()));
  bot->dialogue = std::make_shared<FailingDialogue>(bot->dialogue);
  server.engine->swap_bots({{"test", bot}});
  REQUIRE(test::open(*server.engine, "c1").ok());
  REQUIRE(say(*server.engine, "c1", "count").ok());
  server.services->wait_for(1)[0].second({"call-1", true, 1, ""});
  CHECK(say(*server.engine, "c1", "after").ok());
}

TEST_CASE("A channel without a bot is refused, and its conversations go on when it is back") {
  Server server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  server.engine->swap_bots({});
  CHECK(test::open(*server.engine, "c2").error().code == ErrorCode::kNotFound);
  CHECK(say(*server.engine, "c1", "hello").error().code == ErrorCode::kUnavailable);
  CHECK(server.engine->bot("test") == nullptr);
  server.engine->swap_bots({{"test", test::make_answering_bot(server.folder.path())}});
  CHECK(say(*server.engine, "c1", "hello").ok());
}

TEST_CASE("A full shard refuses with busy instead of growing") {
  Server server;
  REQUIRE(test::open(*server.engine, "c1").ok());
  // A callback that does not return holds the shard, as no real one may.
  std::promise<void> release;
  std::promise<void> held;
  server.engine->read("c1", "anna", 0, [&](Result<ActivitySet>) {
    held.set_value();
    release.get_future().wait();
  });
  held.get_future().wait();
  std::vector<std::future<Result<Receipt>>> results;
  for (std::size_t i = 0; i <= limits::kShardQueueMax; ++i)
    results.push_back(test::submit_later(*server.engine, "c" + std::to_string(i), {{"type", "typing"}}));
  CHECK(results.back().get().error().code == ErrorCode::kBusy);
  release.set_value();
  CHECK(results.front().get().error().code == ErrorCode::kNotFound);
}

TEST_CASE("Conversations over the cache's limit are dropped from memory and read again when they go on") {
  auto made = std::make_unique<CountingStore>();
  CountingStore& store = *made;
  Server server(std::move(made));
  REQUIRE(test::open(*server.engine, "first").ok());
  REQUIRE(say(*server.engine, "first", "one").ok());
  std::vector<std::future<Result<Opened>>> opened;
  for (std::size_t i = 0; i < limits::kCachedConversationsMax; ++i) {
    auto [done, result] = test::callback<Opened>();
    server.engine->open({"c" + std::to_string(i), "test", {"anna", "Anna", {}}, "en"}, done);
    opened.push_back(std::move(result));
    if (i % 1000 == 999) opened.back().wait();
  }
  for (auto& each : opened)
    REQUIRE(each.get().ok());
  const int before = store.finds;
  REQUIRE(say(*server.engine, "c5000", "hello").ok());
  CHECK(store.finds == before);
  REQUIRE(say(*server.engine, "first", "two").ok());
  CHECK(store.finds == before + 1);
  CHECK(test::replies(test::read(*server.engine, "first")->activities).back() == "answer 2: two");
}

TEST_CASE("More timers than may be under way at once all fire") {
  Server server;
  const std::size_t count = limits::kTimersAtOnceMax + 200;
  std::vector<std::future<Result<Receipt>>> set;
  for (std::size_t i = 0; i < count; ++i) {
    const std::string id = "c" + std::to_string(i);
    REQUIRE(test::open(*server.engine, id).ok());
    set.push_back(test::submit_later(*server.engine, id, {{"type", "message"}, {"text", "remind 1000"}}));
  }
  for (auto& each : set)
    REQUIRE(each.get().ok());
  std::vector<std::shared_ptr<test::KeepingOutbox>> outboxes;
  for (std::size_t i = 0; i < count; ++i)
    outboxes.push_back(test::attach(*server.engine, "c" + std::to_string(i)));
  server.clock.advance(std::chrono::seconds(2));
  for (const auto& outbox : outboxes)
    CHECK(test::replies(outbox->wait_for(4)).back() == "reminder");
}

}  // namespace parley
