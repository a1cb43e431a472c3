#include "bench/filled_ledger.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <stdexcept>

#include "engine/clock.h"
#include "engine/engine.h"
#include "engine/limits.h"
#include "engine/storage/store.h"
#include "tests/support/engine_client.h"

namespace parley::bench {
namespace {

constexpr std::size_t kOnTheWayMax = 4 * limits::kCommitBatchMax;
constexpr std::size_t kEventsMax = 100;  // of the one conversation

template <typename T>
T value_of(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

// The conversation that is stored again and again, as one record.
TurnRecord held_conversation(const BotPtr& bot, const std::string& id) {
  const auto store = make_memory_store();
  const SystemClock clock;
  EngineOptions options;
  options.channels = {{"test", bot}};
  Engine engine(options, *store, clock);
  value_of(test::open(engine, id, kFilledPerson));
  value_of(test::say(engine, id, "show me a card", "m0"));
  engine.drain();
  const auto reader = value_of(store->reader());
  TurnRecord record;
  record.after = value_of(reader->find(id)).value().record;
  record.events = value_of(reader->events(id, 0, kEventsMax));
  return record;
}

void replace_all(std::string& text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

TurnRecord renamed(TurnRecord record, const std::string& id) {
  for (LedgerEvent& event : record.events) {
    replace_all(event.activity, record.after.id, id);
    replace_all(event.detail, record.after.id, id);
  }
  replace_all(record.after.state, record.after.id, id);
  record.after.id = id;
  return record;
}

// Counts what is on its way to the disk, and waits while that is a lot.
class OnTheWay {
 public:
  void begin() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return count_ < kOnTheWayMax; });
    ++count_;
  }
  void end(const Result<Done>& done) {
    const std::lock_guard lock(mutex_);
    if (!done && problem_.empty()) problem_ = done.error().message;
    --count_;
    changed_.notify_one();
  }
  void check() {
    const std::lock_guard lock(mutex_);
    if (!problem_.empty()) throw std::runtime_error("the ledger can't be filled: " + problem_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::size_t count_ = 0;
  std::string problem_;
};

std::vector<std::string> sorted_ids(std::size_t count) {
  std::vector<std::string> ids(count);
  std::generate(ids.begin(), ids.end(), new_conversation_id);
  std::sort(ids.begin(), ids.end());
  return ids;
}

}  // namespace

std::vector<std::string> fill_ledger(const std::filesystem::path& path, const BotPtr& bot,
                                     std::size_t conversations, std::size_t sample) {
  const TurnRecord held = held_conversation(bot, new_conversation_id());
  const std::vector<std::string> ids = sorted_ids(conversations);
  const auto store = value_of(open_sqlite_store({path, ""}));
  OnTheWay on_the_way;
  for (const std::string& id : ids) {
    on_the_way.begin();
    store->commit(renamed(held, id), [&](Result<Done> done) { on_the_way.end(done); });
  }
  store->close();
  on_the_way.check();
  std::vector<std::string> chosen;
  const std::size_t wanted = std::min(sample, ids.size());
  for (std::size_t i = 0; i < wanted; ++i)
    chosen.push_back(ids[i * ids.size() / wanted]);
  return chosen;
}

}  // namespace parley::bench
