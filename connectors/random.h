// Unguessable texts, and secrets that are kept in files.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "engine/result.h"

namespace parley::connectors {

/// `bytes` random bytes from the operating system's generator, as base64url. Any thread.
std::string random_text(std::size_t bytes);

/// The secret in `path`. A missing file is made, with 256 random bits, for its owner only (mode 0600), and on
/// the disk before this returns. kUnavailable: can't be read or made; kInvalid: too short, or readable for
/// others.
Result<std::string> secret_in_file(const std::filesystem::path& path);

}  // namespace parley::connectors
