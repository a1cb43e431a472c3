// The widget and the pages, as compiled into the binary from web/.
//
// Pages get a strict content security policy: scripts and styles from this server's files only, nothing
// inline, no frames around them. The files under /web/ may be used by pages of other sites, because that is
// how the widget is embedded.
//
// Any thread.
#pragma once

#include <optional>

#include "connectors/http_message.h"

namespace parley {

/// Path below web/ -> content. Made by the build from the folder web/.
const std::map<std::string_view, std::string_view>& web_files();

namespace connectors {

/// `/` and `/web/...`; nullopt for any other path. Unknown files are 404.
std::optional<HttpResponse> static_file(const HttpRequest& request);

}  // namespace connectors
}  // namespace parley
