// base64url without padding, as tokens use it (RFC 4648, section 5; RFC 7515, appendix C).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace parley::connectors {

std::string to_base64url(std::string_view bytes);
/// Nullopt for anything that to_base64url would not have written.
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace parley::connectors
