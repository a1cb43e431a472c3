// Copies of a ledger, made by the real binary while a store writes to it, and put back.
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <sqlite3.h>
#include <sys/stat.h>

#include "engine/storage/store.h"
#include "tests/cli/command.h"
#include "tests/cli/talks.h"
#include "tests/support/temp_folder.h"

namespace parley::test {
namespace {

namespace fs = std::filesystem;
constexpr TimePoint kStart{std::chrono::milliseconds(1'767'225'600'000)};

std::unique_ptr<Store> opened(const fs::path& path) {
  auto store = open_sqlite_store({path, ""});
  REQUIRE_MESSAGE(store.ok(), (store ? "" : store.error().message));
  return std::move(*store);
}

void change(const fs::path& path, const std::string& sql) {
  sqlite3* database = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &database) == SQLITE_OK);
  CHECK(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(database);
}

/// A ledger of one conversation, and its copy.
struct Copied {
  TempFolder folder;
  const fs::path ledger = folder.path() / "ledger.db", copy = folder.path() / "copy.db";
  std::unique_ptr<Store> store = opened(ledger);

  Copied() {
    Talk("c1", "shop", kStart).says("hello").reply().write_to(*store);
    const Ran made = backup();
    REQUIRE_MESSAGE(made.exit_code == 0, made.err);
    CHECK(made.out == copy.string() + ": 1 conversation with 2 events, verified\n");
  }
  Ran backup() const { return run_parley("backup " + copy.string() + " --ledger " + ledger.string()); }
  Ran restore(const std::string& more = "") const {
    return run_parley("restore " + copy.string() + " --ledger " + ledger.string() + more);
  }
  Ran verify() const { return run_parley("verify --ledger " + ledger.string()); }
};

}  // namespace

