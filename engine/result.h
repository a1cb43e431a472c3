// Result<T>: a value or an Error, for everything that can fail in ordinary use.
//
// Exceptions do not cross a folder: a library's are caught where it is called and become an Error. Wrong use
// by our own code is a PARLEY_CHECK, which stays on in release builds.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <utility>
#include <variant>

namespace parley {

enum class ErrorCode {
  kInvalid,      // the caller's input is wrong: do not try again
  kDenied,       // known, but not allowed
  kNotFound,     // no such thing
  kConflict,     // it is there already, or changed meanwhile
  kTooLarge,     // over a limit of limits.h
  kBusy,         // a queue or quota is full: try again later
  kUnavailable,  // a part that this needs does not work now: try again later
  kCorrupt,      // stored data is not what was written
  kInternal,     // a bug
};

struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;  // a full sentence for an operator: what, where, what to do

  /// The same error with "context: " put before its message.
  Error in(const std::string& context) const { return {code, context + ": " + message}; }
};

struct Done {};

template <typename T = Done>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit by design
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit by design

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  T& value() & { return std::get<0>(state_); }
  const T& value() const& { return std::get<0>(state_); }
  T&& value() && { return std::get<0>(std::move(state_)); }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }
  const Error& error() const { return std::get<1>(state_); }

 private:
  std::variant<T, Error> state_;
};

[[noreturn]] inline void check_failed(const char* condition, const char* file, int line) {
  std::fprintf(stderr, "%s:%d: check failed: %s\n", file, line, condition);
  std::abort();
}

}  // namespace parley

/// Ends the process when our own code is wrong. Never for input.
#define PARLEY_CHECK(condition) \
  ((condition) ? static_cast<void>(0) : ::parley::check_failed(#condition, __FILE__, __LINE__))
