// A shard: one thread that runs the turns of its conversations, one after the other in each.
//
// A conversation belongs to the shard that its id hashes to, for ever. Order comes from this ownership:
// whatever happens in a conversation waits in its mailbox, and the next turn begins when the one before it is
// committed. No lock is held while anything runs, so none can expire or be forgotten.
//
// Thread rule: the public functions may be called from any thread. Lifetime: what ShardParts refers to
// outlives it.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "engine/conversation.h"
#include "engine/services/service_executor.h"
#include "engine/storage/store.h"
#include "engine/turn.h"

namespace parley {

/// The engine's parts that all shards use.
struct ShardParts {
  Store& store;
  const Clock& clock;
  ServiceExecutor& services;
  std::function<BotPtr(const std::string& channel)> bot_of;
  std::function<StandingPtr(const std::string& channel)> standing_of;
  std::function<void(TimePoint due)> expect_timer;
  std::function<void(const DueTimer& timer)> timer_done;
  Engine::FlowEnded flow_ended;
};

struct AttachRequest {
  std::string conversation_id;
  std::string person_id;
  Sequence after = 0;
  std::shared_ptr<Outbox> outbox;
  Engine::Callback<Done> done;
};

struct ReadRequest {
  std::string conversation_id;
  std::string person_id;
  Sequence after = 0;
  Engine::Callback<ActivitySet> done;
};

struct PersonRequest {
  std::string channel, person_id;
  Engine::Callback<std::vector<std::string>> done;  // ids of conversations, the one used last first
};

class Shard final : public std::enable_shared_from_this<Shard>, private TurnHost {
 public:
  Shard(ShardParts parts, std::unique_ptr<StoreReader> reader);
  ~Shard() override;
  void start();

  /// Somebody waits for these: refused with kBusy when too much is queued, with kUnavailable once drain() was
  /// called.
  void open(OpenTask task);
  void submit(SubmitTask task);
  void attach(AttachRequest request);
  void notify(EventTask task);
  void read(ReadRequest request);
  void find_person(PersonRequest request);
  void detach(const std::string& conversation_id, const Outbox* outbox);

  /// The engine's own: never refused; dropped once drained, because the ledger remembers them.
  void fire(DueTimer timer);
  void resume(const std::string& conversation_id);

  /// Takes no more from outside, commits what waits, and ends the thread.
  void drain();

 private:
  using Job = std::function<void()>;

  // From any thread.
  bool post(Job job);
  Result<Done> try_post(Job& job);

  // On the shard's thread.
  void run();
  bool wait_for_jobs(std::deque<Job>& jobs);
  void retry();
  std::optional<std::chrono::steady_clock::time_point> next_look() const;
  void keep_typing();
  void refuse_waiting();
  void refuse_people(Conversation& conversation, const Error& error);
  void take_in(const std::string& conversation_id, Task task);
  void pump(Conversation& conversation);
  std::list<Task>::iterator next_task(Conversation& conversation);
  void attach_now(AttachRequest& request);
  void catch_up(const std::string& conversation_id, const Outbox* outbox);
  void read_now(ReadRequest& request);
  void detach_now(const std::string& conversation_id, const Outbox* outbox);
  Result<Done> load_for(Conversation& conversation, const std::string& person_id);
  Conversation& entry(const std::string& conversation_id);
  void forget_if_unused(Conversation& conversation);
  void forget_oldest();

  // TurnHost.
  StoreReader& reader() override { return *reader_; }
  TimePoint now() const override { return parts_.clock.now(); }
  BotPtr bot_of(const std::string& channel) const override { return parts_.bot_of(channel); }
  StandingPtr standing_of(const std::string& channel) const override { return parts_.standing_of(channel); }
  bool ready() const override { return parts_.store.ready(); }
  void commit(Conversation& conversation, Turn turn, TurnRecord record) override;
  void begin_call(const Conversation& conversation, const PendingCall& call) override;
  void expect_timer(TimePoint due) override { parts_.expect_timer(due); }
  void flow_ended(const std::string& channel, const FlowEnd& end) override {
    parts_.flow_ended(channel, end);
  }
  void call_done(const Conversation& conversation, const std::string& call_id) override;
  void timer_done(const DueTimer& timer) override { parts_.timer_done(timer); }
  void try_later(Conversation& conversation) override;

  const ShardParts parts_;
  const std::unique_ptr<StoreReader> reader_;

  // The shard's thread only.
  std::unordered_map<std::string, std::unique_ptr<Conversation>> conversations_;
  std::list<Conversation*> by_age_;                      // the last used first
  std::set<std::pair<std::string, std::string>> calls_;  // under way: conversation, call
  std::set<std::string> retries_;  // conversations whose mailbox waits for the pause to be over
  std::chrono::steady_clock::time_point retry_at_{};
  std::chrono::steady_clock::time_point typing_at_{};  // when those who wait for a call see typing again
  std::size_t commits_under_way_ = 0;

  std::mutex mutex_;  // guards the three below
  std::condition_variable work_;
  std::deque<Job> jobs_;
  bool draining_ = false;
  bool ended_ = false;

  std::thread thread_;
};

}  // namespace parley
