// Whole text files that people write, other than YAML (yaml.h).
//
// Pure functions; any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "config/diagnostic.h"

namespace parley::config {

/// The content without a byte-order mark. Nullopt, and `unreadable`, `too-large` or `not-utf8` reported about
/// the file `shown_as`.
std::optional<std::string> read_text_file(const std::filesystem::path& path, const std::string& shown_as,
                                          std::size_t bytes_max, Findings& findings);

bool is_utf8(std::string_view text);

}  // namespace parley::config
