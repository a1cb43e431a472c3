// Fires the ledger's timers: one thread that wakes at the next due one and hands it to its conversation's
// shard.
//
// The ledger holds all timers; in memory there is only the time of the next. Each look takes those that are
// due, the earliest first, so what came due while the server was down fires at the start, in order. A timer
// that was handed out is not handed out again until done() says that it fired, was moved, or was cancelled.
//
// Thread rule: expect() and done() may be called from any thread. `fire` is called on the thread of this
// object.
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <thread>
#include <tuple>

#include "engine/clock.h"
#include "engine/storage/store.h"

namespace parley {

class Timers {
 public:
  using Fire = std::function<void(const DueTimer&)>;

  Timers(const Clock& clock, std::unique_ptr<StoreReader> reader, Fire fire);
  ~Timers();
  void start();
  void stop();

  /// A timer of this time is in the ledger now.
  void expect(TimePoint due);
  void done(const DueTimer& timer);

 private:
  using Key = std::tuple<std::string, std::string, TimePoint>;

  void run();
  void look(TimePoint now);
  std::vector<DueTimer> take_due(const std::vector<DueTimer>& earliest, std::size_t asked, TimePoint now);

  const Clock& clock_;
  const std::unique_ptr<StoreReader> reader_;
  const Fire fire_;

  std::mutex mutex_;  // guards the four below
  std::condition_variable wake_;
  TimePoint next_{};  // nothing is due before; the first look finds out
  std::set<Key> handed_out_;
  bool stopping_ = false;

  std::thread thread_;
};

}  // namespace parley
