#include "engine/services/http_call.h"

#include <algorithm>
#include <utility>

#include "engine/services/http_address.h"
#include "engine/services/http_reply.h"

namespace parley {
namespace {

using std::chrono::milliseconds;

bool is_success(int status) {
  return status >= 200 && status < 300;
}

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

// What may be gone when it is tried again.
bool is_passing(const ServiceReply& reply) {
  if (reply.trouble != ServiceReply::Trouble::kNone)
    return reply.trouble == ServiceReply::Trouble::kConnection;
  return reply.status == 429 || (reply.status >= 502 && reply.status <= 504);
}

std::string status_text(const ServiceReply& reply) {
  return reply.trouble == ServiceReply::Trouble::kNone ? "status " + std::to_string(reply.status)
                                                       : reply.reason;
}

// FNV-1a: the same spread for the same key and attempt on every machine.
std::uint64_t hash_of(const std::string& key, int attempt) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char c : key + '#' + std::to_string(attempt))
    hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
  return hash;
}

}  // namespace

HttpCall::HttpCall(ServiceCall call)
    : call_(std::move(call)),
      source_(std::get<HttpSource>(call_.bot->services.services.at(call_.request.service).source)),
      operation_(*call_.bot->services.find(call_.request.service, call_.request.operation)) {}

HttpCall::Next HttpCall::begin() {
  auto request = make_request(source_, operation_, call_.request.arguments, call_.key);
  if (!request) return fail_with(request.error());
  request_ = std::move(*request);
  return Send{request_};
}

HttpCall::Next HttpCall::take(const ServiceReply& reply) {
  using Trouble = ServiceReply::Trouble;
  const HttpExchange& exchange = operation_.http;
  if (reply.trouble == Trouble::kNone && (exchange.accepted.contains(reply.status) ||
                                          exchange.empty.contains(reply.status) || is_success(reply.status)))
    return take_answer(reply);
  if (is_passing(reply)) return retry(reply);
  if (reply.trouble == Trouble::kRefused) return failed("unavailable", reply.reason);
  if (reply.trouble == Trouble::kMalformed) return failed("invalid", reply.reason);
  if (is_redirect(reply.status)) return follow(reply);
  const bool refused = reply.status >= 400 && reply.status < 500;
  return failed(refused ? "rejected" : "unavailable", status_text(reply));
}

CallOutcome HttpCall::failed(const std::string& failure, std::string reason) {
  reason_ = std::move(reason);
  return {call_.request.id, false, nullptr, failure};
}

HttpCall::Next HttpCall::retry(const ServiceReply& reply) {
  if (retries_ >= operation_.http.retries) return failed("unavailable", status_text(reply));
  const milliseconds asked = reply.retry_after.value_or(std::chrono::seconds(0));
  if (asked > limits::kServiceRetryAfterMax)
    return failed("unavailable", status_text(reply) + ", to be tried again only after " +
                                     std::to_string(reply.retry_after->count()) + " s");
  ++retries_;
  return Send{request_, std::max(asked, pause())};
}

// Half to the whole of 200 ms, 400 ms, 800 ms ...
milliseconds HttpCall::pause() const {
  const milliseconds whole = limits::kServiceRetryPause * (1 << (retries_ - 1));
  const auto half = static_cast<std::uint64_t>(whole.count()) / 2;
  return milliseconds(half + hash_of(call_.key, retries_) % (half + 1));
}

// A browser's rules: 307 and 308 repeat the request, the others ask for the new address.
HttpCall::Next HttpCall::follow(const ServiceReply& reply) {
  if (redirects_ >= source_.redirects)
    return failed("invalid", status_text(reply) + ", a redirect more than the service allows");
  const std::string target = same_place(request_.url, reply.redirect);
  if (target.empty())
    return failed("invalid", status_text(reply) + ", a redirect to another scheme, host or port");
  ++redirects_;
  request_.url = target;
  const bool repeats = reply.status == 307 || reply.status == 308;
  if (!repeats && request_.method != "GET") {
    request_.method = "GET";
    request_.body.reset();
    std::erase(request_.headers, "Content-Type: application/json");
  }
  return Send{request_};
}

HttpCall::Next HttpCall::take_answer(const ServiceReply& reply) {
  if (operation_.rows == RowCount::kNone) return succeed(reply.status);
  if (operation_.http.empty.contains(reply.status))
    return succeed(operation_.rows == RowCount::kOne ? Json() : Json::array());
  if (!is_success(reply.status)) return succeed(row_of_refusal(operation_, reply));
  return take_rows(reply);
}

HttpCall::Next HttpCall::take_rows(const ServiceReply& reply) {
  auto taken = rows_of(operation_, reply);
  if (!taken) return failed("invalid", taken.error().message);
  if (operation_.rows == RowCount::kOne)
    return succeed(taken->rows.empty() ? Json() : std::move(taken->rows.front()));
  for (Json& row : taken->rows)
    if (rows_.size() < limits::kServiceRowsMax) rows_.push_back(std::move(row));
  if (taken->next.empty() || rows_.size() >= limits::kServiceRowsMax) return succeed(std::move(rows_));
  if (++pages_ >= limits::kServicePagesMax) return failed("invalid", "the reply has pages without end");
  request_.url = same_place(request_.url, taken->next);
  if (request_.url.empty()) return failed("invalid", "the next page is at another scheme, host or port");
  return Send{request_};
}

CallOutcome HttpCall::fail_with(const Error& error) {
  return failed(error.code == ErrorCode::kUnavailable ? "unavailable" : "invalid", error.message);
}

CallOutcome HttpCall::succeed(Json value) const {
  return {call_.request.id, true, std::move(value), ""};
}

}  // namespace parley
