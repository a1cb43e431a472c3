// Who an employee is: the company's signed token, turned into a Person as the channel's settings say.
//
// Immutable; any thread.
#pragma once

#include <string_view>

#include "config/settings.h"
#include "connectors/jwt.h"
#include "engine/clock.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley::connectors {

inline constexpr std::size_t kPersonIdMaxBytes = 256;
inline constexpr std::size_t kPersonNameMaxBytes = 256;
inline constexpr std::size_t kPersonRolesMax = 32;

class EmployeeTokens {
 public:
  /// Reads the key set where there is one. kInvalid: it can't be used; the message names the file.
  static Result<EmployeeTokens> make(const config::TokenRules& rules);

  /// kDenied: the token was good, but has expired; kInvalid: anything else.
  Result<Person> person(std::string_view token, TimePoint now) const;

 private:
  EmployeeTokens(config::TokenRules rules, TokenVerifier verifier)
      : rules_(std::move(rules)), verifier_(std::move(verifier)) {}
  config::TokenRules rules_;
  TokenVerifier verifier_;
};

/// The token that a company's login would give this person: demo mode's only lie. HS256.
std::string employee_token(const config::TokenRules& rules, const Person& person, TimePoint now,
                           std::chrono::seconds lifetime);

/// A visitor's id: "dl_" (the stock widget wants that of ids in a token) and 128 random bits.
std::string new_visitor_id();

}  // namespace parley::connectors
