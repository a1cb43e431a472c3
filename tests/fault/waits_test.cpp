// Waits, no-answer times and events from outside against the real binary: the server is killed with SIGKILL
// while flows wait, its timers fall due while it is down, and it is started again.
//
// Nothing sleeps: the timers are an hour away, and the ledger's are set an hour back while no server runs.
#include <array>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <csignal>
#include <doctest/doctest.h>
#include <sys/wait.h>

#include "cli/load_bot.h"
#include "engine/replay.h"
#include "engine/sqlite.h"
#include "engine/storage/recovery_cases.h"
#include "engine/storage/store.h"
#include "tests/support/ledger_checker.h"
#include "tests/support/native_client.h"
#include "tests/support/server_process.h"
#include "tests/support/temp_folder.h"

namespace {

using namespace parley;
using parley::test::NativeClient;
using parley::test::ServerProcess;
using parley::test::TempFolder;

constexpr const char* kSecret = "a secret that is known to this test only";

constexpr const char* kIntents = R"yaml(intent: remind
en: [remind me, remind me please, give me a reminder, send a reminder]
---
intent: ask
en: [book a room, I want to book a room, room booking, reserve a meeting room]
---
intent: watch
en: [watch the stock, tell me when it is back, look out for it, stock watch]
---
intent: none
en: [the moon is made of cheese, who won the match]
)yaml";

constexpr const char* kFlows = R"yaml(flow: remind
title: Remind
when: remind
steps:
  - say: I will remind you.
  - name: pause
    wait: {for: 1h}
  - say: Here is your reminder.
---
flow: ask
title: Book a room
when: ask
slots:
  size: {type: int, ask: For how many?, silence: {after: 1h, say: The rooms are going fast.}}
steps:
  - collect: [size]
  - say: Booked for {size}.
---
flow: watch
title: Watch
when: watch
steps:
  - say: I look out for it.
  - name: waiting
    wait: {event: back, for: 30d}
    as: news
  - say: "It is back: {news.thing}."
)yaml";

struct World {
  TempFolder folder;
  std::filesystem::path settings;

  World() {
    folder.write("bot/bot.yaml", "bot: waiter\nlanguages: [en]\n");
    folder.write("bot/intents/all.yaml", kIntents);
    folder.write("bot/flows/all.yaml", kFlows);
    folder.write("events.secret", kSecret);
    settings = folder.write("parley.yaml",
                            "listen: 127.0.0.1:0\ndata: data\nbots: {waiter: bot}\n"
                            "channels:\n  webchat: {bot: waiter, access: anonymous, origins: [self]}\n"
                            "events: {secret_file: events.secret}\n");
  }
  std::filesystem::path ledger() const { return folder.path() / "data/ledger.db"; }
};

std::string post_event(std::uint16_t port, const nlohmann::json& event) {
  namespace asio = boost::asio;
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect({asio::ip::address_v4::loopback(), port});
  const std::string body = event.dump();
  asio::write(socket, asio::buffer("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                   "Authorization: Bearer " +
                                   std::string(kSecret) +
                                   "\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body));
  std::string answer;
  boost::system::error_code end;
  asio::read(socket, asio::dynamic_buffer(answer), end);
  return answer;
}

std::size_t heard(const NativeClient& client, const std::string& text) {
  return static_cast<std::size_t>(
      std::count_if(client.received().begin(), client.received().end(),
                    [&](const auto& item) { return item.second.value("text", "") == text; }));
}

void hear(NativeClient& client, const std::string& text) {
  while (heard(client, text) == 0)
    REQUIRE(client.read());
}

void set_timers_back(const std::filesystem::path& ledger) {
  const auto connection = sqlite::open(ledger.string(), SQLITE_OPEN_READWRITE);
  REQUIRE(connection);
  REQUIRE(sqlite::execute(connection->get(), "UPDATE timer SET due = due - 3600000", "set the timers back"));
}

void check_replays(const World& world) {
  config::Findings findings;
  const auto bot = cli::make_bot(cli::read_bot(world.folder.path() / "bot", findings),
                                 world.folder.path() / "data/models");
  REQUIRE(bot);
  const auto reader = open_sqlite_reader(world.ledger());
  REQUIRE(reader);
  const auto conversations = (*reader)->conversations("", 100);
  REQUIRE(conversations);
  for (const std::string& conversation : *conversations) {
    const auto outcome = replay(**reader, conversation, *bot);
    REQUIRE_MESSAGE(outcome, outcome.error().message);
    CHECK_MESSAGE(outcome->equal(), conversation << ": " << outcome->difference);
  }
}

}  // namespace

TEST_CASE(
    "waits and no-answer times that fall due while the server is killed happen once at its next start") {
  const World world;
  auto server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings);
  const std::uint16_t port = server->port();
  NativeClient reminded(port, "webchat"), silent(port, "webchat");
  for (NativeClient* client : {&reminded, &silent})
    REQUIRE(client->connect());
  REQUIRE(reminded.send("r1", "remind me please"));
  REQUIRE(silent.send("s1", "I want to book a room"));
  REQUIRE(reminded.settle());
  REQUIRE(silent.settle());

  CHECK(WIFSIGNALED(server->end(SIGKILL)));
  set_timers_back(world.ledger());
  server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings, port);
  for (NativeClient* client : {&reminded, &silent})
    REQUIRE(client->connect());
  hear(reminded, "Here is your reminder.");
  hear(silent, "The rooms are going fast.");

  CHECK(WIFSIGNALED(server->end(SIGKILL)));
  server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings, port);
  for (NativeClient* client : {&reminded, &silent}) {
    REQUIRE(client->connect());
    REQUIRE(client->send("last", "thanks"));
    REQUIRE(client->settle());
  }
  CHECK(heard(reminded, "Here is your reminder.") == 1);
  CHECK(heard(silent, "The rooms are going fast.") == 1);
  CHECK(heard(silent, "For how many?") >= 2);
  CHECK(server->end(SIGTERM) == 0);
  for (const std::string& violation : test::check_ledger(world.ledger(), {}).violations)
    CHECK_MESSAGE(false, violation);
  check_replays(world);
}

