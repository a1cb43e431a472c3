#include "connectors/refusal.h"

#include <cctype>

#include "engine/message.h"

namespace parley::connectors {
namespace {

constexpr std::chrono::milliseconds kUnavailableRetry{5'000};
constexpr std::chrono::milliseconds kBusyRetry{1'000};
constexpr std::chrono::milliseconds kClosedRetry{5'000};

}  // namespace

Refusal bad_argument(std::string message) {
  return {400, "BadArgument", std::move(message)};
}
Refusal missing_token() {
  return {401, "MissingToken", "send a token: Authorization: Bearer TOKEN"};
}
Refusal invalid_token(std::string message) {
  return {401, "InvalidToken", std::move(message)};
}
Refusal expired_token() {
  return {403, "TokenExpired", "the token has expired: get a new one"};
}
Refusal origin_denied() {
  return {403, "OriginDenied", "this page may not connect to this channel"};
}
Refusal conversation_denied() {
  return {403, "Denied", "this token is not for that conversation"};
}
Refusal too_many(std::chrono::milliseconds retry_after) {
  return {429, "TooManyRequests", "slow down and try again", retry_after};
}
Refusal channel_closed() {
  return {503, "ChannelClosed", "this channel is closed at the moment: come back later", kClosedRetry};
}
Refusal preview_only() {
  return {403, "PreviewOnly", "this channel is in preview: only the people named for it may come in"};
}
Refusal unavailable() {
  return {503, "ServiceUnavailable", "not at the moment: try again", kUnavailableRetry};
}
Refusal not_found(std::string message) {
  return {404, "NotFound", std::move(message)};
}

Refusal refusal_of(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalid:
      return bad_argument(error.message);
    case ErrorCode::kTooLarge:
      return {413, "TooLarge", error.message};
    case ErrorCode::kDenied:
      return conversation_denied();
    case ErrorCode::kBusy:
      return {503, "Busy", "too much is waiting: try again", kBusyRetry};
    case ErrorCode::kNotFound:
    case ErrorCode::kConflict:
    case ErrorCode::kUnavailable:
      return unavailable();
    case ErrorCode::kCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return {500, "ServiceError", "something went wrong here"};
}

Refusal token_refusal_of(const Error& error) {
  return error.code == ErrorCode::kDenied ? expired_token() : invalid_token(error.message);
}

HttpResponse to_response(const Refusal& refusal) {
  HttpResponse response;
  response.status = refusal.status;
  response.body = Json{{"error", {{"code", refusal.code}, {"message", refusal.message}}}}.dump(
      -1, ' ', false, Json::error_handler_t::replace);
  if (refusal.retry_after.count() > 0) {
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(refusal.retry_after).count();
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
  }
  if (refusal.status == 401) response.headers.emplace_back("WWW-Authenticate", "Bearer");
  return response;
}

std::string native_code(const Refusal& refusal) {
  std::string name;
  for (const char c : refusal.code) {
    const auto letter = static_cast<unsigned char>(c);
    if (std::isupper(letter) && !name.empty()) name += '_';
    name += static_cast<char>(std::tolower(letter));
  }
  return name;
}

}  // namespace parley::connectors
