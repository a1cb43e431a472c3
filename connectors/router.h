// The router: which path leads where, and what every answer carries.
//
//   /healthz  /readyz  /metrics            for operators
//   /  /web/...                            the page and the widget
//   /demo/...                              demo mode only
//   /v1/events                             events from the operator's services
//   /{channel}/v3/directline/...           Direct Line 3.0
//   /{channel}/socket                      the native protocol, WebSocket only
//
// Cross-origin rules are here too: pages on a channel's list may read its answers, others get no headers and
// so nothing.
//
// Any thread; immutable.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "connectors/direct_line.h"
#include "connectors/http_message.h"
#include "connectors/server_context.h"
#include "connectors/socket.h"

namespace parley::connectors {

class Router {
 public:
  explicit Router(std::shared_ptr<ServerContext> context)
      : context_(std::move(context)), direct_line_(context_) {}

  void handle(HttpRequest request, Respond respond) const;

  /// What can be answered before the body has come: nullopt when the body is wanted.
  std::optional<HttpResponse> refuse_early(const HttpRequest& head) const;

  /// A WebSocket is asked for: who will speak on it, or why nobody does.
  std::variant<std::shared_ptr<SocketProtocol>, HttpResponse> upgrade(const HttpRequest& request) const;

 private:
  /// The channel of a path, or null; `rest` is what follows it.
  const Reception* reception_of(const std::string& path, std::vector<std::string>& rest) const;
  std::optional<HttpResponse> operators_page(const HttpRequest& request) const;
  std::variant<std::shared_ptr<SocketProtocol>, HttpResponse> open_stream(const Reception& reception,
                                                                          const std::string& conversation,
                                                                          const HttpRequest& request) const;

  std::shared_ptr<ServerContext> context_;
  DirectLine direct_line_;
};

}  // namespace parley::connectors
