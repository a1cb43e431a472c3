// Reads the keys of an HTTP service: `http`, `headers`, `private`, `redirects`, `proxy`, `ca`, and what its
// operations say. Nothing is called and no name is resolved.
//
// The codes are those of docs/findings.md, "services.yaml". A secret that is not set is a warning here,
// because the machine on which a bot is written need not have it; unset_secrets() is for the one that serves.
//
// Thread rule: one thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/yaml.h"
#include "engine/service_catalog.h"

namespace parley {

/// Fills `service`, whose name has been read, as far as the document is understood. `folder` is the bot's.
void read_http_service(const config::Node& document, const std::filesystem::path& folder, Service& service);

/// The environment variables of secrets that the services need and that are not set.
std::vector<std::string> unset_secrets(const ServiceCatalog& catalog);

}  // namespace parley
