// THE PROMISE against the real binary: a message that was acknowledged is stored and answered exactly once,
// in order, while the server is killed with SIGKILL at random and started again.
//
// Several clients, each with its own conversations, talk over the native socket; they drop their connections,
// repeat themselves and come back, as people on bad networks do. Now and then a message makes the bot count
// one up in a service file, so that a call that is made twice is found out. The main thread kills the server
// after a random number of further acknowledgements, so a round always has something to lose. At the end
// every client settles, and a checker that trusts nothing of ours compares the log of acknowledgements with
// the ledger; then each conversation is replayed.
//
// One seed decides everything that the test itself decides: PARLEY_SEED repeats a run. PARLEY_LONG=1 makes it
// long.

#include <atomic>
#include <condition_variable>
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <mutex>
#include <random>
#include <set>
#include <sys/wait.h>
#include <thread>

#include "cli/load_bot.h"
#include "engine/replay.h"
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

const std::string kBot = PARLEY_SOURCE_DIR "/tests/e2e/bot";

struct Extent {
  int workers, conversations_each, rounds;
};

Extent extent() {
  const char* set = std::getenv("PARLEY_LONG");
  return set && *set == '1' ? Extent{8, 100, 100} : Extent{4, 60, 6};
}

unsigned seed() {
  const char* set = std::getenv("PARLEY_SEED");
  return set ? static_cast<unsigned>(std::stoul(set)) : std::random_device{}();
}

std::filesystem::path write_settings(const TempFolder& folder) {
  return folder.write("parley.yaml",
                      "listen: 127.0.0.1:0\ndata: data\nbots: {tester: " + kBot +
                          "}\nchannels:\n  webchat: {bot: tester, access: anonymous, origins: [self]}\n"
                          "limits:\n  messages_per_minute_max: 1000000\n"
                          "  messages_per_minute_per_address_max: 1000000\n"
                          "  conversations_per_minute_per_address_max: 1000000\n"
                          "  connections_per_address_max: 10000\n");
}

// Counts acknowledgements for the one who kills, and remembers the ports of the servers to come.
class Campaign {
 public:
  explicit Campaign(std::uint16_t server_port) : port(server_port) {}
  void count(std::size_t acknowledgements) {
    const std::lock_guard lock(mutex_);
    acknowledged_ += acknowledgements;
    changed_.notify_all();
  }
  void wait_for_more(std::size_t more) {
    std::unique_lock lock(mutex_);
    const std::size_t goal = acknowledged_ + more;
    changed_.wait(lock, [&] { return acknowledged_ >= goal || failed_; });
  }
  void fail(const std::string& why) {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    why_ += why + "\n";
    changed_.notify_all();
  }
  std::string failures() {
    const std::lock_guard lock(mutex_);
    return why_;
  }

  const std::uint16_t port;
  std::atomic<bool> over{false};

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t acknowledged_ = 0;
  bool failed_ = false;
  std::string why_;
};

const std::string& text_of(std::mt19937& random) {
  static const std::vector<std::string> kTexts{"pick a colour", "green",  "count one up",   "kies een kleur",
                                               "xyzzy",         "cancel", "show me a card", "red"};
  return kTexts[random() % kTexts.size()];
}

std::size_t acknowledged(const NativeClient& client) {
  return static_cast<std::size_t>(
      std::count_if(client.sent().begin(), client.sent().end(),
                    [](const auto& message) { return !message.activity_id.empty(); }));
}

// What one client does in one go: some messages, perhaps one of them twice, perhaps without waiting for the
// answers.
void speak(NativeClient& client, std::mt19937& random) {
  if (!client.connected() && !client.connect()) return;
  for (unsigned i = 0, count = 1 + random() % 3; i < count; ++i)
    client.send("m" + std::to_string(client.sent().size()), text_of(random));
  if (random() % 4 == 0) client.send_again(random() % client.sent().size());
  if (random() % 8 == 0) return client.drop();
  client.settle();
}

void run_worker(Campaign& campaign, unsigned worker_seed,
                std::vector<std::unique_ptr<NativeClient>>& clients) {
  std::mt19937 random(worker_seed);
  try {
    while (!campaign.over) {
      NativeClient& client = *clients[random() % clients.size()];
      const std::size_t before = acknowledged(client);
      speak(client, random);
      campaign.count(acknowledged(client) - before);
      if (!client.connected()) std::this_thread::yield();
    }
    // The server is up to stay: everybody comes back and hears what was still owed.
    for (const auto& client : clients)
      while (!client->settle())
        if (!client->connected()) client->connect();
  } catch (const std::exception& problem) {
    campaign.fail(problem.what());
  }
}

