#include "config/channel_settings.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>
#include <fstream>
#include <set>
#include <sstream>

#include "config/maturity_model.h"

namespace parley::config {
namespace {

constexpr std::size_t kSecretMinBytes = 32;  // RFC 7518, 3.2: as long as the hash
constexpr std::array<std::string_view, 3> kPhases{"closed", "preview", "open"};
constexpr std::array<std::string_view, 3> kBelow{"alarm", "degrade", "close"};

bool is_name(const std::string& text) {
  return !text.empty() && std::islower(static_cast<unsigned char>(text[0])) &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) {
           return std::islower(c) || std::isdigit(c) || c == '_' || c == '-';
         });
}

std::filesystem::path resolved(const std::filesystem::path& folder, const std::string& path) {
  return (folder / path).lexically_normal();
}

void take_secret(const Node& node, std::string secret, std::string& into) {
  while (!secret.empty() && (secret.back() == '\n' || secret.back() == '\r'))
    secret.pop_back();
  if (secret.size() < kSecretMinBytes)
    node.error("secret", "this secret is too short: " + std::to_string(kSecretMinBytes) + " bytes or more",
               "for example: openssl rand -hex 32");
  into = std::move(secret);
}

void read_keys(const Node& node, const std::filesystem::path& folder, TokenRules& rules) {
  for (const char* key : {"secret", "secret_env", "secret_file"})
    if (const Node secret = node.get(key)) secret.error("tokens", "RS256 has public keys, not a secret");
  const Node file = node.need("jwks_file");
  const auto path = file.text();
  if (!path) return;
  rules.jwks_file = resolved(folder, *path);
  if (!std::filesystem::is_regular_file(rules.jwks_file))
    file.error("no-such-file", "there is no file " + rules.jwks_file.string());
}

void read_tokens(const Node& node, const std::filesystem::path& folder, TokenRules& rules) {
  if (!node.is_map()) return static_cast<void>(node.entries());
  node.allow(
      {"algorithm", "secret", "secret_env", "secret_file", "jwks_file", "issuer", "audience", "claims"});
  if (const auto algorithm = node.need("algorithm").text()) {
    if (*algorithm == "RS256")
      rules.algorithm = TokenAlgorithm::kRs256;
    else if (*algorithm != "HS256")
      node.get("algorithm")
          .error("algorithm", "'" + *algorithm + "' is not supported", "write HS256 or RS256");
  }
  rules.algorithm == TokenAlgorithm::kHs256 ? read_secret(node, folder, rules.secret)
                                            : read_keys(node, folder, rules);
  rules.issuer = node.get("issuer").text().value_or("");
  rules.audience = node.get("audience").text().value_or("");
  if (const Node claims = node.get("claims")) {
    claims.allow({"id", "name", "roles"});
    rules.id_claim = claims.get("id").text().value_or(rules.id_claim);
    rules.name_claim = claims.get("name").text().value_or(rules.name_claim);
    rules.roles_claim = claims.get("roles").text().value_or(rules.roles_claim);
  }
}

void read_bot_name(const Node& node, const std::map<std::string, std::filesystem::path>& bots,
                   Channel& channel) {
  channel.bot = node.text().value_or("");
  if (channel.bot.empty() || bots.contains(channel.bot)) return;
  std::vector<std::string> names;
  for (const auto& [name, folder] : bots)
    names.push_back(name);
  node.error("unknown-bot", "no bot is called '" + channel.bot + "'", near_names_hint(channel.bot, names));
}

void read_access(const Node& node, Channel& channel) {
  const auto access = node.text();
  if (!access) return;
  if (*access == "signed")
    channel.access = Access::kSigned;
  else if (*access != "anonymous")
    node.error("access", "'" + *access + "' is not a kind of access", "write signed or anonymous");
}

void read_origin(const Node& node, std::vector<std::string>& origins) {
  const auto origin = node.text();
  if (!origin) return;
  if (*origin != kOriginSelf && !is_origin(*origin))
    node.error("origin", "'" + *origin + "' is not an origin",
               "write it as browsers send it, without a path: https://www.example.com");
  else
    origins.push_back(*origin);
}

/// Where the node's word stands among `words`, which are those of Choice; `otherwise` where there is none.
template <typename Choice>
Choice choice_of(const Node& node, const char* code, const std::array<std::string_view, 3>& words,
                 Choice otherwise) {
  const auto word = node.text();
  if (!word) return otherwise;
  const auto* found = std::find(words.begin(), words.end(), *word);
  if (found != words.end()) return static_cast<Choice>(found - words.begin());
  std::string list;
  for (const std::string_view one : words)
    list += (list.empty() ? "" : ", ") + std::string(one);
  node.error(code, "'" + *word + "' is not a word for this", "write one of " + list);
  return otherwise;
}

