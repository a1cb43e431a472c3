// The engine: what connectors talk to. Give it an activity; it answers when the activity and its effects are
// stored.
//
// THE PROMISE: an activity for which a Receipt was given is stored and answered exactly once, in order,
// across kill -9, restart, reconnect and a client's repeats.
//
// Thread rule: every function may be called from any thread and returns at once. Callbacks and
// Outbox::deliver run on a thread of the engine, which they must not block: post to your own executor. Each
// callback is called exactly once, also when the engine stops (kUnavailable).
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/bot.h"
#include "engine/clock.h"
#include "engine/limits.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley {

class Store;            // engine/storage/store.h: open_sqlite_store() or make_memory_store()
class ServiceExecutor;  // engine/services/service_executor.h
struct CallFigure;      // engine/services/call_meter.h

/// Where new activities of a conversation go: one per socket. Never called before attach's callback.
class Outbox {
 public:
  virtual ~Outbox() = default;
  /// In order of sequence, without a gap and without a repeat.
  virtual void deliver(const std::vector<StoredActivity>& activities) = 0;
  /// Not stored, may be lost: typing.
  virtual void deliver_transient(const Json& activity) = 0;
};

struct OpenRequest {
  std::string conversation_id;  // from new_conversation_id()
  std::string channel;
  Person person;
  std::string language;  // preferred, BCP 47; may be empty
};

struct Opened {
  bool created = false;  // false: it was there already, and belongs to this person
};

/// An event that a service of the operator's sends. It can't come from a client.
struct OutsideEvent {
  std::string id;    // the service's own: with the same id it is the same event
  std::string name;  // what flows wait for
  Json value;
  std::string conversation_id;     // for this conversation, or
  std::string channel, person_id;  // for those of this person
};

struct EventReceipt {
  std::string conversation_id;
  std::string event_id;  // as an activity's: "<conversation>|<sequence>"
  bool repeat = false;   // it had been stored before; nothing was done again
};

struct Delivered {
  std::vector<EventReceipt> receipts;  // empty: nothing waits for this event
};

struct ActivitySet {
  std::vector<StoredActivity> activities;  // at most limits::kHistoryPageMax
  Sequence watermark = 0;                  // sequence of the last one seen: pass it as `after` next time
};

struct EngineOptions {
  int shards = 1;                          // threads that run turns
  std::filesystem::path data_folder;       // service files live here
  std::map<std::string, BotPtr> channels;  // channel -> its bot
  /// Runs the calls of flows; null: the SQL services of each bot, in data_folder/<bot>/, and its HTTP
  /// services.
  std::shared_ptr<ServiceExecutor> services;
};

class Engine {
 public:
  /// `store` and `clock` must outlive the engine. Starts its threads, and takes up what a crash left
  /// unfinished: pending calls and due timers.
  Engine(EngineOptions options, Store& store, const Clock& clock);
  ~Engine();  // drain(), then joins
  Engine(const Engine&) = delete;
  Engine& operator=(const Engine&) = delete;

  template <typename T>
  using Callback = std::function<void(Result<T>)>;

  /// Makes the conversation, and greets, unless it is there already. kDenied: it is another person's.
  void open(OpenRequest request, Callback<Opened> done);

  /// Runs one turn. kNotFound: no such conversation; kDenied: not this person's; kBusy: queue full, try
  /// again; kUnavailable: the store does not take commits now; kInvalid, kTooLarge: the activity itself.
  void submit(Inbound inbound, Callback<Receipt> done);

  /// Tells the conversations that wait for it (outside_event.h). kNotFound: no such conversation, or the
  /// person has none; kInvalid, kTooLarge: the event itself; kBusy, kUnavailable: send it again.
  void notify(OutsideEvent event, Callback<Delivered> done);

  /// Everything after `after`, then everything new, in order, until detach. `done` comes before the first
  /// delivery. What was on its way when detach was called may still be delivered.
  void attach(const std::string& conversation_id, const std::string& person_id, Sequence after,
              std::shared_ptr<Outbox> outbox, Callback<Done> done);
  void detach(const std::string& conversation_id, const Outbox* outbox);

  /// One page of what came after `after`.
  void read(const std::string& conversation_id, const std::string& person_id, Sequence after,
            Callback<ActivitySet> done);

  /// Swaps the bots; open flows of running conversations finish where they can (docs/architecture.md).
  void swap_bots(std::map<std::string, BotPtr> channels);
  BotPtr bot(const std::string& channel) const;

  /// What channels offer from the next turn on; one that is not listed holds nothing back.
  void set_standings(std::map<std::string, StandingPtr> channels);

  /// From now on `told` hears of every flow that has ended, once that is stored, on a thread of the engine.
  using FlowEnded = std::function<void(const std::string& channel, const FlowEnd& end)>;
  void watch_ends(FlowEnded told);

  /// False while the store refuses commits.
  bool ready() const;
  /// How the calls of services ended since the start.
  std::vector<CallFigure> call_figures() const;
  /// Takes no more work, finishes what is queued, commits it. Returns when done.
  void drain();

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

/// 128 random bits, URL-safe, 22 characters.
std::string new_conversation_id();
/// "<conversation>|0000042"
std::string activity_id(const std::string& conversation_id, Sequence sequence);

}  // namespace parley
