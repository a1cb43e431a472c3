// The contract of a store, run on every implementation.
#include "engine/storage/store.h"

#include <doctest/doctest.h>

#include "engine/sqlite.h"
#include "engine/storage/recovery_cases.h"
#include "tests/support/temp_folder.h"
#include "tests/support/turns.h"

namespace parley {
namespace {

using test::commit;
using test::commit_later;
using test::small_turn;

struct SqliteFixture {
  test::TempFolder folder;
  std::unique_ptr<Store> store;
  std::unique_ptr<StoreReader> reader;
  SqliteFixture() {
    auto opened = open_sqlite_store({folder.path() / "ledger.db", ""});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message);
    store = std::move(*opened);
    reader = store->reader().value();
  }
};

struct MemoryFixture {
  std::unique_ptr<Store> store = make_memory_store();
  std::unique_ptr<StoreReader> reader = store->reader().value();
};

TimePoint at(std::int64_t milliseconds) {
  return TimePoint(std::chrono::milliseconds(milliseconds));
}

}  // namespace

TEST_CASE_TEMPLATE("What a turn holds is read back as it was written", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  const TurnRecord turn = small_turn("c1", 0, "m1", "caf\xC3\xA9 \" \\ \xF0\x9F\x98\x80");
  REQUIRE(commit(*f.store, turn).ok());

  const auto found = f.reader->find("c1");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  const ConversationRecord& record = (*found)->record;
  CHECK(record.channel == "test");
  CHECK(record.person.id == "anna");
  CHECK(record.person.name == "Anna");
  CHECK(record.person.roles == std::vector<std::string>{"employee", "manager"});
  CHECK(record.bot == "tester");
  CHECK(record.bot_version == "1");
  CHECK(record.language == "en");
  CHECK(record.created == turn.after.created);
  CHECK(record.last_sequence == 2);
  CHECK(record.last_at == turn.after.last_at);
  CHECK(record.state == turn.after.state);
  CHECK_FALSE(record.handed_off);

  const auto events = f.reader->events("c1", 0, 10);
  REQUIRE(events->size() == 2);
  for (std::size_t i = 0; i < 2; ++i) {
    CHECK((*events)[i].sequence == turn.events[i].sequence);
    CHECK((*events)[i].at == turn.events[i].at);
    CHECK((*events)[i].kind == turn.events[i].kind);
    CHECK((*events)[i].client_id == turn.events[i].client_id);
    CHECK((*events)[i].cause == turn.events[i].cause);
    CHECK((*events)[i].activity == turn.events[i].activity);
    CHECK((*events)[i].detail == turn.events[i].detail);
  }
}

TEST_CASE_TEMPLATE("Activities are read by page, in order, after a sequence", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  for (Sequence before = 0; before < 10; before += 2)
    REQUIRE(commit(*f.store, small_turn("c1", before)).ok());
  REQUIRE(commit(*f.store, small_turn("c2", 0)).ok());
  const auto page = f.reader->activities("c1", 3, 4);
  REQUIRE(page->size() == 4);
  CHECK(page->front().sequence == 4);
  CHECK(page->back().sequence == 7);
  CHECK(page->front().activity["id"] == activity_id("c1", 4));
  CHECK(Json::parse(page->front().json) == page->front().activity);
  CHECK(f.reader->activities("c1", 10, 4)->empty());
  CHECK(f.reader->activities("unknown", 0, 4)->empty());
}

TEST_CASE_TEMPLATE("A client's id is found once it is stored, in its own conversation only", Fixture,
                   SqliteFixture, MemoryFixture) {
  Fixture f;
  REQUIRE(commit(*f.store, small_turn("c1", 0, "m1")).ok());
  CHECK(f.reader->find_repeat("c1", "m1")->value() == 1);
  CHECK_FALSE(f.reader->find_repeat("c1", "m2")->has_value());
  CHECK_FALSE(f.reader->find_repeat("c2", "m1")->has_value());
  CHECK_FALSE(f.reader->find("c2")->has_value());
}

TEST_CASE_TEMPLATE("A turn that does not follow on what is stored is refused and changes nothing", Fixture,
                   SqliteFixture, MemoryFixture) {
  Fixture f;
  REQUIRE(commit(*f.store, small_turn("c1", 0, "m1")).ok());
  CHECK(commit(*f.store, small_turn("c1", 0)).error().code == ErrorCode::kConflict);  // a second beginning
  CHECK(commit(*f.store, small_turn("c1", 4)).error().code == ErrorCode::kConflict);  // a gap
  CHECK(commit(*f.store, small_turn("c2", 2)).error().code == ErrorCode::kConflict);  // begins in the middle
  CHECK(commit(*f.store, small_turn("c1", 2, "m1")).error().code ==
        ErrorCode::kConflict);  // the same client id
  CHECK(f.reader->find("c1")->value().record.last_sequence == 2);
  CHECK(f.reader->events("c1", 0, 10)->size() == 2);
  CHECK(f.store->ready());
}

