// Files by their URI, as clients name them: file:///home/anna/bots/my%20bot/bot.yaml.
//
// Pure functions; any thread. Source: RFC 3986, RFC 8089.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace parley::lsp {

/// The absolute path, without `.` and `..`; nullopt for another scheme (untitled:, git:), another host, or
/// what is no URI.
std::optional<std::filesystem::path> path_of(std::string_view uri);

std::string uri_of(const std::filesystem::path& path);

}  // namespace parley::lsp
