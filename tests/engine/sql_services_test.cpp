#include "engine/services/sql_services.h"

#include <atomic>
#include <doctest/doctest.h>
#include <future>

#include "config/diagnostic.h"
#include "engine/limits.h"
#include "engine/services/catalog_reader.h"
#include "engine/sqlite.h"
#include "tests/support/engine_client.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

constexpr auto kSeed = R"(
CREATE TABLE leave (employee TEXT PRIMARY KEY, days INTEGER CHECK (days >= 0), half REAL, manager INTEGER,
                    since TEXT, note TEXT);
INSERT INTO leave VALUES ('e1', 12, 0.5, 1, '2020-03-01', NULL), ('e2', 3, 0, 0, '2024-11-30', 'new');
CREATE TABLE numbers (n INTEGER);
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 500) INSERT INTO numbers SELECT n FROM c;
)";

constexpr auto kServices = R"(service: hr
sqlite: hr.db
seed: seed.sql
operations:
  balance:
    with: {employee: text}
    sql: SELECT days, half, manager, since, note FROM leave WHERE employee = :employee
    returns: {days: int, half: number, manager: bool, since: date, note: text}
  all:
    sql: SELECT employee FROM leave ORDER BY employee
    returns: {employee: text}
    rows: many
  numbers:
    sql: SELECT n FROM numbers
    returns: {n: int}
    rows: many
  take:
    with: {employee: text, count: int}
    sql: UPDATE leave SET days = days - :count WHERE employee = :employee
    rows: none
  take_and_show:
    with: {employee: text, count: int}
    sql:
      - UPDATE leave SET days = days - :count WHERE employee = :employee
      - SELECT days FROM leave WHERE employee = :employee
    returns: {days: int}
  take_twice:
    with: {employee: text, count: int}
    sql:
      - UPDATE leave SET days = days - :count WHERE employee = :employee
      - UPDATE leave SET days = days - :count WHERE employee = :employee
    rows: none
  for_ever:
    sql: WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT count(*) AS n FROM c
    returns: {n: int}
    timeout: 50ms
)";

struct Services {
  test::TempFolder folder;
  std::shared_ptr<Bot> bot = std::make_shared<Bot>();
  std::unique_ptr<SqlServices> services;
  int calls = 0;

  Services() {
    folder.write("seed.sql", kSeed);
    folder.write("services.yaml", kServices);
    config::Findings findings;
    bot->services = read_services(folder.path(), findings);
    for (const auto& finding : findings.all())
      MESSAGE(config::to_text(finding));
    REQUIRE(findings.all().empty());
    bot->manifest.name = "helpdesk";
    start();
  }
  void start() { services = std::make_unique<SqlServices>(folder.path()); }

  CallOutcome call(const std::string& operation, Json arguments = Json::object(), std::string key = "") {
    if (key.empty()) key = "key-" + std::to_string(++calls);
    std::promise<CallOutcome> promise;
    services->execute({bot, {"call-1", "hr", operation, std::move(arguments)}, key},
                      [&promise](CallOutcome outcome) { promise.set_value(std::move(outcome)); });
    return promise.get_future().get();
  }
  std::filesystem::path file() const { return folder.path() / "helpdesk" / "hr.db"; }
};

}  // namespace

TEST_CASE("A call's result has the declared shape and types") {
  Services s;
  const CallOutcome one = s.call("balance", {{"employee", "e1"}});
  CHECK(one.ok);
  CHECK(one.call_id == "call-1");
  CHECK(one.value ==
        Json{{"days", 12}, {"half", 0.5}, {"manager", true}, {"since", "2020-03-01"}, {"note", nullptr}});
  CHECK(s.call("balance", {{"employee", "nobody"}}).value == nullptr);
  CHECK(s.call("all").value == Json::array({{{"employee", "e1"}}, {{"employee", "e2"}}}));
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}).value == 1);
  CHECK(s.call("take", {{"employee", "nobody"}, {"count", 1}}).value == 0);
  CHECK(s.call("take_and_show", {{"employee", "e1"}, {"count", 2}}).value == Json{{"days", 9}});
}

TEST_CASE("A call changes the file, and the change is still there after a restart") {
  Services s;
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 2}}).ok);
  s.start();
  CHECK(s.call("balance", {{"employee", "e1"}}).value["days"] == 10);
}

TEST_CASE("A call that is made again with its key takes effect once and gives the same result") {
  Services s;
  const CallOutcome first = s.call("take_and_show", {{"employee", "e1"}, {"count", 2}}, "the key");
  s.start();
  const CallOutcome again = s.call("take_and_show", {{"employee", "e1"}, {"count", 2}}, "the key");
  CHECK(again.ok);
  CHECK(again.value == first.value);
  CHECK(s.call("balance", {{"employee", "e1"}}).value["days"] == 10);
}

