// Grants: what this server itself hands out and later recognises, as tokens signed with its own key.
//
// Three kinds, never mistaken for one another: a token speaks for a person in one conversation of one
// channel; a stream ticket opens that conversation's WebSocket within a minute; a visitor's proof says "the
// same browser as before" and nothing else. The claim `user` holds the person's id at the top level, because
// the stock web-chat widget reads it there.
//
// Immutable; any thread. The clock decides what has expired.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "connectors/jwt.h"
#include "engine/clock.h"
#include "engine/message.h"
#include "engine/result.h"

namespace parley::connectors {

enum class GrantKind { kToken, kStream, kVisitor };

struct Grant {
  GrantKind kind = GrantKind::kToken;
  std::string channel;
  std::string conversation;  // empty for a visitor's proof
  Person person;
  std::vector<std::string> origins;  // pages that may use it; empty: those of the channel
  TimePoint expires{};
  TimePoint session_expires{};  // a stream ticket: until when the socket may stay open
};

class GrantMint {
 public:
  /// `key` is the server's own secret; `clock` must outlive the mint.
  GrantMint(std::string key, const Clock& clock);

  std::string issue(const Grant& grant) const;
  /// kDenied: it was good, but has expired; kInvalid: anything else that is not a grant of this kind.
  Result<Grant> read(std::string_view token, GrantKind kind) const;

 private:
  std::string key_;
  TokenVerifier verifier_;
  const Clock& clock_;
};

}  // namespace parley::connectors
