// Counts and times the calls that pass through it, and logs each: service, operation, outcome, milliseconds,
// never what was sent or came back.
//
// Thread rule: as of ServiceExecutor; figures() from any thread.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/services/service_executor.h"

namespace parley {

/// Seconds; a last bucket holds what took longer.
inline constexpr std::array<double, 10> kCallSecondsBounds{0.005, 0.01, 0.025, 0.05, 0.1,
                                                           0.25,  0.5,  1,     2.5,  10};

/// The calls of one operation that ended in one way.
struct CallFigure {
  std::string bot, service, operation;
  std::string outcome;  // "ok", or the failure
  std::uint64_t count = 0;
  double seconds = 0;  // all of them together
  std::array<std::uint64_t, kCallSecondsBounds.size() + 1>
      buckets{};  // how many took so long, each counted once
};

class CallMeter final : public ServiceExecutor {
 public:
  explicit CallMeter(std::shared_ptr<ServiceExecutor> inner);

  void execute(ServiceCall call, Ended done) override;
  void stop() override { inner_->stop(); }

  std::vector<CallFigure> figures() const;

 private:
  class Book;
  const std::shared_ptr<ServiceExecutor> inner_;
  const std::shared_ptr<Book> book_;  // outlives the meter while a call is under way
};

}  // namespace parley
