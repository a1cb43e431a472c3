// Leaves a service alone that has failed several times in a row, so that people hear at once that it is away
// and it is not hammered while it comes back (M. Nygard, "Release It!").
//
// Closed: calls pass. After limits::kCircuitFailuresMax failures in a row it opens: calls are refused for
// limits::kCircuitPause. Then one call may try; its success closes the circuit, its failure opens it again. A
// clock that was set back ends the pause: better to try too early than never.
//
// Thread rule: one thread.
#pragma once

#include "engine/limits.h"
#include "engine/message.h"

namespace parley {

class CircuitBreaker {
 public:
  /// False: leave it alone. True: call, and report how it ended.
  bool admit(TimePoint now) {
    if (failures_ < limits::kCircuitFailuresMax) return true;
    const bool waiting = now >= opened_ && now < opened_ + limits::kCircuitPause;
    if (waiting || trying_) return false;
    trying_ = true;
    return true;
  }

  void succeeded() { failures_ = 0, trying_ = false; }

  /// True: this failure opened it.
  bool failed(TimePoint now) {
    trying_ = false;
    opened_ = now;
    if (failures_ >= limits::kCircuitFailuresMax) return true;
    return ++failures_ == limits::kCircuitFailuresMax;
  }

 private:
  int failures_ = 0;
  bool trying_ = false;
  TimePoint opened_{};
};

}  // namespace parley