TEST_CASE_TEMPLATE("One bad turn among many does not take the others with it", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  std::vector<std::future<Result<Done>>> results;
  for (int i = 0; i < 50; ++i) {
    results.push_back(commit_later(*f.store, small_turn("good" + std::to_string(i), 0)));
    results.push_back(commit_later(*f.store, small_turn("bad" + std::to_string(i), 2)));
  }
  for (std::size_t i = 0; i < results.size(); ++i)
    CHECK(results[i].get().ok() == (i % 2 == 0));
  CHECK(f.reader->conversations("", 1000)->size() == 50);
}

TEST_CASE_TEMPLATE("A person's newest conversations on a channel are found, the one used last first", Fixture,
                   SqliteFixture, MemoryFixture) {
  Fixture f;
  const auto open = [&](const std::string& id, const std::string& person, const std::string& channel,
                        int created, int last) {
    TurnRecord turn = small_turn(id, 0);
    turn.after.person.id = person;
    turn.after.channel = channel;
    turn.after.created = at(created);
    turn.after.last_at = at(last);
    REQUIRE(commit(*f.store, turn).ok());
  };
  open("old", "anna", "chat", 1'000, 9'000);
  open("newer", "anna", "chat", 2'000, 3'000);
  open("newest", "anna", "chat", 3'000, 4'000);
  open("elsewhere", "anna", "helpdesk", 4'000, 5'000);
  open("other", "bert", "chat", 5'000, 6'000);
  CHECK(f.reader->conversations_of("chat", "anna", 10).value() ==
        std::vector<std::string>{"old", "newest", "newer"});
  CHECK(f.reader->conversations_of("chat", "anna", 2).value() == std::vector<std::string>{"newest", "newer"});
  CHECK(f.reader->conversations_of("chat", "carla", 10)->empty());
}

