// A digest over the content of a folder: changes when any file below it is changed, added, renamed or
// removed.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace parley::cli {

/// The first 16 hex digits of the SHA-256 over names and contents, in order of name; hidden files are left
/// out.
std::string digest_of_folder(const std::filesystem::path& folder);

/// All 64 hex digits of the SHA-256 of a text.
std::string digest_of(std::string_view text);

}  // namespace parley::cli
