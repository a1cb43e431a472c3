// Which addresses an HTTP service may be at: parts of a URL, and which IP addresses are not public.
//
// Public is what the special-purpose registries of IANA (RFC 6890) do not set aside: not this machine, not a
// private or link-local network, no multicast. Addresses that carry an IPv4 address within an IPv6 one
// (mapped, NAT64, 6to4) count as that address.
//
// Pure functions; any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/network.h"
#include "engine/result.h"

struct sockaddr;

namespace parley {

struct UrlParts {
  std::string scheme;  // "http" or "https"
  std::string host;    // lower case; an IPv6 address without its brackets
  std::string port;    // always there
  bool has_user = false, has_query = false, has_fragment = false;
};

/// Nullopt: not an absolute http or https address.
std::optional<UrlParts> url_parts(const std::string& url);

/// `target`, which may be relative to `base`, as an absolute address of the same scheme, host and port.
/// Empty: it is none, or leads elsewhere.
std::string same_place(const std::string& base, const std::string& target);

bool is_public(const config::AddressBytes& address);
/// True for a public address, and for one in `allowed`.
bool may_connect(const std::string& address, const std::vector<config::Network>& allowed);
/// "192.0.2.7" or "2001:db8::1"; empty for other families.
std::string address_text(const sockaddr* address);

/// What `private: true` stands for: every address.
const std::vector<config::Network>& all_networks();

}  // namespace parley
