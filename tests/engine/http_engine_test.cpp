// HTTP services under the real engine: what waits for what, and what survives a stop.
#include <doctest/doctest.h>
#include <thread>

#include "engine/services/call_meter.h"
#include "tests/engine/engine_server.h"
#include "tests/engine/http_bot.h"

namespace parley {
namespace {

using test::answer;
using test::ScriptedAnswer;
using test::ScriptedServer;
using test::SeenRequest;

// The answering bot, whose counter is somewhere else.
BotPtr make_counting_bot(const std::filesystem::path& folder, const std::string& origin) {
  auto bot = std::make_shared<Bot>(*test::make_answering_bot(folder));
  const test::TempFolder files;
  files.write("services.yaml",
              "service: counter\nhttp: " + origin +
                  "\nprivate: true\noperations:\n"
                  "  add: {with: {amount: int}, post: /add, returns: {value: int}, timeout: 60s}\n");
  config::Findings findings;
  bot->services = read_services(files.path(), findings);
  REQUIRE(findings.all().empty());
  return bot;
}

struct HttpEngine {
  test::TempFolder folder;
  test::ManualClock clock{test::kStart};
  std::string origin;
  std::unique_ptr<Store> store;
  std::unique_ptr<Engine> engine;

  explicit HttpEngine(std::string at) : origin(std::move(at)) { start(); }

  void start(std::shared_ptr<ServiceExecutor> services = nullptr) {
    auto opened = open_sqlite_store({folder.path() / "ledger.db", ""});
    REQUIRE_MESSAGE(opened.ok(), opened.error().message);
    store = std::move(*opened);
    const BotPtr bot = make_counting_bot(folder.path(), origin);
    engine = std::make_unique<Engine>(EngineOptions{1, folder.path(), {{"test", bot}}, std::move(services)},
                                      *store, clock);
  }
  void stop() {
    engine.reset();
    store.reset();
  }
};

std::string value(int number) {
  return "{\"value\": " + std::to_string(number) + "}";
}

// Answers with how many requests there have been; the first answer is held back.
ScriptedServer::Script count_and_hold_the_first() {
  return [requests = 0](const SeenRequest&) mutable {
    ScriptedAnswer said = answer(200, value(++requests));
    said.hold = requests == 1;
    return said;
  };
}

}  // namespace

TEST_CASE("A reply that does not come holds up neither another conversation nor another call") {
  ScriptedServer server(count_and_hold_the_first());
  HttpEngine e(server.origin());
  for (const char* id : {"stalled", "talking", "counting"})
    REQUIRE(test::open(*e.engine, id).ok());
  const auto stalled = test::attach(*e.engine, "stalled");
  const auto talking = test::attach(*e.engine, "talking");
  const auto counting = test::attach(*e.engine, "counting");
  REQUIRE(test::say(*e.engine, "stalled", "count").ok());
  REQUIRE(server.wait_for(1).size() == 1);

  REQUIRE(test::say(*e.engine, "talking", "hello").ok());
  CHECK(test::replies(talking->wait_for(3)).back() == "answer 1: hello");
  REQUIRE(test::say(*e.engine, "counting", "count").ok());
  CHECK(test::replies(counting->wait_for(3)).back() == "count {\"value\":2}");
  CHECK(test::replies(stalled->wait_for(2)) == std::vector<std::string>{"welcome"});

  server.release();
  CHECK(test::replies(stalled->wait_for(3)).back() == "count {\"value\":1}");
  e.stop();
}

TEST_CASE("A stop lets a request that is under way finish, and stores its outcome") {
  ScriptedServer server([](const SeenRequest&) {
    ScriptedAnswer said = answer(200, value(1));
    said.hold = true;
    return said;
  });
  HttpEngine e(server.origin());
  REQUIRE(test::open(*e.engine, "c").ok());
  REQUIRE(test::say(*e.engine, "c", "count").ok());
  REQUIRE(server.wait_for(1).size() == 1);
  std::thread stopping([&e] { e.stop(); });
  server.release();
  stopping.join();
  e.start();
  const auto history = test::read(*e.engine, "c");
  REQUIRE(history.ok());
  CHECK(test::replies(history->activities).back() == "count {\"value\":1}");
  CHECK(server.seen().size() == 1);
  e.stop();
}

TEST_CASE("A request that a stop cuts short is made again after the start, with the same key") {
  ScriptedServer server(count_and_hold_the_first());
  HttpEngine e(server.origin());
  e.stop();
  e.start(std::make_shared<HttpServices>(e.clock, std::chrono::milliseconds(0)));
  REQUIRE(test::open(*e.engine, "c").ok());
  REQUIRE(test::say(*e.engine, "c", "count").ok());
  REQUIRE(server.wait_for(1).size() == 1);
  e.stop();
  e.start();
  const auto outbox = test::attach(*e.engine, "c");
  CHECK(test::replies(outbox->wait_for(3)).back() == "count {\"value\":2}");
  const auto seen = server.seen();
  REQUIRE(seen.size() == 2);
  CHECK(seen[0].headers.at("idempotency-key") == seen[1].headers.at("idempotency-key"));
  CHECK(seen[0].body == seen[1].body);
  e.stop();
}

TEST_CASE("Calls are counted and timed by service, operation and outcome") {
  int status = 200;
  ScriptedServer server([&status](const SeenRequest&) { return answer(status, value(1)); });
  HttpEngine e(server.origin());
  REQUIRE(test::open(*e.engine, "c").ok());
  const auto outbox = test::attach(*e.engine, "c");
  CHECK(e.engine->call_figures().empty());
  std::size_t activities = 1;
  for (const int next : {200, 200, 404}) {
    status = next;
    REQUIRE(test::say(*e.engine, "c", "count").ok());
    outbox->wait_for(activities += 2);
  }
  const auto figures = e.engine->call_figures();
  REQUIRE(figures.size() == 2);
  for (const CallFigure& figure : figures) {
    CHECK(figure.bot == "tester");
    CHECK(figure.service == "counter");
    CHECK(figure.operation == "add");
    CHECK(figure.count == (figure.outcome == "ok" ? 2 : 1));
    std::uint64_t in_buckets = 0;
    for (const std::uint64_t bucket : figure.buckets)
      in_buckets += bucket;
    CHECK(in_buckets == figure.count);
  }
  CHECK(figures[1].outcome == "rejected");
  e.stop();
}

}  // namespace parley
