#include "engine/storage/ledger_file.h"

#include <doctest/doctest.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

#include "engine/storage/schema.h"
#include "engine/storage/store.h"
#include "tests/support/temp_folder.h"
#include "tests/support/turns.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

// A ledger with some conversations in it, closed.
fs::path make_ledger(const test::TempFolder& folder) {
  const fs::path path = folder.path() / "ledger.db";
  auto store = open_sqlite_store({path, ""});
  REQUIRE(store.ok());
  for (int i = 0; i < 200; ++i)
    REQUIRE(test::commit(**store, test::small_turn("conversation" + std::to_string(i), 0)).ok());
  return path;
}

// Opening is refused with this code, the message names the path, and the file stays as it was.
void check_refused(const fs::path& path, ErrorCode code, const std::string& word) {
  const std::string before = test::read_file(path);
  const auto store = open_sqlite_store({path, ""});
  REQUIRE_FALSE(store.ok());
  CHECK(store.error().code == code);
  CHECK_MESSAGE(store.error().message.find(path.string()) != std::string::npos, store.error().message);
  CHECK_MESSAGE(store.error().message.find(word) != std::string::npos, store.error().message);
  CHECK(test::read_file(path) == before);
}

void change(const fs::path& path, const std::string& sql) {
  const auto connection = sqlite::open(path.string(), SQLITE_OPEN_READWRITE);
  REQUIRE(connection.ok());
  REQUIRE(sqlite::execute(connection->get(), sql, "change").ok());
}

}  // namespace

TEST_CASE("A new ledger is made whole, and can be opened again") {
  const test::TempFolder folder;
  const fs::path path = make_ledger(folder);
  CHECK_FALSE(fs::exists(path.string() + ".new"));
  const auto again = open_sqlite_store({path, ""});
  REQUIRE(again.ok());
  CHECK((*(*again)->reader())->conversations("", 1000)->size() == 200);
}

TEST_CASE("A file that was half made by a crash is made anew") {
  const test::TempFolder folder;
  folder.write("ledger.db.new", "half of a led");
  CHECK(open_sqlite_store({folder.path() / "ledger.db", ""}).ok());
}

TEST_CASE("What is not a database is refused and left alone") {
  const test::TempFolder folder;
  const fs::path path = folder.write("ledger.db", std::string(5000, 'x'));
  check_refused(path, ErrorCode::kCorrupt, "not a database");
}

TEST_CASE("An empty file is refused: it was a ledger once, or never will be") {
  const test::TempFolder folder;
  check_refused(folder.write("ledger.db", ""), ErrorCode::kCorrupt, "empty");
}

TEST_CASE("A truncated ledger is refused, wherever it was cut") {
  const test::TempFolder folder;
  const fs::path path = make_ledger(folder);
  const auto size = fs::file_size(path);
  for (const auto left : {size - 4096, size / 2, size / 2 + 17, std::uintmax_t{4096}, std::uintmax_t{50}}) {
    CAPTURE(left);
    fs::resize_file(path, left);
    check_refused(path, ErrorCode::kCorrupt, "restore a backup");
  }
}

TEST_CASE("A ledger with a damaged page is refused") {
  const test::TempFolder folder;
  const fs::path path = make_ledger(folder);
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(4096 * 3);
  file << std::string(4096, '\xFF');
  file.close();
  check_refused(path, ErrorCode::kCorrupt, "damaged");
}

TEST_CASE("A ledger of a newer version is refused with both versions") {
  const test::TempFolder folder;
  const fs::path path = make_ledger(folder);
  change(path, "PRAGMA user_version=" + std::to_string(kLedgerVersion + 1));
  check_refused(path, ErrorCode::kConflict, "newer version");
}

TEST_CASE("A ledger of an older version is brought up to date when it is opened, step by step") {
  for (const char* older :
       {"DROP INDEX event_of_case; DROP INDEX conversation_by_person; PRAGMA user_version=1",
        "DROP INDEX event_of_case; PRAGMA user_version=2"}) {
    CAPTURE(older);
    const test::TempFolder folder;
    const fs::path path = make_ledger(folder);
    change(path, older);
    for (int opening = 0; opening < 2; ++opening) {
      const auto store = open_sqlite_store({path, ""});
      REQUIRE_MESSAGE(store.ok(), store.error().message);
    }
    const auto file = sqlite::open(path.string(), SQLITE_OPEN_READONLY);
    auto version = sqlite::Statement::prepare(file->get(), "PRAGMA user_version");
    REQUIRE(version->step() == SQLITE_ROW);
    CHECK(version->integer(0) == kLedgerVersion);
    auto indexes = sqlite::Statement::prepare(
        file->get(),
        "SELECT count(*) FROM sqlite_master WHERE name IN ('conversation_by_person', 'event_of_case')");
    REQUIRE(indexes->step() == SQLITE_ROW);
    CHECK(indexes->integer(0) == 2);
  }
}

TEST_CASE("A database of another program is refused") {
  const test::TempFolder folder;
  const fs::path path = folder.path() / "ledger.db";
  {
    const auto other = sqlite::open(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
    REQUIRE(sqlite::execute(other->get(), "CREATE TABLE something (x)", "make").ok());
  }
  check_refused(path, ErrorCode::kConflict, "another program");
}

TEST_CASE("Two servers never share a ledger, and the second may have it when the first is gone") {
  const test::TempFolder folder;
  const fs::path path = folder.path() / "ledger.db";
  {
    const auto first = open_sqlite_store({path, ""});
    REQUIRE(first.ok());
    const auto second = open_sqlite_store({path, ""});
    REQUIRE_FALSE(second.ok());
    CHECK(second.error().code == ErrorCode::kConflict);
    CHECK(second.error().message.find("another server") != std::string::npos);
  }
  CHECK(open_sqlite_store({path, ""}).ok());
}

TEST_CASE("A folder that is missing or can't be written is named") {
  const test::TempFolder folder;
  const auto missing = open_sqlite_store({folder.path() / "nowhere" / "ledger.db", ""});
  REQUIRE_FALSE(missing.ok());
  CHECK(missing.error().code == ErrorCode::kUnavailable);
  CHECK(missing.error().message.find("nowhere") != std::string::npos);
  if (::geteuid() == 0) {
    std::puts("SKIPPED: permissions do not bind root");
    return;
  }
  ::chmod(folder.path().c_str(), 0500);
  CHECK_FALSE(open_sqlite_store({folder.path() / "ledger.db", ""}).ok());
  ::chmod(folder.path().c_str(), 0700);
}

}  // namespace parley
