// The reception of one channel: who is there, and what may they do?
//
// Two questions. begin(): somebody wants a conversation and shows an employee's token (signed channel), or
// comes from a page of ours, perhaps with the proof of an earlier visit (anonymous channel), or shows a token
// there of one who is named for its preview. enter():
// somebody shows a token of this server, or an employee's. Both answer with a Grant, which names the person,
// the channel and the conversation; from then on only the grant counts, never what a message says about its
// sender.
//
// The channel's door (door.h) decides who begins. Who holds a token of ours is in a conversation and may
// finish it: the token stays good for as long as it was, but where the door is shut for the person it is not
// renewed.
//
// Origins are compared exactly. No Origin means no browser, which must show a token.
//
// Immutable; any thread. Clock, mint, limits and metrics must outlive it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/settings.h"
#include "connectors/connection_limits.h"
#include "connectors/door.h"
#include "connectors/grants.h"
#include "connectors/metrics.h"
#include "connectors/people.h"
#include "connectors/refusal.h"

namespace parley::connectors {

/// What somebody shows. Views into the request.
struct Credentials {
  std::string_view token;
  std::string_view visitor;  // the proof of an earlier visit
  std::string_view origin;   // of the page; empty: not a browser
};

using Admission = std::variant<Grant, Refusal>;

struct ReceptionParts {
  const ConnectionLimits& limits;
  const GrantMint& mint;
  const Clock& clock;
  Metrics& metrics;
  const Door& door;  // of the channel
};

class Reception {
 public:
  /// `own_origins`: what "self" among the origins stands for. kInvalid: the token rules can't be used.
  static Result<Reception> make(std::string channel, const config::Channel& settings,
                                const std::vector<std::string>& own_origins, ReceptionParts parts);

  const std::string& channel() const { return channel_; }
  bool is_signed() const { return signed_; }
  bool origin_allowed(std::string_view origin) const { return origins_.contains(origin); }

  /// `conversation`: the one to come back to; empty: a new one. `origins`: narrows the pages that may use the
  /// token.
  Admission begin(const Credentials& shown, const std::string& conversation,
                  const std::vector<std::string>& origins = {}) const;
  /// An employee's token yields a grant without a conversation.
  Admission enter(const Credentials& shown) const;
  /// A ticket of ours in the address of a stream.
  Admission enter_stream(std::string_view ticket, std::string_view origin) const;

  /// The same grant, good for another `token_lifetime` from now on if the person may still begin here.
  Grant renewed(Grant grant) const;
  /// How long its token is good.
  std::chrono::seconds time_left(const Grant& grant) const;
  /// Why the grant can't be renewed; nullopt: it can.
  std::optional<Refusal> shut_for(const Person& person) const;
  /// A ticket for the stream of this token.
  Grant stream_ticket(const Grant& grant) const;
  /// What a visitor shows to be the same one next time; empty for people who are known by a token.
  std::string visitor_proof(const Person& person) const;
  std::string issue(const Grant& grant) const { return parts_.mint.issue(grant); }

 private:
  Reception(std::string channel, ReceptionParts parts) : channel_(std::move(channel)), parts_(parts) {}
  Admission by_grant(const Grant& grant, std::string_view origin) const;
  std::variant<Person, Refusal> employee(std::string_view token) const;
  Person visitor(std::string_view proof) const;
  std::variant<Person, Refusal> newcomer(const Credentials& shown) const;
  Refusal refuse(Refusal refusal) const;

  std::string channel_;
  ReceptionParts parts_;
  std::set<std::string, std::less<>> origins_;
  bool signed_ = false;
  std::optional<EmployeeTokens> employees_;  // none: an anonymous channel for which nobody is named
};

/// 22 characters of base64url: the form of our conversations' ids.
bool is_conversation_id(std::string_view text);

}  // namespace parley::connectors
