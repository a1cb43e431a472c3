// The demonstration's sign-in: made-up people of the settings file, and a really signed token for each.
//
// Only there when the server was started in demo mode; without cross-origin headers, so no other page can
// read it.
// `/demo/employees` gives [{"id","name","title","previews"}], with the channels that are in preview for the
// person;
// `/demo/token?employee=ID&channel=NAME` gives {"token","expires_in"} for the channel, or without one for the
// first signed channel whose secret the server holds.
#pragma once

#include <optional>

#include "connectors/http_message.h"
#include "connectors/server_context.h"

namespace parley::connectors {

std::optional<HttpResponse> demo_page(const HttpRequest& request, const ServerContext& context);

}  // namespace parley::connectors
