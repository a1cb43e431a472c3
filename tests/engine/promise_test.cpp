// THE PROMISE: a message we acknowledged is stored and answered exactly once, in order, across kill -9,
// restart and a client's repeats.
//
// Many conversations, one client each. A client sends its next message when the one before is acknowledged,
// and sends again, with the same id, whatever was not acknowledged when the server died; now and then it
// repeats an acknowledged one as well. The server is killed at random moments from outside, or kills itself
// between a commit and its answer. At the end the checker compares the ledger with what clients were told,
// every conversation is replayed, and the counter that the bot's service keeps must stand at the number of
// calls.
//
// PARLEY_PROMISE_ROUNDS sets the number of rounds (default: a few seconds' worth), PARLEY_SEED the seed.
#include <csignal>
#include <cstdlib>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <poll.h>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "engine/replay.h"
#include "engine/sqlite.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"
#include "tests/support/ledger_checker.h"
#include "tests/support/temp_folder.h"

namespace parley {
namespace {

std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* set = std::getenv(name);
  return set ? std::stoull(set) : otherwise;
}

// The server as a process of its own, with its standard input and output in our hands.
class Process {
 public:
  Process(const std::filesystem::path& folder, std::uint64_t seed) {
    int to[2], from[2];
    REQUIRE(::pipe2(to, O_CLOEXEC) == 0);
    REQUIRE(::pipe2(from, O_CLOEXEC) == 0);
    const std::string home = folder.string(), number = std::to_string(seed);
    pid_ = ::fork();
    REQUIRE(pid_ >= 0);
    if (pid_ == 0) {
      ::dup2(to[0], STDIN_FILENO);
      ::dup2(from[1], STDOUT_FILENO);
      ::execl("/proc/self/exe", "test_engine", "--serve", home.c_str(), number.c_str(), nullptr);
      ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    input_ = to[1];
    output_ = from[0];
  }
  ~Process() { wait(); }
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // A server that died takes nothing more; that shows when it is read from.
  void send(const Json& line) {
    const std::string text = line.dump() + "\n";
    (void)!::write(input_, text.data(), text.size());
  }

  /// What it says within the time; nullopt when it has died. Null when it said nothing.
  std::optional<Json> next(int milliseconds) {
    for (;;) {
      const std::size_t end = said_.find('\n');
      if (end != std::string::npos) {
        const Json line = Json::parse(said_.substr(0, end), nullptr, false);
        said_.erase(0, end + 1);
        return line;
      }
      pollfd wait_for{output_, POLLIN, 0};
      if (::poll(&wait_for, 1, milliseconds) == 0) return Json();
      char buffer[65536];
      const ssize_t got = ::read(output_, buffer, sizeof buffer);
      if (got <= 0) return std::nullopt;
      said_.append(buffer, static_cast<std::size_t>(got));
    }
  }

  void kill() { ::kill(pid_, SIGKILL); }

  /// Ends its input and waits for its end; its exit status.
  int wait() {
    if (pid_ <= 0) return status_;
    ::close(input_);
    ::waitpid(pid_, &status_, 0);
    ::close(output_);
    pid_ = 0;
    return status_;
  }

 private:
  pid_t pid_ = 0;
  int input_ = -1;
  int output_ = -1;
  int status_ = 0;
  std::string said_;
};

struct Client {
  std::string conversation;
  bool opened = false;
  int number = 0;        // of the message that is under way
  bool waiting = false;  // it has been sent to the server that runs now
  bool acknowledged = true;
  std::string text;
};

// All clients of the test, and the log of what they were told.
class Crowd {
 public:
  Crowd(std::size_t size, std::uint64_t seed) : random_(seed) {
    for (std::size_t i = 0; i < size; ++i)
      clients_["c" + std::to_string(i)].conversation = "c" + std::to_string(i);
  }

  // A server has started: nobody knows what the one before took.
  void begin_round() {
    for (auto& [id, client] : clients_)
      client.waiting = false;
  }

  // Each client that waits for nothing sends something.
  void send(Process& server) {
    for (auto& [id, client] : clients_) {
      if (client.waiting) continue;
      if (!client.opened) {
        server.send({{"conversation", id}});
      } else {
        if (client.acknowledged) next_message(client);
        server.send(message(client));
      }
      client.waiting = true;
    }
  }

  // A last message of everybody, which waits for the calls that are pending.
  void say_goodbye() {
    for (auto& [id, client] : clients_) {
      ++client.number;
      client.text = "goodbye";
      client.acknowledged = false;
    }
  }

  // Sends nothing new; false once everybody has been answered.
  bool send_unanswered(Process& server) {
    bool any = false;
    for (auto& [id, client] : clients_) {
      if (client.opened && client.acknowledged) continue;
      any = true;
      if (client.waiting) continue;
      server.send(client.opened ? message(client) : Json{{"conversation", id}});
      client.waiting = true;
    }
    return any;
  }