TEST_CASE_TEMPLATE("Pending calls and timers come and go with their turns", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  TurnRecord first = small_turn("c1", 0);
  first.calls = {{{"call-1", "hr", "balance", {{"employee", "e1"}}}, 2, 1}};
  first.timers = {{"late", at(9'000)}, {"soon", at(5'000)}};
  REQUIRE(commit(*f.store, first).ok());
  TurnRecord other = small_turn("c2", 0);
  other.timers = {{"between", at(7'000)}};
  REQUIRE(commit(*f.store, other).ok());

  const auto snapshot = f.reader->find("c1")->value();
  REQUIRE(snapshot.calls.size() == 1);
  CHECK(snapshot.calls[0].request.id == "call-1");
  CHECK(snapshot.calls[0].request.service == "hr");
  CHECK(snapshot.calls[0].request.operation == "balance");
  CHECK(snapshot.calls[0].request.arguments == Json{{"employee", "e1"}});
  CHECK(snapshot.calls[0].sequence == 2);
  CHECK(snapshot.calls[0].reply_to == 1);
  REQUIRE(snapshot.timers.size() == 2);
  CHECK(f.reader->conversations_with_calls("", 10).value() == std::vector<std::string>{"c1"});
  const auto timers = f.reader->timers(2);
  REQUIRE(timers->size() == 2);
  CHECK(timers->at(0).timer_id == "soon");
  CHECK(timers->at(1).timer_id == "between");
  CHECK(timers->at(1).conversation_id == "c2");
  CHECK(timers->at(1).due == at(7'000));

  TurnRecord second = small_turn("c1", 2);
  second.ended_calls = {"call-1"};
  second.timers = {{"soon", std::nullopt}, {"late", at(6'000)}};
  REQUIRE(commit(*f.store, second).ok());
  CHECK(f.reader->find("c1")->value().calls.empty());
  CHECK(f.reader->conversations_with_calls("", 10)->empty());
  CHECK(f.reader->timers(1)->front().timer_id == "late");
}

TEST_CASE_TEMPLATE("Conversations with a recovery case are found, and what became of it", Fixture,
                   SqliteFixture, MemoryFixture) {
  Fixture f;
  REQUIRE(commit(*f.store, small_turn("none", 0)).ok());
  TurnRecord turn = small_turn("sad", 0);
  const auto add = [&](const CaseChange& change) {
    LedgerEvent event;
    event.sequence = turn.events.back().sequence + 1;
    event.at = turn.events.back().at + std::chrono::milliseconds(1);
    event.kind = EventKind::kCase;
    event.cause = 1;
    event.detail = json_text(to_json(change));
    turn.events.push_back(event);
    turn.after.last_sequence = event.sequence;
    turn.after.last_at = event.at;
  };
  add({"case-1", CaseChange::What::kOpened, {{"happened", "late"}, {"consent", true}, {"by", "chat"}}});
  add({"case-2", CaseChange::What::kOpened, {{"happened", "lost"}, {"consent", nullptr}}});
  add({"case-1", CaseChange::What::kDue, {{"due", 9'000}, {"event", "found"}}});
  add({"case-1", CaseChange::What::kFollowedUp, Json::object()});
  add({"case-1", CaseChange::What::kClosed, {{"outcome", "recovered"}}});
  add({"case-3", CaseChange::What::kClosed, {{"outcome", "recovered"}}});  // never opened
  REQUIRE(commit(*f.store, turn).ok());

  CHECK(f.reader->conversations_with_cases("", 10).value() == std::vector<std::string>{"sad"});
  CHECK(f.reader->conversations_with_cases("sad", 10)->empty());
  std::vector<RecoveryCase> cases;
  REQUIRE(for_each_with_cases(*f.reader, [&](const ConversationRecord& record, const auto& all) {
            CHECK(record.id == "sad");
            cases = all;
          }).ok());
  REQUIRE(cases.size() == 2);
  CHECK(cases[0].happened == "late");
  CHECK(cases[0].consent == true);
  CHECK(cases[0].due == at(9'000));
  CHECK(cases[0].event == "found");
  CHECK(cases[0].followed_up == turn.events[5].at);
  CHECK(cases[0].closed == turn.events[6].at);
  CHECK(cases[0].outcome == "recovered");
  CHECK_FALSE(cases[1].consent.has_value());
  CHECK_FALSE(cases[1].closed.has_value());
}

TEST_CASE_TEMPLATE("Conversations are paged through in order of their ids", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  for (const char* id : {"c3", "c1", "c2"})
    REQUIRE(commit(*f.store, small_turn(id, 0)).ok());
  CHECK(f.reader->conversations("", 2).value() == std::vector<std::string>{"c1", "c2"});
  CHECK(f.reader->conversations("c2", 2).value() == std::vector<std::string>{"c3"});
  CHECK(f.reader->conversations("c3", 2)->empty());
}

TEST_CASE_TEMPLATE("A closed store has written what was queued, and takes no more", Fixture, SqliteFixture,
                   MemoryFixture) {
  Fixture f;
  std::vector<std::future<Result<Done>>> results;
  for (int i = 0; i < 300; ++i)
    results.push_back(commit_later(*f.store, small_turn("c" + std::to_string(i), 0)));
  f.store->close();
  for (auto& result : results)
    CHECK(result.get().ok());
  CHECK(commit(*f.store, small_turn("late", 0)).error().code == ErrorCode::kUnavailable);
  CHECK(f.reader->conversations("", 1000)->size() == 300);
}

TEST_CASE("Events can't be changed, even by hand") {
  SqliteFixture f;
  REQUIRE(commit(*f.store, small_turn("c1", 0)).ok());
  f.reader.reset();
  f.store.reset();
  const auto connection = sqlite::open((f.folder.path() / "ledger.db").string(), SQLITE_OPEN_READWRITE);
  REQUIRE(connection.ok());
  CHECK_FALSE(sqlite::execute(connection->get(), "UPDATE event SET activity = '{}'", "by hand").ok());
}

TEST_CASE("An event of an unknown kind is damage, not something to guess at") {
  SqliteFixture f;
  REQUIRE(commit(*f.store, small_turn("c1", 0)).ok());
  {
    const auto connection = sqlite::open((f.folder.path() / "ledger.db").string(), SQLITE_OPEN_READWRITE);
    REQUIRE(sqlite::execute(connection->get(),
                            "INSERT INTO event VALUES ('c1', 3, 2000, 'something', NULL, 0, NULL, NULL)",
                            "by hand")
                .ok());
  }
  CHECK(f.reader->events("c1", 0, 10).error().code == ErrorCode::kCorrupt);
}

TEST_CASE("The names of event kinds are known both ways") {
  for (int i = 0; i <= static_cast<int>(EventKind::kHandoff); ++i) {
    const auto kind = static_cast<EventKind>(i);
    CHECK(event_kind(name_of(kind)) == kind);
  }
  CHECK_FALSE(event_kind("something else").has_value());
}

}  // namespace parley
