// The demonstration's sign-in: made-up people of the settings file, and a really signed token for each.
//
// Only there when the server was started in demo mode; without cross-origin headers, so no other page can
// read it.
// `/demo/employees` gives [{"id","name","title"}], `/demo/token?employee=ID` {"token","expires_in"} for the
// first signed channel whose secret the server holds.
#pragma once

#include <optional>

#include "connectors/http_message.h"
#include "connectors/server_context.h"

namespace parley::connectors {

std::optional<HttpResponse> demo_page(const HttpRequest& request, const ServerContext& context);

}  // namespace parley::connectors
