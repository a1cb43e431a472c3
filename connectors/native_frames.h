// The frames of the native protocol: what a client may send, and how the server's answers look.
// docs/protocol.md is the full description.
//
// Reading is strict: an unknown type, an unknown field, a missing or mistyped one is an error that names it.
// Writing puts activities in as the ledger's own JSON text.
//
// Any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "connectors/connection_limits.h"
#include "connectors/jwt.h"
#include "connectors/refusal.h"
#include "engine/bounded_json.h"
#include "engine/message.h"

namespace parley::connectors {

inline constexpr std::string_view kNativeSubprotocol = "parley.v1";

struct HelloFrame {
  std::string token, visitor, conversation, language;
  Sequence after = 0;
};
struct ActivityFrame {
  std::string id;
  Json activity;
};
struct PingFrame {};
struct RefreshFrame {};
struct BadFrame {
  std::string message;
  std::string id;  // of the activity that can't be taken, where it was readable
};
using ClientFrame = std::variant<HelloFrame, ActivityFrame, PingFrame, RefreshFrame, BadFrame>;

ClientFrame read_client_frame(std::string_view text, const ConnectionLimits& limits);

struct WelcomeFrame {
  std::string conversation;
  Person person;
  std::string token;
  std::string visitor;  // may be empty
  std::chrono::seconds expires_in{};
  bool created = false;
};

std::string write_welcome(const WelcomeFrame& welcome);
std::string write_ack(const std::string& id, const Receipt& receipt);
std::string write_activities(const std::vector<StoredActivity>& activities);
std::string write_transient(const Json& activity);
std::string write_pong();
std::string write_token(const std::string& token, std::chrono::seconds expires_in);
/// `id`: of the activity that it is about; may be empty.
std::string write_error(const Refusal& refusal, const std::string& id = "");

}  // namespace parley::connectors
