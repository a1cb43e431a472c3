// What the ledger does when the disk does not do what it should. The one thing that must never happen is that
// somebody is told something is stored which is not there when the server comes back.
#include <csignal>
#include <doctest/doctest.h>
#include <sys/resource.h>
#include <thread>

#include "engine/limits.h"
#include "engine/sqlite.h"
#include "engine/storage/store.h"
#include "tests/support/faulty_vfs.h"
#include "tests/support/temp_folder.h"
#include "tests/support/turns.h"

namespace parley {
namespace {

using test::break_disk;
using test::commit;
using test::Fault;
using test::heal_disk;
using test::small_turn;

std::unique_ptr<Store> open_on_faulty_disk(const test::TempFolder& folder) {
  auto store = open_sqlite_store({folder.path() / "ledger.db", test::faulty_vfs()});
  REQUIRE_MESSAGE(store.ok(), store.error().message);
  return std::move(*store);
}

bool is_stored(const test::TempFolder& folder, const std::string& conversation) {
  const auto store = open_sqlite_store({folder.path() / "ledger.db", ""});
  REQUIRE_MESSAGE(store.ok(), store.error().message);
  const auto reader = (*store)->reader();
  return (*reader)->find(conversation)->has_value();
}

// Waits for what the store does by itself.
bool becomes_ready(const Store& store) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!store.ready() && std::chrono::steady_clock::now() < until)
    std::this_thread::sleep_for(limits::kLedgerRetryPause / 10);
  return store.ready();
}

}  // namespace

TEST_CASE("A full disk fails the turn, shows in readiness, and heals by itself") {
  const test::TempFolder folder;
  auto store = open_on_faulty_disk(folder);
  REQUIRE(commit(*store, small_turn("before", 0)).ok());
  break_disk(Fault::kDiskFull, 1, true);
  const auto failed = commit(*store, small_turn("during", 0));
  CHECK(failed.error().code == ErrorCode::kUnavailable);
  CHECK(failed.error().message.find("space") != std::string::npos);
  CHECK_FALSE(store->ready());

  CHECK(heal_disk());
  CHECK(becomes_ready(*store));
  CHECK(commit(*store, small_turn("after", 0)).ok());
  store.reset();
  CHECK(is_stored(folder, "before"));
  CHECK_FALSE(is_stored(folder, "during"));
  CHECK(is_stored(folder, "after"));
}

TEST_CASE("A failed sync closes the store until the server is started anew") {
  const test::TempFolder folder;
  auto store = open_on_faulty_disk(folder);
  REQUIRE(commit(*store, small_turn("before", 0)).ok());
  break_disk(Fault::kSyncError, 1, false);
  const auto failed = commit(*store, small_turn("during", 0));
  CHECK(failed.error().code == ErrorCode::kUnavailable);
  CHECK(failed.error().message.find("start the server anew") != std::string::npos);
  CHECK(heal_disk());
  CHECK_FALSE(commit(*store, small_turn("after", 0)).ok());
  CHECK_FALSE(store->ready());
  store.reset();
  CHECK(is_stored(folder, "before"));
  CHECK_FALSE(is_stored(folder, "after"));
}

TEST_CASE("Whichever write or sync fails, what was acknowledged is there and what follows works") {
  for (const Fault fault : {Fault::kWriteError, Fault::kDiskFull, Fault::kSyncError}) {
    bool struck = true;
    for (int nth = 1; struck; ++nth) {
      CAPTURE(static_cast<int>(fault));
      CAPTURE(nth);
      REQUIRE(nth < 200);
      const test::TempFolder folder;
      auto store = open_on_faulty_disk(folder);
      break_disk(fault, nth, false);
      std::vector<std::string> acknowledged;
      for (int i = 0; i < 4; ++i) {
        const std::string id = "c" + std::to_string(i);
        if (commit(*store, small_turn(id, 0)).ok()) acknowledged.push_back(id);
      }
      store.reset();  // moves the log into the file: that may fail too
      struck = heal_disk();
      const auto again = open_sqlite_store({folder.path() / "ledger.db", ""});
      REQUIRE_MESSAGE(again.ok(), again.error().message);
      const auto reader = (*again)->reader();
      for (const std::string& id : acknowledged)
        CHECK((*reader)->find(id)->has_value());
      CHECK(commit(**again, small_turn("new", 0)).ok());
    }
  }
}

TEST_CASE("A file size limit is an error, not the end of the process") {
  const test::TempFolder folder;
  auto opened = open_sqlite_store({folder.path() / "ledger.db", ""});
  REQUIRE(opened.ok());
  Store& store = **opened;
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  rlimit small = before;
  small.rlim_cur = 200'000;
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::size_t stored = 0;
  while (stored < 10'000 && commit(store, small_turn("c" + std::to_string(stored), 0)).ok())
    ++stored;
  CHECK_FALSE(store.ready());
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &before) == 0);
  std::signal(SIGXFSZ, handler);

  CHECK(stored < 10'000);
  CHECK(becomes_ready(store));
  CHECK(commit(store, small_turn("after", 0)).ok());
  const auto reader = store.reader();
  CHECK((*reader)->conversations("", 20'000)->size() == stored + 1);
}

TEST_CASE("Another process that holds the file delays a turn, but does not lose it") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ledger.db";
  auto store = open_sqlite_store({path, ""});
  REQUIRE(store.ok());
  const auto other = sqlite::open(path.string(), SQLITE_OPEN_READWRITE);
  REQUIRE(sqlite::execute(other->get(), "BEGIN EXCLUSIVE", "hold").ok());
  auto waiting = test::commit_later(**store, small_turn("c1", 0));
  CHECK(waiting.wait_for(std::chrono::milliseconds(50)) == std::future_status::timeout);
  REQUIRE(sqlite::execute(other->get(), "COMMIT", "let go").ok());
  CHECK(waiting.get().ok());
}

TEST_CASE("The write-ahead log is moved into the file while the server runs, so it stays small") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ledger.db";
  auto store = open_sqlite_store({path, ""});
  REQUIRE(store.ok());
  std::future<Result<Done>> last;
  for (int i = 0; i < 20'000; ++i) {
    last = test::commit_later(**store, small_turn("c" + std::to_string(i), 0));
    if (i % 100 == 99) REQUIRE(last.get().ok());
  }
  const auto log = std::filesystem::file_size(path.string() + "-wal");
  CHECK(log < std::filesystem::file_size(path));
  CHECK(log < 3 * limits::kLedgerCheckpointPages * std::uintmax_t{4096});
}

}  // namespace parley
