// The only source of time. Tests hand in one that they move themselves.
#pragma once

#include <chrono>

#include "engine/message.h"

namespace parley {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual TimePoint now() const = 0;  // wall clock, may step back
};

class SystemClock final : public Clock {
 public:
  TimePoint now() const override {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
  }
};

}  // namespace parley
