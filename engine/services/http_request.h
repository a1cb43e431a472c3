// One HTTP request of a call and what came back, apart from how it travels.
//
// The key of a call goes along as `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), the same for
// every attempt, so that a service can let it take effect once.
//
// Plain values; any thread.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/service_catalog.h"

namespace parley {

struct ServiceRequest {
  std::string method;
  std::string url;
  std::vector<std::string> headers;  // "Name: value"; may hold secrets: never logged
  std::optional<std::string> body;
};

struct ServiceReply {
  enum class Trouble {
    kNone,
    kConnection,  // not reached, or the connection broke: worth another attempt
    kRefused,     // not reached, and another attempt would not help: address, certificate
    kMalformed,   // what came is not a whole HTTP reply, or too large
  };
  Trouble trouble = Trouble::kNone;
  std::string reason;  // of the trouble, for the log
  int status = 0;
  std::string body;
  std::string redirect;                             // the address it points to; may be relative
  std::optional<std::chrono::seconds> retry_after;  // what the server asked for
};

/// The first request of a call. kInvalid: an argument is missing or does not fit; kUnavailable: a secret is
/// not set.
Result<ServiceRequest> make_request(const HttpSource& source, const ServiceOperation& operation,
                                    const Json& arguments, const std::string& key);

}  // namespace parley
