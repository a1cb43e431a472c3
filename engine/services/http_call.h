// One call of an HTTP service, from request to outcome, as a machine without a network and without a clock:
// it is given replies and says what to send next, and after which pause.
//
// It retries what passes by itself (a connection that fails, 429, 502, 503, 504), follows redirects and pages
// within the same scheme, host and port, and turns the rest into an outcome. Pauses double and are spread by
// the call's key, so that a run can be repeated and callers that failed together do not come back together.
//
// Thread rule: none of its own. Lifetime: keeps its bot.
#pragma once

#include <chrono>
#include <string>
#include <variant>

#include "engine/services/http_request.h"
#include "engine/services/service_executor.h"

namespace parley {

class HttpCall {
 public:
  struct Send {
    ServiceRequest request;
    std::chrono::milliseconds pause{0};  // before it is sent
  };
  using Next = std::variant<Send, CallOutcome>;

  /// The bot's catalog has the operation, and it is one of an HTTP service.
  explicit HttpCall(ServiceCall call);

  Next begin();
  Next take(const ServiceReply& reply);
  /// The outcome of a call that is given up; `reason` is for the log.
  CallOutcome failed(const std::string& failure, std::string reason);

  const ServiceCall& call() const { return call_; }
  const HttpSource& source() const { return source_; }
  const ServiceOperation& operation() const { return operation_; }
  /// Why it failed, without any content; empty while it has not.
  const std::string& reason() const { return reason_; }

 private:
  Next retry(const ServiceReply& reply);
  Next follow(const ServiceReply& reply);
  Next take_answer(const ServiceReply& reply);
  Next take_rows(const ServiceReply& reply);
  CallOutcome fail_with(const Error& error);
  CallOutcome succeed(Json value) const;
  std::chrono::milliseconds pause() const;

  const ServiceCall call_;
  const HttpSource& source_;
  const ServiceOperation& operation_;
  ServiceRequest request_;
  int retries_ = 0;
  int redirects_ = 0;
  std::size_t pages_ = 0;
  Json rows_ = Json::array();
  std::string reason_;
};

}  // namespace parley
