// parley.yaml: what an operator sets. docs/limits.md lists the limits; config/parley.yaml is the commented
// sample.
//
// Paths in the file are relative to the folder of the file, so a server starts the same from anywhere.
// Secrets never stand in the file: it names an environment variable or a file that holds them, or lets the
// server make one of its own.
//
// Plain values, read once at start. Every mistake is a finding with its line; what is wrong keeps its
// default.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/diagnostic.h"
#include "config/network.h"

namespace parley::config {

/// How people of a channel are known.
enum class Access {
  kSigned,     // by a token that the company's own login signed: no token, no conversation
  kAnonymous,  // not at all: a visitor, whose id the server makes
};

enum class TokenAlgorithm { kHs256, kRs256 };

/// How the tokens of a signed channel are checked (RFC 7519). One algorithm only: a token that names another
/// is refused.
struct TokenRules {
  TokenAlgorithm algorithm = TokenAlgorithm::kHs256;
  std::string secret;  // HS256; empty: the server keeps one in <data>/<channel>.secret, made on first use
  std::filesystem::path jwks_file;  // RS256: the issuer's public keys (RFC 7517)
  std::string issuer;               // must equal `iss`; empty: not looked at
  std::string audience;             // must be (one of) `aud`; empty: not looked at
  std::string id_claim = "sub";
  std::string name_claim = "name";
  std::string roles_claim = "roles";
};

/// `self` among the origins: the pages that this server itself hands out.
inline constexpr const char* kOriginSelf = "self";

/// Who may come in. Each lets in more than the one before it.
enum class Phase {
  kClosed,   // nobody
  kPreview,  // the people named for it, who are told that it is a preview
  kOpen,     // everybody who may be known as `access` says
};
std::string_view name_of(Phase phase);

/// What happens when the bot of an open channel falls below the level that the channel opens at.
enum class Below {
  kAlarm,    // a warning in the log and a metric, and nothing else
  kDegrade,  // what is above the level measured is not offered any more
  kClose,    // the channel is in preview where people are named for it, else closed
};

struct Channel {
  std::string bot;
  Access access = Access::kAnonymous;
  TokenRules tokens;                 // where it takes any
  std::vector<std::string> origins;  // pages that may connect: "https://shop.example", exactly; or "self"
  Phase phase = Phase::kOpen;        // the most that the operator allows
  std::vector<std::string> people;   // ids of those who may come in while it is in preview
  int opens_at = 0;                  // the maturity level that its bot must have shown; 0: none
  Below below = Below::kAlarm;

  /// Tokens that the company's login signed: of everybody, or of those who are named for a preview.
  bool takes_tokens() const { return access == Access::kSigned || !people.empty(); }
};

/// How the levels of bots are measured, for channels that open at one.
struct MaturitySettings {
  std::filesystem::path model;                              // empty: the one that ships
  std::chrono::milliseconds every = std::chrono::hours(1);  // from one measuring of a bot to the next
};

/// A made-up person whom the start page may become in demo mode.
struct Employee {
  std::string id;
  std::string name;
  std::string title;  // "Accountant"; may be empty
  std::vector<std::string> roles;
};

/// What is not set here is as in engine/limits.h.
struct LimitOverrides {
  using Count = std::optional<std::size_t>;
  using Span = std::optional<std::chrono::milliseconds>;
  Count message_max_bytes, json_max_depth, activity_id_max_bytes, header_max_bytes;
  Span handshake_timeout, idle_timeout, ping_interval, hello_timeout, message_timeout, close_timeout,
      drain_timeout;
  Count connections_max, connections_per_address_max;
  Count messages_per_minute_max, messages_per_minute_per_address_max,
      conversations_per_minute_per_address_max;
  Count control_frames_per_minute_max, frames_per_message_max, write_queue_max_bytes;
  Span token_lifetime, stream_ticket_lifetime, visitor_lifetime;
};

struct Settings {
  std::string address = "127.0.0.1";
  std::string
      public_url;  // how browsers reach this server through a proxy: "https://chat.example"; may be empty
  std::uint16_t port = 8080;  // 0: any free one
  int io_threads = 1;         // threads that serve sockets
  int shards = 1;             // threads that run turns
  std::filesystem::path data_folder = "data";
  bool thorough = false;  // train thorough models in the background, and swap them in
  std::map<std::string, std::filesystem::path> bots;  // name -> folder
  std::map<std::string, Channel> channels;
  MaturitySettings maturity;
  std::vector<Network> trusted_proxies;  // whose X-Forwarded-For is believed
  std::vector<Network>
      metrics_readers;        // who may read /metrics; by default this machine and private networks
  std::string events_secret;  // of the services that may send events (POST /v1/events); empty: none may
  LimitOverrides limits;
  std::vector<Employee> demo_employees;
  bool demo = false;               // never read from the file: only the command line turns it on
  std::string log_level = "info";  // debug, info, warn, error
};

Settings read_settings(const std::filesystem::path& path, Findings& findings);
/// The same from text in memory; paths are relative to `folder`.
Settings read_settings(std::string text, const std::filesystem::path& folder, Findings& findings);

}  // namespace parley::config