TEST_CASE("a backup is one private file, as of one instant, and is never written over") {
  const Copied files;
  struct stat status {};
  REQUIRE(stat(files.copy.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  CHECK_FALSE(fs::exists(files.copy.string() + "-wal"));
  CHECK_FALSE(fs::exists(files.copy.string() + ".new"));
  Talk("c2", "shop", kStart).says("hello").write_to(*files.store);  // goes on behind the copy
  CHECK(has(files.verify().out, "2 conversations with 3 events, none missing"));
  const Ran again = files.backup();
  CHECK(again.exit_code == 1);
  CHECK(has(again.err, "is there already"));
}

TEST_CASE("a restore needs a stopped server, keeps what was there, and serves again") {
  Copied files;
  Talk("c2", "shop", kStart).says("hello").write_to(*files.store);
  CHECK(has(files.restore(" --replace").err, "another server has this ledger open"));
  files.store->close();
  files.store.reset();
  CHECK(has(files.restore().err, "--replace"));
  const Ran restored = files.restore(" --replace");
  CHECK_MESSAGE(restored.exit_code == 0, restored.err);
  CHECK(has(restored.out, "1 conversation with 2 events"));
  std::size_t kept = 0;
  for (const auto& entry : fs::directory_iterator(files.folder.path()))
    kept += has(entry.path().filename().string(), "ledger.db.before-") ? 1U : 0U;
  CHECK(kept == 1);
  const auto store = opened(files.ledger);
  Talk("c3", "shop", kStart).says("hello").write_to(*store);
  CHECK(has(files.verify().out, "2 conversations with 3 events"));
}

TEST_CASE("an event or a conversation that is missing is found, and nothing is made of it") {
  for (const char* sql : {"DELETE FROM event WHERE sequence = 1", "DELETE FROM event WHERE sequence = 2",
                          "DELETE FROM conversation WHERE id = 'c1'"}) {
    CAPTURE(sql);
    Copied files;
    files.store->close();
    files.store.reset();
    change(files.ledger, sql);
    const Ran verified = files.verify();
    CHECK(verified.exit_code == 1);
    CHECK(has(verified.err, "c1"));
    fs::remove(files.copy);
    CHECK(files.backup().exit_code == 1);
    CHECK_FALSE(fs::exists(files.copy));
    change(files.ledger, "VACUUM INTO '" + files.copy.string() + "'");
    const Ran refused = files.restore(" --replace");
    CHECK(refused.exit_code == 1);
    CHECK(has(refused.err, "nothing was changed"));
    CHECK(fs::exists(files.ledger));
  }
}

TEST_CASE("a copy with a damaged page is not put back") {
  const Copied files;
  files.store->close();
  const auto size = fs::file_size(files.copy);
  std::fstream file(files.copy, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(size / 2));
  for (int i = 0; i < 2'000; ++i)
    file.put('\x7F');
  file.close();
  const Ran refused = files.restore(" --replace");
  CHECK(refused.exit_code == 1);
  CHECK(has(refused.err, "nothing was changed"));
}

TEST_CASE("a person gets all that the ledger holds of them, and nothing of others") {
  const Copied files;
  Talk("c2", "shop", kStart).says("a second one").write_to(*files.store);
  const Ran exported = run_parley("export --person p1 --ledger " + files.ledger.string());
  REQUIRE_MESSAGE(exported.exit_code == 0, exported.err);
  const Json all = Json::parse(exported.out);
  CHECK(all.at("person") == "p1");
  REQUIRE(all.at("conversations").size() == 2);
  CHECK(all.at("/conversations/0/events/0/activity/text"_json_pointer) == "hello");
  CHECK(all.at("/conversations/0/events"_json_pointer).size() == 2);
  CHECK(all.at("/conversations/1/id"_json_pointer) == "c2");
  const Ran none = run_parley("export --person p2 --ledger " + files.ledger.string());
  CHECK(none.exit_code == 1);
  CHECK(Json::parse(none.out).at("conversations").empty());
  CHECK(run_parley("export --person p1 --channel helpdesk --ledger " + files.ledger.string()).exit_code == 1);
}

TEST_CASE("an erased person is in no byte of the ledger, and others are untouched") {
  Copied files;
  Talk marked("c9", "shop", kStart);
  marked.says("MARKER-zebra is my secret").reply();
  marked.write_to(*files.store);
  Talk("c8", "shop", kStart, "other").says("KEEPME").write_to(*files.store);
  const auto bytes = [&] {
    std::string all;
    for (const char* ending : {"", "-wal"}) {
      std::ifstream file(files.ledger.string() + ending, std::ios::binary);
      all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
  };
  CHECK(has(bytes(), "MARKER-zebra"));
  const std::string erase = "erase --person p1 --ledger " + files.ledger.string();
  CHECK(has(run_parley(erase).err, "another server has this ledger open"));
  files.store->close();
  files.store.reset();
  const Ran erased = run_parley(erase);
  CHECK_MESSAGE(erased.exit_code == 0, erased.err);
  CHECK(has(erased.out, "2 conversations with 4 events"));
  CHECK_FALSE(has(bytes(), "MARKER-zebra"));
  CHECK_FALSE(has(bytes(), "hello"));
  CHECK(has(bytes(), "KEEPME"));
  CHECK(has(files.verify().out, "1 conversation with 1 event, none missing"));
  CHECK(run_parley(erase).exit_code == 1);
}

TEST_CASE("what is done to a ledger is noted, with persons by a digest, or not done") {
  const Copied files;
  files.backup();  // refused: the copy is there
  run_parley("export --person p1 --ledger " + files.ledger.string());
  const fs::path audit = files.folder.path() / "audit.log";
  std::ifstream log(audit);
  std::vector<std::string> acts;
  for (std::string line; std::getline(log, line);) {
    const Json act = Json::parse(line);
    CHECK(act.at("at").get<std::string>().back() == 'Z');
    CHECK_FALSE(act.at("by").get<std::string>().empty());
    CHECK_FALSE(has(line, "\"p1\""));
    acts.push_back(act.at("act").get<std::string>() + " " + act.at("outcome").get<std::string>());
  }
  CHECK(acts == std::vector<std::string>{"backup begun", "backup done", "backup begun", "backup failed",
                                         "export begun", "export done"});
  struct stat status {};
  REQUIRE(stat(audit.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
  fs::remove(audit);
  fs::create_directory(audit);
  const Ran untraced = run_parley("export --person p1 --ledger " + files.ledger.string());
  CHECK(untraced.exit_code == 1);
  CHECK(untraced.out.empty());
  CHECK(has(untraced.err, "leave no trace"));
}

}  // namespace parley::test