std::vector<test::Acknowledged> acknowledgement_log(
    const std::vector<std::vector<std::unique_ptr<NativeClient>>>& all) {
  std::vector<test::Acknowledged> log;
  for (const auto& clients : all)
    for (const auto& client : clients)
      for (const auto& message : client->sent())
        if (!message.activity_id.empty())
          log.push_back({client->conversation(), message.client_id, message.sequence});
  return log;
}

// "count one up" was answered with the counter's value; each value may be heard once in the world.
std::size_t distinct_counts(const std::vector<std::vector<std::unique_ptr<NativeClient>>>& all,
                            std::size_t& heard) {
  std::set<std::string> counts;
  heard = 0;
  for (const auto& clients : all)
    for (const auto& client : clients)
      for (const auto& [sequence, activity] : client->received()) {
        const std::string text = activity.value("text", "");
        if (!text.starts_with("The counter stands at ") && !text.starts_with("De teller staat op ")) continue;
        counts.insert(text.substr(text.find_first_of("0123456789")));
        ++heard;
      }
  return counts.size();
}

void check_replay(const std::filesystem::path& ledger, const TempFolder& folder) {
  config::Findings findings;
  const auto bot = cli::make_bot(cli::read_bot(kBot, findings), folder.path() / "data/models");
  REQUIRE(bot);
  auto store = open_sqlite_store({ledger, ""});
  REQUIRE_MESSAGE(store, store.error().message);
  auto reader = (*store)->reader();
  REQUIRE(reader);
  std::size_t replayed = 0;
  for (std::string last;;) {
    const auto page = (*reader)->conversations(last, 100);
    REQUIRE(page);
    if (page->empty()) break;
    for (const std::string& conversation : *page) {
      const auto outcome = replay(**reader, conversation, *bot);
      REQUIRE_MESSAGE(outcome, outcome.error().message);
      CHECK_MESSAGE(outcome->equal(), conversation << ": " << outcome->difference);
      ++replayed;
    }
    last = page->back();
  }
  CHECK(replayed > 0);
  reader->reset();
  (*store)->close();
}

}  // namespace

TEST_CASE(
    "a message that was acknowledged is stored and answered exactly once, however often the server is "
    "killed") {
  const Extent extent_of_test = extent();
  const unsigned the_seed = seed();
  INFO("repeat with PARLEY_SEED=" << the_seed);
  std::mt19937 random(the_seed);
  const TempFolder folder;
  const auto settings = write_settings(folder);
  auto server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings);
  Campaign campaign(server->port());

  std::vector<std::vector<std::unique_ptr<NativeClient>>> clients(
      static_cast<std::size_t>(extent_of_test.workers));
  std::vector<std::thread> workers;
  for (auto& own : clients) {
    for (int i = 0; i < extent_of_test.conversations_each; ++i)
      own.push_back(std::make_unique<NativeClient>(campaign.port, "webchat"));
    workers.emplace_back(run_worker, std::ref(campaign), random(), std::ref(own));
  }
  for (int round = 0; round < extent_of_test.rounds; ++round) {
    campaign.wait_for_more(20 + random() % 200);
    CHECK(WIFSIGNALED(server->end(SIGKILL)));
    server = std::make_unique<ServerProcess>(PARLEY_BINARY, settings, campaign.port);
  }
  campaign.over = true;
  for (std::thread& worker : workers)
    worker.join();
  REQUIRE_MESSAGE(campaign.failures().empty(), campaign.failures());
  CHECK(server->end(SIGTERM) == 0);

  const auto ledger = folder.path() / "data/ledger.db";
  const auto log = acknowledgement_log(clients);
  const auto report = test::check_ledger(ledger, log, {.logged_in_order = false});
  for (const std::string& violation : report.violations)
    CHECK_MESSAGE(false, violation);
  CHECK(report.acknowledged == log.size());
  CHECK(report.calls > 0);
  std::size_t heard = 0;
  CHECK(distinct_counts(clients, heard) == heard);
  MESSAGE(report.conversations << " conversations, " << log.size() << " acknowledged messages, "
                               << report.calls << " calls, " << extent_of_test.rounds << " kills");
  check_replay(ledger, folder);
}