  void hear(const Json& line) {
    if (!line.contains("conversation")) return;
    Client& client = clients_.at(line["conversation"].get<std::string>());
    client.waiting = false;
    if (line.contains("error")) return;  // it is sent again
    if (!line.contains("client_id")) {
      client.opened = true;
      return;
    }
    log_.push_back({client.conversation, line["client_id"], line["sequence"]});
    if (line["client_id"] == client_id(client)) client.acknowledged = true;
  }

  const std::vector<test::Acknowledged>& log() const { return log_; }

 private:
  static std::string client_id(const Client& client) { return "m" + std::to_string(client.number); }
  static Json message(const Client& client) {
    return {{"conversation", client.conversation}, {"client_id", client_id(client)}, {"text", client.text}};
  }

  // Some messages make a service call; some are an acknowledged one once more.
  void next_message(Client& client) {
    client.acknowledged = false;
    if (client.number > 0 && random_() % 10 == 0) return;
    ++client.number;
    client.text = random_() % 4 == 0 ? "count" : "hello " + std::to_string(random_() % 1000);
  }

  std::map<std::string, Client> clients_;
  std::mt19937_64 random_;
  std::vector<test::Acknowledged> log_;
};

void start(Process& server, Crowd& crowd) {
  const auto ready = server.next(60'000);
  REQUIRE(ready.has_value());
  REQUIRE(ready->contains("ready"));
  crowd.begin_round();
}

// False once the server is dead.
bool hear_one(Process& server, Crowd& crowd) {
  const auto line = server.next(60'000);
  if (!line) return false;
  REQUIRE_FALSE_MESSAGE(line->is_null(), "the server fell silent");
  crowd.hear(*line);
  return true;
}

// One life of the server, ended by a kill from outside or by its own hand.
void run_deadly_round(const std::filesystem::path& folder, Crowd& crowd, std::mt19937_64& random) {
  Process server(folder, random() % 2 == 0 ? random() | 1 : 0);
  start(server, crowd);
  std::size_t answers_left = 50 + random() % 600;
  do {
    crowd.send(server);
    if (--answers_left == 0) server.kill();
  } while (hear_one(server, crowd));
}

// The last life: everybody gets what is missing, and a goodbye, and the server ends in peace.
void run_last_round(const std::filesystem::path& folder, Crowd& crowd) {
  Process server(folder, 0);
  start(server, crowd);
  while (crowd.send_unanswered(server))
    REQUIRE(hear_one(server, crowd));
  crowd.say_goodbye();
  while (crowd.send_unanswered(server))
    REQUIRE(hear_one(server, crowd));
  CHECK(server.wait() == 0);
}

std::int64_t counter(const std::filesystem::path& folder) {
  const auto connection = sqlite::open((folder / "tester" / "counter.db").string(), SQLITE_OPEN_READONLY);
  REQUIRE(connection.ok());
  auto select = sqlite::Statement::prepare(connection->get(), "SELECT value FROM counter");
  REQUIRE(select->step() == SQLITE_ROW);
  return select->integer(0);
}

void check_replays(const std::filesystem::path& folder) {
  const auto store = open_sqlite_store({folder / "ledger.db", ""});
  REQUIRE(store.ok());
  const auto reader = (*store)->reader();
  const BotPtr bot = test::make_answering_bot(folder);
  const auto ids = (*reader)->conversations("", 10'000);
  for (const std::string& id : *ids) {
    const auto outcome = replay(**reader, id, bot);
    REQUIRE_MESSAGE(outcome.ok(), outcome.error().message);
    CHECK_MESSAGE(outcome->equal(), id << ": " << outcome->difference);
  }
}

}  // namespace

TEST_CASE(
    "What was acknowledged is stored and answered exactly once, in order, however often the server is "
    "killed") {
  const std::uint64_t seed = from_environment("PARLEY_SEED", std::random_device()());
  const std::uint64_t rounds = from_environment("PARLEY_PROMISE_ROUNDS", 12);
  std::cout << "the promise test runs with PARLEY_SEED=" << seed << "\n";
  std::signal(SIGPIPE, SIG_IGN);
  const test::TempFolder folder;
  std::mt19937_64 random(seed);
  Crowd crowd(150, seed);
  for (std::uint64_t round = 0; round < rounds; ++round)
    run_deadly_round(folder.path(), crowd, random);
  run_last_round(folder.path(), crowd);

  const auto report = test::check_ledger(folder.path() / "ledger.db", crowd.log());
  for (const std::string& violation : report.violations)
    MESSAGE(violation);
  CHECK(report.ok());
  CHECK(report.conversations == 150);
  CHECK(report.acknowledged > rounds * 50);
  CHECK(report.calls > 0);
  check_replays(folder.path());
  CHECK(counter(folder.path()) == static_cast<std::int64_t>(report.calls));
}

}  // namespace parley
