// Under which addresses browsers know this server.
//
// Behind a proxy that is `public_url`. Without it, a page's own origin is never taken from a request's Host
// header (a page of somebody else's could make its name point here), but from what the server listens on.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/settings.h"
#include "connectors/http_message.h"

namespace parley::connectors {

/// Origins of the pages that this server hands out: what `self` stands for.
std::vector<std::string> own_origins(const config::Settings& settings, std::uint16_t port);

/// "ws://host:port" or "wss://...": `public_url`, or else where this request came in.
std::string socket_base(const HttpRequest& request, const config::Settings& settings);

/// The client's address: behind trusted proxies the last address in X-Forwarded-For that is not one of
/// theirs.
std::string client_address(const std::string& peer, const std::string& forwarded_for,
                           const std::vector<config::Network>& trusted_proxies);

}  // namespace parley::connectors
