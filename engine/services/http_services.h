// Services that speak HTTP: one thread and one libcurl multi handle for all of them, so that a reply that
// does not come holds up nobody else's.
//
// Failures: "timeout" (the operation's time was over, waiting and retries included), "rejected" (status 4xx),
// "invalid" (an argument that does not fit, or a reply that is not what the operation promises),
// "unavailable" (everything else: not reached, status 5xx or 429, an address or certificate that is not
// allowed, a service that is left alone for a while, see circuit_breaker.h). The log has the reason, never
// what was sent or came.
//
// A call whose outcome a crash lost is made again with its key. stop() lets requests that are under way
// finish for a while; what it cuts short, or has not sent yet, is made again after the start.
//
// Thread rule: as of ServiceExecutor; outcomes come on the one thread. Lifetime: the clock outlives it;
// stop() joins the thread.
#pragma once

#include <chrono>
#include <memory>

#include "engine/clock.h"
#include "engine/limits.h"
#include "engine/services/service_executor.h"

namespace parley {

class HttpServices final : public ServiceExecutor {
 public:
  explicit HttpServices(const Clock& clock, std::chrono::milliseconds drain_timeout = limits::kDrainTimeout);
  ~HttpServices() override;

  void execute(ServiceCall call, Ended done) override;
  void stop() override;

 private:
  class Worker;
  const std::unique_ptr<Worker> worker_;
};

}  // namespace parley
