// The server of the promise test: a real engine over a real ledger, driven through pipes, ready to be killed.
//
// Standard input takes one JSON object a line, {"conversation","client_id","text"}; without a text the
// conversation is opened. Standard output gives one a line: {"conversation","client_id","sequence"} for a
// receipt, with "repeat", or "error" when it was refused. The first line is {"ready":true}. The end of the
// input drains the engine.
//
// With a seed other than 0 the process kills itself at a commit that the seed chooses: after the disk has it
// and before anybody hears of it, which is the moment at which answers get lost or doubled if they can be.
#include <atomic>
#include <csignal>
#include <iostream>
#include <mutex>
#include <random>
#include <string>
#include <unistd.h>

#include "engine/engine.h"
#include "engine/storage/store.h"
#include "tests/support/answering_bot.h"

namespace parley::test {

int serve_promise(const char* folder, const char* seed);

namespace {

// Passes everything on, and dies after a number of commits.
class DyingStore final : public Store {
 public:
  DyingStore(std::unique_ptr<Store> real, std::uint64_t seed) : real_(std::move(real)) {
    if (seed != 0) left_ = 1 + static_cast<long>(std::mt19937_64(seed)() % kCommitsMax);
  }

  void commit(TurnRecord turn, Committed done) override {
    real_->commit(std::move(turn), [this, done = std::move(done)](Result<Done> result) {
      if (result.ok() && left_ > 0 && --left_ == 0) ::kill(::getpid(), SIGKILL);
      done(std::move(result));
    });
  }
  Result<std::unique_ptr<StoreReader>> reader() override { return real_->reader(); }
  bool ready() const override { return real_->ready(); }
  void close() override { real_->close(); }

 private:
  static constexpr std::uint64_t kCommitsMax = 400;
  std::unique_ptr<Store> real_;
  std::atomic<long> left_{0};
};

std::mutex output;

// One write a line: a line that was begun is whole, unless the process dies in it.
void print(const Json& line) {
  const std::string text = line.dump() + "\n";
  const std::lock_guard lock(output);
  (void)!::write(STDOUT_FILENO, text.data(), text.size());
}

void open(Engine& engine, const Json& command) {
  const std::string id = command["conversation"];
  engine.open({id, "test", {"anna", "Anna", {}}, "en"}, [command](Result<Opened> opened) {
    Json answer = command;
    if (!opened) answer["error"] = opened.error().message;
    print(answer);
  });
}

void submit(Engine& engine, const Json& command) {
  Inbound inbound{command["conversation"], command["client_id"], {"anna", "Anna", {}}, {{"type", "message"}}};
  inbound.activity["text"] = command["text"];
  engine.submit(std::move(inbound), [command](Result<Receipt> receipt) {
    Json answer{{"conversation", command["conversation"]}, {"client_id", command["client_id"]}};
    if (receipt) {
      answer["sequence"] = receipt->sequence;
      answer["repeat"] = receipt->repeat;
    } else {
      answer["error"] = receipt.error().message;
    }
    print(answer);
  });
}

}  // namespace

int serve_promise(const char* folder, const char* seed) {
  const std::filesystem::path home = folder;
  auto opened = open_sqlite_store({home / "ledger.db", ""});
  if (!opened) {
    std::cerr << opened.error().message << "\n";
    return 1;
  }
  DyingStore store(std::move(*opened), std::stoull(seed));
  const SystemClock clock;
  Engine engine({2, home, {{"test", make_answering_bot(home)}}, nullptr}, store, clock);
  print({{"ready", true}});
  for (std::string line; std::getline(std::cin, line);) {
    const Json command = Json::parse(line, nullptr, false);
    if (!command.is_object()) break;
    command.contains("text") ? submit(engine, command) : open(engine, command);
  }
  engine.drain();
  store.close();
  return 0;
}

}  // namespace parley::test
