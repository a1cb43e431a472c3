// Executes the service calls that flows ask for.
//
// A call is asked for after its request has been committed, and asked for again after a crash that lost its
// outcome, with the same key: an executor must let a key take effect once, and answer a repeat as it answered
// the first time.
//
// Thread rule: execute() returns at once and may be called from any thread; `done` is called exactly once, on
// any thread, within the operation's time-out and a little. After stop() it may not be called at all.
#pragma once

#include <functional>
#include <string>

#include "engine/bot.h"
#include "engine/message.h"

namespace parley {

struct ServiceCall {
  BotPtr bot;  // whose catalog names the service
  CallRequest request;
  std::string key;  // the idempotency key
};

class ServiceExecutor {
 public:
  using Ended = std::function<void(CallOutcome)>;

  virtual ~ServiceExecutor() = default;
  virtual void execute(ServiceCall call, Ended done) = 0;
  /// Takes no more, and ends what runs: at once, or when it has finished. What is cut short is asked for
  /// again after the start, with its key.
  virtual void stop() = 0;
};

}  // namespace parley
