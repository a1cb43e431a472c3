// A checker that finds nothing proves nothing: here it is shown ledgers that break the promise, one way each.
#include "tests/support/ledger_checker.h"

#include <atomic>
#include <doctest/doctest.h>

#include "engine/sqlite.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/engine_client.h"
#include "tests/support/manual_clock.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

// A good ledger of one conversation with two messages and a call, which a test may damage.
struct Ledger {
  test::TempFolder folder;
  std::vector<test::Acknowledged> log;

  Ledger() {
    auto store = open_sqlite_store({path(), ""});
    REQUIRE(store.ok());
    test::ManualClock clock(TimePoint(std::chrono::milliseconds(1'767'225'600'000)));
    const BotPtr bot = test::make_answering_bot(folder.path());
    Engine engine({1, folder.path(), {{"test", bot}}, nullptr}, **store, clock);
    REQUIRE(test::open(engine, "c1").ok());
    const auto outbox = test::attach(engine, "c1");
    for (const std::string text : {"hello", "count"}) {
      const auto receipt = test::say(engine, "c1", text, text);
      REQUIRE(receipt.ok());
      log.push_back({"c1", text, receipt->sequence});
    }
    REQUIRE(outbox->wait_for(5).size() == 5);
  }

  std::filesystem::path path() const { return folder.path() / "ledger.db"; }

  void damage(const std::string& sql) const {
    const auto connection = sqlite::open(path().string(), SQLITE_OPEN_READWRITE);
    REQUIRE(connection.ok());
    const auto done = sqlite::execute(
        connection->get(), "DROP TRIGGER event_is_never_changed; DROP INDEX event_by_client_id;" + sql,
        "damage");
    REQUIRE_MESSAGE(done.ok(), done.error().message);
  }

  test::LedgerReport check() const { return test::check_ledger(path(), log); }
};

// A store that says yes and, now and then, forgets: what no real one may do.
class ForgetfulStore final : public Store {
 public:
  explicit ForgetfulStore(Store& real) : real_(real) {}
  void commit(TurnRecord turn, Committed done) override {
    if (++commits_ % 5 == 0) return done(Done{});
    real_.commit(std::move(turn), std::move(done));
  }
  Result<std::unique_ptr<StoreReader>> reader() override { return real_.reader(); }
  bool ready() const override { return true; }
  void close() override { real_.close(); }

 private:
  Store& real_;
  std::atomic<int> commits_{0};
};

}  // namespace

TEST_CASE("The checker finds nothing wrong with a good ledger") {
  const Ledger ledger;
  const auto report = ledger.check();
  for (const std::string& violation : report.violations)
    MESSAGE(violation);
  CHECK(report.ok());
  CHECK(report.conversations == 1);
  CHECK(report.messages == 2);
  CHECK(report.acknowledged == 2);
  CHECK(report.calls == 1);
}

TEST_CASE("The checker finds each kind of damage") {
  const std::vector<std::pair<std::string, std::string>> damages{
      {"DELETE FROM event WHERE sequence = 4", "expected event"},
      {"DELETE FROM event WHERE sequence = 7; UPDATE event SET sequence = 7 WHERE sequence = 8",
       "has 0 results"},
      {"UPDATE conversation SET last_sequence = 7", "another last event"},
      {"UPDATE event SET at = 0 WHERE sequence = 4", "its time"},
      {"UPDATE event SET client_id = 'hello' WHERE sequence = 5", "a second time"},
      {"UPDATE event SET client_id = 'other' WHERE sequence = 3", "does not hold it"},
      {"UPDATE event SET cause = 3 WHERE sequence = 6", "outside the turn"},
      {"UPDATE event SET activity = json_remove(activity, '$.replyToId') WHERE sequence = 4",
       "never answered"},
      {"UPDATE event SET activity = json_set(activity, '$.replyToId', 'c1|0000009') WHERE sequence = 4",
       "no person sent before it"},
      {"UPDATE event SET activity = json_set(activity, '$.id', 'c1|0000009') WHERE sequence = 4",
       "another id"},
      {"INSERT INTO pending_call VALUES ('c1', 'call-2', 6, 5, 'counter', 'add', '{}')",
       "results and is pending"},
      {"DELETE FROM event; DELETE FROM conversation", "no such conversation"},
      {"DROP TABLE event", "can't be read"},
  };
  for (const auto& [sql, finding] : damages) {
    CAPTURE(sql);
    const Ledger ledger;
    ledger.damage(sql);
    bool found = false;
    for (const std::string& violation : ledger.check().violations)
      found |= violation.find(finding) != std::string::npos;
    CHECK(found);
  }
}

TEST_CASE("The checker finds a message that was acknowledged under another number, or out of order") {
  Ledger ledger;
  ledger.log[0].sequence = 5;
  CHECK(ledger.check().violations.size() >= 2);
}

TEST_CASE("The checker catches a store that acknowledges what it does not keep") {
  const test::TempFolder folder;
  const auto path = folder.path() / "ledger.db";
  std::vector<test::Acknowledged> log;
  {
    auto real = open_sqlite_store({path, ""});
    REQUIRE(real.ok());
    ForgetfulStore store(**real);
    test::ManualClock clock(TimePoint(std::chrono::milliseconds(1'767'225'600'000)));
    Engine engine({1, folder.path(), {{"test", test::make_answering_bot(folder.path())}}, nullptr}, store,
                  clock);
    for (int i = 0; i < 20; ++i) {
      const std::string id = "c" + std::to_string(i);
      if (!test::open(engine, id).ok()) continue;
      const auto receipt = test::say(engine, id, "hello", "m1");
      if (receipt.ok()) log.push_back({id, "m1", receipt->sequence});
    }
  }
  CHECK_FALSE(test::check_ledger(path, log).ok());
}

TEST_CASE("A last line of the log that was cut off is left out") {
  const test::TempFolder folder;
  const auto log = folder.write("log", R"({"conversation":"c1","client_id":"m1","sequence":3})"
                                       "\n"
                                       R"({"conversation":"c1","clie)");
  const auto read = test::read_acknowledgements(log);
  REQUIRE(read.size() == 1);
  CHECK(read[0].sequence == 3);
}

}  // namespace parley