TEST_CASE(
    "A call that breaks a constraint is rejected and changes nothing, not even by its first statement") {
  Services s;
  const CallOutcome rejected = s.call("take_twice", {{"employee", "e2"}, {"count", 2}}, "the key");
  CHECK_FALSE(rejected.ok);
  CHECK(rejected.failure == "rejected");
  CHECK(s.call("balance", {{"employee", "e2"}}).value["days"] == 3);
  CHECK(
      s.call("take_twice", {{"employee", "e1"}, {"count", 2}}, "the key").ok);  // a failure is not remembered
}

TEST_CASE("A call that takes too long is cut off in time") {
  Services s;
  const CallOutcome late = s.call("for_ever");
  CHECK_FALSE(late.ok);
  CHECK(late.failure == "timeout");
  CHECK(s.call("all").ok);
}

TEST_CASE("Arguments that are missing or of another type are invalid, and text is never SQL") {
  Services s;
  CHECK(s.call("balance").failure == "invalid");
  CHECK(s.call("balance", {{"employee", 7}}).failure == "invalid");
  CHECK(s.call("take", {{"employee", "e1"}, {"count", "2"}}).failure == "invalid");
  CHECK(s.call("no_such_operation").failure == "invalid");
  CHECK(s.call("balance", {{"employee", "e1'; DROP TABLE leave; --"}}).value == nullptr);
  CHECK(s.call("balance", {{"employee", nullptr}}).value == nullptr);
  CHECK(s.call("all").value.size() == 2);
}

TEST_CASE("No more rows are read than the limit says") {
  Services s;
  CHECK(s.call("numbers").value.size() == limits::kServiceRowsMax);
}

TEST_CASE("A file that a crash left half made is made anew, and one that is there is kept") {
  Services s;
  s.folder.write("helpdesk/hr.db.new", "half of");
  CHECK(s.call("all").ok);
  CHECK_FALSE(std::filesystem::exists(s.file().string() + ".new"));
}

TEST_CASE("A damaged file or a missing seed makes the service unavailable until it is mended") {
  Services s;
  const auto seed = s.folder.path() / "seed.sql";
  std::filesystem::rename(seed, seed.string() + ".away");
  CHECK(s.call("all").failure == "unavailable");
  CHECK_FALSE(std::filesystem::exists(s.file()));
  s.folder.write("helpdesk/hr.db", std::string(5000, 'x'));
  CHECK(s.call("all").failure == "unavailable");
  std::filesystem::remove(s.file());
  std::filesystem::rename(seed.string() + ".away", seed);
  CHECK(s.call("all").ok);
}

TEST_CASE("Another process that holds the file makes a call wait, but no longer than its time") {
  Services s;
  REQUIRE(s.call("all").ok);
  const auto other = sqlite::open(s.file().string(), SQLITE_OPEN_READWRITE);
  REQUIRE(sqlite::execute(other->get(), "BEGIN EXCLUSIVE", "hold").ok());
  s.bot->services.services.at("hr").operations.at("take").timeout = std::chrono::milliseconds(50);
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}).failure == "timeout");
  REQUIRE(sqlite::execute(other->get(), "COMMIT", "let go").ok());
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}).ok);
}

TEST_CASE("Stopping interrupts what runs, and calls back no more") {
  Services s;
  s.bot->services.services.at("hr").operations.at("for_ever").timeout = std::chrono::minutes(10);
  s.services->execute({s.bot, {"call-1", "hr", "for_ever", Json::object()}, "key"},
                      [](CallOutcome) { FAIL("it was called back after the stop"); });
  s.services->stop();
  s.services->execute({s.bot, {"call-2", "hr", "all", Json::object()}, "key"},
                      [](CallOutcome) { FAIL("it was taken after the stop"); });
}

TEST_CASE("Keys of calls are forgotten after their time, not before") {
  Services s;
  for (const char* key : {"old", "young"})
    CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}, key).ok);
  {
    const auto other = sqlite::open(s.file().string(), SQLITE_OPEN_READWRITE);
    const std::string age = std::to_string(std::chrono::seconds(limits::kServiceCallsKept).count() + 60);
    const std::string sql = "UPDATE parley_calls SET at = at - " + age + " WHERE key = 'old'";
    REQUIRE(sqlite::execute(other->get(), sql, "age").ok());
  }
  s.start();
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}, "young").ok);
  CHECK(s.call("balance", {{"employee", "e1"}}).value["days"] == 10);
  CHECK(s.call("take", {{"employee", "e1"}, {"count", 1}}, "old").ok);
  CHECK(s.call("balance", {{"employee", "e1"}}).value["days"] == 9);
}

TEST_CASE("A service with too many calls waiting is unavailable instead of growing") {
  Services s;
  s.bot->services.services.at("hr").operations.at("for_ever").timeout = std::chrono::seconds(2);
  std::atomic<std::size_t> refused{0}, ended{0};
  const std::size_t all = limits::kServiceQueueMax + 10;
  for (std::size_t i = 0; i < all; ++i)
    s.services->execute(
        {s.bot, {"call", "hr", i == 0 ? "for_ever" : "all", Json::object()}, std::to_string(i)},
        [&](CallOutcome outcome) { ++(outcome.failure == "unavailable" ? refused : ended); });
  CHECK(refused >= 9);
  s.services->stop();
}

}  // namespace parley
