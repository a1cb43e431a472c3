#include "connectors/grants.h"

namespace parley::connectors {
namespace {

constexpr const char* kIssuer = "parley";

const char* name_of(GrantKind kind) {
  switch (kind) {
    case GrantKind::kToken:
      return "token";
    case GrantKind::kStream:
      return "stream";
    case GrantKind::kVisitor:
      return "visitor";
  }
  return "";
}

/// Whole seconds, rounded up: a lifetime is never shorter than was promised.
std::int64_t seconds_of(TimePoint time) {
  return std::chrono::ceil<std::chrono::seconds>(time.time_since_epoch()).count();
}

TimePoint time_of(std::int64_t seconds) {
  return TimePoint(std::chrono::seconds(seconds));
}

/// Claims that this server signed have the types it gave them; value() with a default covers what it left
/// out.
Grant grant_of(const Json& claims, GrantKind kind) {
  Grant grant;
  grant.kind = kind;
  grant.channel = claims.value("channel", "");
  grant.conversation = claims.value("conversation", "");
  grant.person = {claims.value("user", ""), claims.value("name", ""),
                  claims.value("roles", std::vector<std::string>{})};
  grant.origins = claims.value("origins", std::vector<std::string>{});
  grant.expires = time_of(claims.value("exp", std::int64_t{0}));
  grant.session_expires = time_of(claims.value("session_exp", std::int64_t{0}));
  return grant;
}

}  // namespace

GrantMint::GrantMint(std::string key, const Clock& clock)
    : key_(std::move(key)), verifier_(TokenVerifier::hs256(key_)), clock_(clock) {}

std::string GrantMint::issue(const Grant& grant) const {
  Json claims{{"iss", kIssuer},
              {"kind", name_of(grant.kind)},
              {"channel", grant.channel},
              {"user", grant.person.id},
              {"exp", seconds_of(grant.expires)}};
  if (!grant.conversation.empty()) claims["conversation"] = grant.conversation;
  if (!grant.person.name.empty()) claims["name"] = grant.person.name;
  if (!grant.person.roles.empty()) claims["roles"] = grant.person.roles;
  if (!grant.origins.empty()) claims["origins"] = grant.origins;
  if (grant.kind == GrantKind::kStream) claims["session_exp"] = seconds_of(grant.session_expires);
  return sign_token(claims, key_);
}

Result<Grant> GrantMint::read(std::string_view token, GrantKind kind) const {
  const auto claims = verifier_.verify(token);
  if (!claims) return claims.error();
  if (claims->value("iss", Json()) != kIssuer || claims->value("kind", Json()) != name_of(kind))
    return Error{ErrorCode::kInvalid, "the token is for another use"};
  if (const auto timely = check_token_times(*claims, clock_.now()); !timely) return timely.error();
  try {
    return grant_of(*claims, kind);
  } catch (const Json::exception&) {
    return Error{ErrorCode::kInvalid, "the token's claims have other types than expected"};
  }
}

}  // namespace parley::connectors
