// Signed tokens: JSON Web Tokens in their compact form (RFC 7515, RFC 7519).
//
// A verifier knows its one algorithm and its keys from the settings. What a token says about itself is never
// trusted to choose: a header with another `alg` (above all "none", or HS256 made with a public key), with
// `crit`, or with an unknown `kid` is refused, and signatures are compared in constant time. Only then are
// the claims parsed, with the bounds of bounded_json.h.
//
// OpenSSL does the cryptography; cpp-jwt was not taken because it brings an older JSON parser without bounds
// and knows no key sets. Immutable; any thread.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "engine/message.h"
#include "engine/result.h"

namespace parley::connectors {

/// A token above this is refused unread.
inline constexpr std::size_t kTokenMaxBytes = 4 * 1024;

/// HS256.
std::string sign_token(const Json& claims, std::string_view secret);

class TokenVerifier {
 public:
  static TokenVerifier hs256(std::string secret);
  /// `jwks` is a JSON Web Key Set (RFC 7517); its RSA keys of 2048 bits or more are taken.
  static Result<TokenVerifier> rs256(std::string_view jwks);

  /// The claims of a token whose signature is good. kInvalid: anything else, with a reason fit for a client.
  /// Times and parties are not looked at.
  Result<Json> verify(std::string_view token) const;

 private:
  class Keys;
  explicit TokenVerifier(std::shared_ptr<const Keys> keys) : keys_(std::move(keys)) {}
  std::shared_ptr<const Keys> keys_;
  friend class HmacKeys;
  friend class RsaKeys;
};

/// The time claims: `exp` is required. kDenied: expired; kInvalid: missing, malformed, or not valid yet (a
/// minute of difference between two machines' clocks is forgiven).
Result<Done> check_token_times(const Json& claims, TimePoint now);

}  // namespace parley::connectors