TEST_CASE("an event that is posted again after the server was killed acts once") {
  const World world;
  auto server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings);
  const std::uint16_t port = server->port();
  NativeClient client(port, "webchat");
  REQUIRE(client.connect());
  REQUIRE(client.send("w1", "tell me when it is back"));
  REQUIRE(client.settle());
  const nlohmann::json event{{"id", "e1"},
                             {"name", "back"},
                             {"value", {{"thing", "tent"}}},
                             {"conversation", client.conversation()}};

  CHECK(WIFSIGNALED(server->end(SIGKILL)));
  server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings, port);
  CHECK(post_event(port, event).find("\"repeat\":false") != std::string::npos);
  CHECK(WIFSIGNALED(server->end(SIGKILL)));
  server = std::make_unique<ServerProcess>(PARLEY_BINARY, world.settings, port);
  CHECK(post_event(port, event).find("\"repeat\":true") != std::string::npos);

  REQUIRE(client.connect());
  hear(client, "It is back: tent.");
  REQUIRE(client.send("w2", "thanks"));
  REQUIRE(client.settle());
  CHECK(heard(client, "It is back: tent.") == 1);
  CHECK(server->end(SIGTERM) == 0);
  check_replays(world);
}

TEST_CASE(
    "a customer of the web shop hears after a restart that the item is back, and the case keeps what they "
    "say") {
  const TempFolder folder;
  std::filesystem::copy(PARLEY_SOURCE_DIR "/bots/webshop", folder.path() / "shop",
                        std::filesystem::copy_options::recursive);
  // The clock of this test is the real one: there must be no quiet hours by it.
  folder.write("shop/bot.yaml", test::read_file(folder.path() / "shop/bot.yaml") + "quiet_hours: none\n");
  folder.write("events.secret", kSecret);
  const auto settings =
      folder.write("parley.yaml",
                   "listen: 127.0.0.1:0\ndata: data\nbots: {webshop: shop}\n"
                   "channels:\n  webchat: {bot: webshop, access: anonymous, origins: [self]}\n"
                   "events: {secret_file: events.secret}\n");
  auto server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings);
  const std::uint16_t port = server->port();
  NativeClient client(port, "webchat");
  REQUIRE(client.connect());
  int sent = 0;
  for (const char* text : {"is the trekking poles available", "yes", "here in the chat"}) {
    REQUIRE(client.send("m" + std::to_string(++sent), text));
    REQUIRE(client.settle());
  }
  hear(client, "I'll tell you here, for at most 60 days. Say \"cancel\" when you don't need it any more.");

  CHECK(WIFSIGNALED(server->end(SIGKILL)));
  server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings, port);
  const nlohmann::json event{{"id", "poles-are-back"},
                             {"name", "item_back_in_stock"},
                             {"value", {{"product", "poles"}}},
                             {"conversation", client.conversation()}};
  CHECK(post_event(port, event).find("\"repeat\":false") != std::string::npos);
  REQUIRE(client.connect());
  hear(client, "Good news! The Ridge trekking poles is back in stock.");
  REQUIRE(client.send("last", "yes please"));
  REQUIRE(client.settle());
  CHECK(server->end(SIGTERM) == 0);

  const auto reader = open_sqlite_reader(folder.path() / "data/ledger.db");
  REQUIRE(reader);
  std::vector<RecoveryCase> cases;
  REQUIRE(for_each_with_cases(**reader, [&](const ConversationRecord&, const std::vector<RecoveryCase>& all) {
    cases.insert(cases.end(), all.begin(), all.end());
  }));
  REQUIRE(cases.size() == 1);
  CHECK(cases[0].happened == "out_of_stock");
  CHECK(cases[0].by == "chat");
  CHECK(cases[0].consent == true);
  CHECK(cases[0].event == "item_back_in_stock");
  REQUIRE(cases[0].followed_up);
  REQUIRE(cases[0].closed);
  CHECK(*cases[0].followed_up < *cases[0].closed);
  CHECK(cases[0].outcome == "recovered");
  for (const std::string& violation : test::check_ledger(folder.path() / "data/ledger.db", {}).violations)
    CHECK_MESSAGE(false, violation);
}
