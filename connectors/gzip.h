// Gzip (RFC 1952), by zlib. For files that do not change: nothing else that the server sends is compressed.
//
// Any thread.
#pragma once

#include <string>
#include <string_view>

namespace parley::connectors {

/// The smallest that zlib makes of it. Memory for a moment: about 256 KB and the result.
std::string gzip(std::string_view content);

/// Whether an Accept-Encoding header (RFC 9110, 12.5.3) takes gzip. An absent one does not: some scripts that
/// send none can't unpack.
bool accepts_gzip(std::string_view accept_encoding);

}  // namespace parley::connectors
