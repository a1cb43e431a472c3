#include "engine/timers.h"

#include <algorithm>
#include <spdlog/spdlog.h>

#include "engine/limits.h"

namespace parley {

Timers::Timers(const Clock& clock, std::unique_ptr<StoreReader> reader, Fire fire)
    : clock_(clock), reader_(std::move(reader)), fire_(std::move(fire)) {}

Timers::~Timers() {
  stop();
}

void Timers::start() {
  thread_ = std::thread([this] { run(); });
}

void Timers::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void Timers::expect(TimePoint due) {
  const std::lock_guard lock(mutex_);
  next_ = std::min(next_, due);
}

void Timers::done(const DueTimer& timer) {
  const std::lock_guard lock(mutex_);
  handed_out_.erase({timer.conversation_id, timer.timer_id, timer.due});
  next_ = std::min(next_, timer.due);  // others may have waited for its place
}

// The wall clock may be set, and a test's clock moves by itself: look at it often instead of sleeping until a
// time.
void Timers::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const TimePoint now = clock_.now();
    if (next_ <= now) {
      next_ = TimePoint::max();
      lock.unlock();
      look(now);
      lock.lock();
    }
    wake_.wait_for(lock, limits::kTimerLookPause, [this] { return stopping_; });
  }
}

void Timers::look(TimePoint now) {
  std::size_t asked = limits::kTimersAtOnceMax + 1;
  {
    const std::lock_guard lock(mutex_);
    asked += handed_out_.size();
  }
  const auto earliest = reader_->timers(asked);
  if (!earliest) {
    spdlog::error("timers can't be read: {}", earliest.error().message);
    return expect(now);
  }
  for (const DueTimer& timer : take_due(*earliest, asked, now))
    fire_(timer);
}

// Marks what is handed out, and notes when to look again.
std::vector<DueTimer> Timers::take_due(const std::vector<DueTimer>& earliest, std::size_t asked,
                                       TimePoint now) {
  const std::lock_guard lock(mutex_);
  std::vector<DueTimer> due;
  for (const DueTimer& timer : earliest) {
    if (timer.due > now) {
      next_ = std::min(next_, timer.due);
      return due;
    }
    if (handed_out_.size() >= limits::kTimersAtOnceMax) return due;  // done() makes room and looks again
    if (handed_out_.emplace(timer.conversation_id, timer.timer_id, timer.due).second) due.push_back(timer);
  }
  if (earliest.size() == asked) next_ = now;
  return due;
}

}  // namespace parley
