// How long things took, and what share of them took at most how long.
#pragma once

#include <algorithm>
#include <chrono>
#include <vector>

namespace parley::bench {

class Latencies {
 public:
  using Clock = std::chrono::steady_clock;

  void add(Clock::time_point begin) {
    milliseconds_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
  }
  std::size_t count() const { return milliseconds_.size(); }
  /// The time that `share` of them took at most, in milliseconds.
  double at(double share) {
    if (milliseconds_.empty()) return 0;
    std::sort(milliseconds_.begin(), milliseconds_.end());
    return milliseconds_[static_cast<std::size_t>(share * static_cast<double>(milliseconds_.size() - 1))];
  }

 private:
  std::vector<double> milliseconds_;
};

}  // namespace parley::bench
