// A clock that stands still until the test moves it. May be read from any thread.
#pragma once

#include <atomic>

#include "engine/clock.h"

namespace parley::test {

class ManualClock final : public Clock {
 public:
  explicit ManualClock(TimePoint start) : milliseconds_(start.time_since_epoch().count()) {}
  TimePoint now() const override { return TimePoint{std::chrono::milliseconds(milliseconds_.load())}; }
  void advance(std::chrono::milliseconds by) { milliseconds_ += by.count(); }

 private:
  std::atomic<std::int64_t> milliseconds_;
};

}  // namespace parley::test
