// How many frames that carry nothing (pings, empty messages, mistakes) one socket may send in a minute.
//
// One thread.
#pragma once

#include <chrono>
#include <cstddef>

namespace parley::connectors {

class FrameBudget {
 public:
  using Time = std::chrono::steady_clock::time_point;

  explicit FrameBudget(std::size_t per_minute) : per_minute_(per_minute) {}

  /// False: that was one too many in this minute.
  bool take(Time now = std::chrono::steady_clock::now()) {
    if (now - minute_began_ >= std::chrono::minutes(1)) {
      minute_began_ = now;
      taken_ = 0;
    }
    return ++taken_ <= per_minute_;
  }

 private:
  std::size_t per_minute_;
  std::size_t taken_ = 0;
  Time minute_began_{};
};

}  // namespace parley::connectors