void read_people(const Node& node, std::vector<std::string>& people) {
  for (const Node& item : node.items()) {
    const std::string id = item.text().value_or("");
    if (std::find(people.begin(), people.end(), id) != people.end())
      item.error("duplicate", "'" + id + "' is named twice");
    else if (!id.empty())
      people.push_back(id);
  }
}

void read_phase(const Node& node, Channel& channel) {
  channel.phase = choice_of(node.get("phase"), "phase", kPhases, Phase::kOpen);
  channel.below = choice_of(node.get("below"), "below", kBelow, Below::kAlarm);
  read_people(node.get("people"), channel.people);
  if (channel.phase == Phase::kPreview && channel.people.empty())
    node.error("missing-key", "a preview needs 'people': the ids of those who may come in",
               "people: [e1001, e1002]");
  if (const auto level = node.get("opens_at").integer()) {
    if (*level < 1 || *level > kLevelMax)
      node.get("opens_at").error("range", "a level from 1 to 5 is expected");
    else
      channel.opens_at = static_cast<int>(*level);
  }
  if (const Node below = node.get("below"); below && !node.get("opens_at"))
    below.error("missing-key", "'below' needs 'opens_at': the level that the bot may fall below",
                "opens_at: 2");
}

}  // namespace

Channel read_channel(const Entry& entry, const std::filesystem::path& folder,
                     const std::map<std::string, std::filesystem::path>& bots) {
  static const std::set<std::string> kReserved{"web", "demo", "healthz", "readyz", "metrics", "v1"};
  Channel channel;
  if (!is_name(entry.name) || kReserved.contains(entry.name))
    entry.key.error("name", "'" + entry.name + "' can't be the name of a channel",
                    "lower-case letters, digits, - and _; not web, demo, healthz, readyz, metrics or v1");
  const Node& node = entry.value;
  if (!node.is_map()) {
    node.entries();
    return channel;
  }
  node.allow({"bot", "access", "tokens", "origins", "phase", "people", "opens_at", "below"});
  read_bot_name(node.need("bot"), bots, channel);
  read_access(node.need("access"), channel);
  read_phase(node, channel);
  const Node tokens = node.get("tokens");
  if (tokens && !channel.takes_tokens())
    tokens.error("tokens",
                 "an anonymous channel looks at no tokens but those of people named for its preview",
                 "write access: signed, name people, or remove this");
  else if (tokens)
    read_tokens(tokens, folder, channel.tokens);
  for (const Node& origin : node.get("origins").items())
    read_origin(origin, channel.origins);
  if (channel.origins.empty() && channel.access == Access::kAnonymous)
    node.error("missing-key", "an anonymous channel needs 'origins': the pages that may connect",
               "origins: [self, https://www.example.com]");
  return channel;
}

void read_secret(const Node& node, const std::filesystem::path& folder, std::string& secret) {
  if (const Node inline_secret = node.get("secret"))
    inline_secret.error(
        "inline-secret", "a secret does not belong in this file",
        "put it into a file and write secret_file, or into the environment and write secret_env");
  if (const Node keys = node.get("jwks_file")) keys.error("tokens", "HS256 has a secret, not public keys");
  const Node from_environment = node.get("secret_env"), from_file = node.get("secret_file");
  if (from_environment && from_file) from_file.error("tokens", "give secret_env or secret_file, not both");
  if (const auto name = from_environment.text()) {
    const char* value = std::getenv(name->c_str());
    if (value == nullptr) return from_environment.error("secret", "the environment has no " + *name);
    take_secret(from_environment, value, secret);
  } else if (const auto path = from_file.text()) {
    std::ifstream stream(resolved(folder, *path), std::ios::binary);
    std::ostringstream content;
    if (!stream || !(content << stream.rdbuf()))
      return from_file.error("secret", "the file " + resolved(folder, *path).string() + " can't be read");
    take_secret(from_file, content.str(), secret);
  }
}

std::string_view name_of(Phase phase) {
  return kPhases[static_cast<std::size_t>(phase)];
}

bool is_origin(const std::string& text) {
  const std::size_t scheme = text.find("://");
  if (scheme == std::string::npos) return false;
  const std::string name = text.substr(0, scheme), host = text.substr(scheme + 3);
  return (name == "http" || name == "https") && !host.empty() &&
         std::all_of(host.begin(), host.end(), [](unsigned char c) {
           return std::islower(c) || std::isdigit(c) || c == '.' || c == '-' || c == ':' || c == '[' ||
                  c == ']';
         });
}

}  // namespace parley::config
