// Where history meets what is new: the moments at which an activity could be left out or come twice, made on
// purpose.
#include <doctest/doctest.h>
#include <functional>
#include <future>
#include <mutex>

#include "engine/engine.h"
#include "engine/limits.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/engine_client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

// Commits at once, but tells the engine of it only when it is told to, once it holds.
class HoldingStore final : public Store {
 public:
  void commit(TurnRecord turn, Committed done) override {
    real_->commit(std::move(turn), [this, done](Result<Done> result) {
      std::unique_lock lock(mutex_);
      if (!holds_) {
        lock.unlock();
        return done(std::move(result));
      }
      held_ = [done, result] { done(result); };
      committed_.set_value();
    });
  }
  Result<std::unique_ptr<StoreReader>> reader() override { return real_->reader(); }
  bool ready() const override { return real_->ready(); }
  void close() override { real_->close(); }

  /// The next commit is kept back; the future is ready when it has been made.
  std::future<void> hold() {
    const std::lock_guard lock(mutex_);
    holds_ = true;
    committed_ = {};
    return committed_.get_future();
  }
  void release() {
    const std::lock_guard lock(mutex_);
    holds_ = false;
    std::exchange(held_, nullptr)();
  }

 private:
  std::unique_ptr<Store> real_ = make_memory_store();
  std::mutex mutex_;
  bool holds_ = false;
  std::promise<void> committed_;
  std::function<void()> held_;
};

// Calls something when the first activities arrive.
class TriggeringOutbox final : public Outbox {
 public:
  explicit TriggeringOutbox(std::function<void()> at_first) : at_first_(std::move(at_first)) {}
  void deliver(const std::vector<StoredActivity>& activities) override {
    kept.deliver(activities);
    if (at_first_) std::exchange(at_first_, nullptr)();
  }
  void deliver_transient(const Json& activity) override { kept.deliver_transient(activity); }
  test::KeepingOutbox kept;

 private:
  std::function<void()> at_first_;
};

struct Server {
  test::TempFolder folder;
  test::ManualClock clock{TimePoint(std::chrono::milliseconds(1'767'225'600'000))};
  HoldingStore store;
  Engine engine{
      {1, folder.path(), {{"test", test::make_answering_bot(folder.path())}}, nullptr}, store, clock};
};

// Sequences 2, 3, 4 ...: everything after the opening, once.
void check_each_once(const std::vector<StoredActivity>& activities) {
  Sequence expected = 2;
  for (const StoredActivity& each : activities)
    CHECK(each.sequence == expected++);
}

}  // namespace

TEST_CASE("A turn that history shows already is not delivered again when its commit is told") {
  Server server;
  REQUIRE(test::open(server.engine, "c1").ok());
  auto committed = server.store.hold();
  auto receipt = test::submit_later(server.engine, "c1", {{"type", "message"}, {"text", "one"}});
  committed.wait();
  const auto outbox = test::attach(server.engine, "c1");
  outbox->wait_for(3);
  server.store.release();
  REQUIRE(receipt.get().ok());
  REQUIRE(test::say(server.engine, "c1", "two").ok());
  const auto all = outbox->wait_for(5);
  CHECK(all.size() == 5);
  check_each_once(all);
}

TEST_CASE("A turn that is told between two pages of history comes with the second, in its place") {
  Server server;
  REQUIRE(test::open(server.engine, "c1").ok());
  for (std::size_t i = 0; i < limits::kHistoryPageMax / 2 + 10; ++i)
    REQUIRE(test::say(server.engine, "c1", "hello").ok());
  auto committed = server.store.hold();
  auto receipt = test::submit_later(server.engine, "c1", {{"type", "message"}, {"text", "between"}});
  committed.wait();
  const auto outbox = std::make_shared<TriggeringOutbox>([&server] { server.store.release(); });
  auto [done, attached] = test::callback<Done>();
  server.engine.attach("c1", "anna", 0, outbox, done);
  REQUIRE(attached.get().ok());
  REQUIRE(receipt.get().ok());
  REQUIRE(test::say(server.engine, "c1", "after").ok());
  const std::size_t count = 1 + 2 * (limits::kHistoryPageMax / 2 + 12);
  const auto all = outbox->kept.wait_for(count);
  CHECK(all.size() == count);
  check_each_once(all);
}

TEST_CASE("An outbox that is detached gets nothing more, and the others go on") {
  Server server;
  REQUIRE(test::open(server.engine, "c1").ok());
  const auto stays = test::attach(server.engine, "c1");
  const auto goes = test::attach(server.engine, "c1");
  REQUIRE(test::say(server.engine, "c1", "one").ok());
  goes->wait_for(3);
  server.engine.detach("c1", goes.get());
  REQUIRE(test::say(server.engine, "c1", "two").ok());
  CHECK(stays->wait_for(5).size() == 5);
  CHECK(goes->wait_for(0).size() == 3);
}

}  // namespace parley
