// What parley.yaml says of one channel: its bot, how its people are known, from which pages they come, and in
// which phase it is. A part of settings.cpp.
//
// Codes: name, type, unknown-key, missing-key, unknown-bot, access, tokens, origin, phase, below, range,
// duplicate, and those of tokens: algorithm, secret, inline-secret, no-such-file. One thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "config/settings.h"
#include "config/yaml.h"

namespace parley::config {

/// `folder`: what paths are relative to; `bots`: those of the settings.
Channel read_channel(const Entry& entry, const std::filesystem::path& folder,
                     const std::map<std::string, std::filesystem::path>& bots);

/// The secret that `secret_env` or `secret_file` of the node names.
void read_secret(const Node& node, const std::filesystem::path& folder, std::string& secret);

/// scheme://host or scheme://host:port as browsers send it (RFC 6454): lower case, no path.
bool is_origin(const std::string& text);

}  // namespace parley::config
