#include "connectors/reception.h"

#include <algorithm>

#include "engine/engine.h"

namespace parley::connectors {
namespace {

constexpr std::size_t kConversationIdSize = 22;

bool holds(const std::vector<std::string>& origins, std::string_view origin) {
  return std::find(origins.begin(), origins.end(), origin) != origins.end();
}

}  // namespace

bool is_conversation_id(std::string_view text) {
  return text.size() == kConversationIdSize && std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::isalnum(c) || c == '-' || c == '_';
         });
}

Result<Reception> Reception::make(std::string channel, const config::Channel& settings,
                                  const std::vector<std::string>& own_origins, ReceptionParts parts) {
  Reception reception(std::move(channel), parts);
  for (const std::string& origin : settings.origins) {
    if (origin == config::kOriginSelf)
      reception.origins_.insert(own_origins.begin(), own_origins.end());
    else
      reception.origins_.insert(origin);
  }
  reception.signed_ = settings.access == config::Access::kSigned;
  if (!settings.takes_tokens()) return reception;
  auto employees = EmployeeTokens::make(settings.tokens);
  if (!employees) return employees.error().in("channel " + reception.channel_);
  reception.employees_ = std::move(*employees);
  return reception;
}

Admission Reception::begin(const Credentials& shown, const std::string& conversation,
                           const std::vector<std::string>& origins) const {
  if (!shown.origin.empty() && !origin_allowed(shown.origin)) return refuse(origin_denied());
  auto person = newcomer(shown);
  if (auto* refusal = std::get_if<Refusal>(&person)) return std::move(*refusal);
  Grant grant;
  grant.channel = channel_;
  grant.person = std::get<Person>(std::move(person));
  grant.origins = origins;
  if (!is_signed() && !shown.origin.empty()) grant.origins = {std::string(shown.origin)};
  grant.conversation = conversation.empty() ? new_conversation_id() : conversation;
  return renewed(std::move(grant));
}

/// On an anonymous channel a token is for those who are named, and everybody else is a visitor.
std::variant<Person, Refusal> Reception::newcomer(const Credentials& shown) const {
  const bool by_token = is_signed() || (employees_ && !shown.token.empty());
  if (!by_token && shown.origin.empty()) return refuse(origin_denied());
  auto person = by_token ? employee(shown.token) : std::variant<Person, Refusal>(visitor(shown.visitor));
  if (std::holds_alternative<Refusal>(person)) return person;
  const Person& who = std::get<Person>(person);
  if (auto shut = parts_.door.refusal_for(who)) return refuse(std::move(*shut));
  if (by_token && !is_signed() && !parts_.door.is_named(who)) return refuse(preview_only());
  return person;
}

Admission Reception::enter(const Credentials& shown) const {
  if (shown.token.empty()) return refuse(missing_token());
  const auto grant = parts_.mint.read(shown.token, GrantKind::kToken);
  if (grant) return by_grant(*grant, shown.origin);
  if (!employees_ || grant.error().code == ErrorCode::kDenied) return refuse(token_refusal_of(grant.error()));
  if (!shown.origin.empty() && !origin_allowed(shown.origin)) return refuse(origin_denied());
  auto person = newcomer(shown);
  if (auto* refusal = std::get_if<Refusal>(&person)) return std::move(*refusal);
  Grant made;
  made.channel = channel_;
  made.person = std::get<Person>(std::move(person));
  return renewed(std::move(made));
}

Admission Reception::enter_stream(std::string_view ticket, std::string_view origin) const {
  if (ticket.empty()) return refuse(missing_token());
  const auto grant = parts_.mint.read(ticket, GrantKind::kStream);
  return grant ? by_grant(*grant, origin) : Admission(refuse(token_refusal_of(grant.error())));
}

Admission Reception::by_grant(const Grant& grant, std::string_view origin) const {
  if (grant.channel != channel_) return refuse(invalid_token("the token is for another channel"));
  if (origin.empty()) return grant;
  const bool allowed = origin_allowed(origin) && (grant.origins.empty() || holds(grant.origins, origin));
  return allowed ? Admission(grant) : Admission(refuse(origin_denied()));
}

std::variant<Person, Refusal> Reception::employee(std::string_view token) const {
  if (token.empty()) return refuse(missing_token());
  auto person = employees_->person(token, parts_.clock.now());
  if (!person) return refuse(token_refusal_of(person.error()));
  return std::move(*person);
}

/// A proof that is not good makes a new visitor rather than an error: whoever kept it for too long still
/// wants to talk.
Person Reception::visitor(std::string_view proof) const {
  if (!proof.empty()) {
    const auto grant = parts_.mint.read(proof, GrantKind::kVisitor);
    if (grant && grant->channel == channel_) return grant->person;
    parts_.metrics.authentication_failed(channel_, "visitor");
  }
  return {new_visitor_id(), "", {}};
}

Refusal Reception::refuse(Refusal refusal) const {
  parts_.metrics.authentication_failed(channel_, refusal.code);
  return refusal;
}

std::optional<Refusal> Reception::shut_for(const Person& person) const {
  return parts_.door.refusal_for(person);
}

std::chrono::seconds Reception::time_left(const Grant& grant) const {
  return std::chrono::ceil<std::chrono::seconds>(grant.expires - parts_.clock.now());
}

Grant Reception::renewed(Grant grant) const {
  grant.kind = GrantKind::kToken;
  const bool granted_before = grant.expires != TimePoint{};
  if (granted_before && shut_for(grant.person)) return grant;
  grant.expires = parts_.clock.now() + parts_.limits.token_lifetime;
  return grant;
}

Grant Reception::stream_ticket(const Grant& grant) const {
  Grant ticket = grant;
  ticket.kind = GrantKind::kStream;
  ticket.session_expires = grant.expires;
  ticket.expires = parts_.clock.now() + parts_.limits.stream_ticket_lifetime;
  return ticket;
}

std::string Reception::visitor_proof(const Person& person) const {
  if (is_signed() || parts_.door.is_named(person)) return "";
  Grant proof;
  proof.kind = GrantKind::kVisitor;
  proof.channel = channel_;
  proof.person = person;
  proof.expires = parts_.clock.now() + parts_.limits.visitor_lifetime;
  return issue(proof);
}

}  // namespace parley::connectors
