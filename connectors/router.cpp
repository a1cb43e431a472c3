#include "connectors/router.h"

#include <charconv>

#include "connectors/demo.h"
#include "connectors/direct_line_stream.h"
#include "connectors/events_api.h"
#include "connectors/log.h"
#include "connectors/native_session.h"
#include "connectors/static_files.h"

namespace parley::connectors {
namespace {

constexpr const char* kPreflightSeconds = "600";

/// Lets the page at this origin read the answer, when it is on the channel's list.
void add_cross_origin(const Reception& reception, std::string_view origin, HttpResponse& response) {
  response.headers.emplace_back("Vary", "Origin");
  if (!reception.origin_allowed(origin)) return;
  response.headers.emplace_back("Access-Control-Allow-Origin", origin);
  response.headers.emplace_back("Access-Control-Expose-Headers", "Retry-After");
}

HttpResponse preflight(const Reception& reception, std::string_view origin) {
  if (!reception.origin_allowed(origin)) return to_response(origin_denied());
  HttpResponse response;
  response.status = 204;
  response.headers = {
      {"Access-Control-Allow-Methods", "GET, POST, OPTIONS"},
      {"Access-Control-Allow-Headers", "authorization, content-type, x-ms-bot-agent, x-requested-with"},
      {"Access-Control-Max-Age", kPreflightSeconds}};
  return response;
}

bool is_direct_line(const std::vector<std::string>& rest) {
  return rest.size() >= 2 && rest[0] == "v3" && rest[1] == "directline";
}

/// Microsoft's service has no `directline` below its version; ours keeps both forms apart by the channel
/// before them.
std::vector<std::string> below_direct_line(const std::vector<std::string>& rest) {
  return {rest.begin() + 2, rest.end()};
}

HttpResponse text_page(int status, std::string text) {
  return {status, std::move(text), "text/plain; charset=utf-8"};
}

}  // namespace

const Reception* Router::reception_of(const std::string& path, std::vector<std::string>& rest) const {
  rest = path_segments(path);
  if (rest.empty()) return nullptr;
  const auto found = context_->receptions.find(rest.front());
  rest.erase(rest.begin());
  return found == context_->receptions.end() ? nullptr : &found->second;
}

void Router::handle(HttpRequest request, Respond respond) const {
  if (auto page = operators_page(request)) return respond(std::move(*page));
  if (auto file = static_file(request)) return respond(std::move(*file));
  if (auto page = demo_page(request, *context_)) return respond(std::move(*page));
  if (request.path == kEventsPath) return post_event(context_, request, std::move(respond));
  std::vector<std::string> rest;
  const Reception* reception = reception_of(request.path, rest);
  if (reception == nullptr) return respond(to_response(not_found("no such page or channel")));
  respond = [reception, origin = std::string(request.header("origin")),
             respond = std::move(respond)](HttpResponse response) {
    add_cross_origin(*reception, origin, response);
    respond(std::move(response));
  };
  if (request.method == "OPTIONS") return respond(preflight(*reception, request.header("origin")));
  if (is_direct_line(rest))
    return direct_line_.handle(*reception, below_direct_line(rest), std::move(request), std::move(respond));
  if (rest.size() == 1 && rest[0] == "socket")
    return respond({426, "", "text/plain", {{"Upgrade", "websocket"}, {"Connection", "Upgrade"}}});
  respond(to_response(not_found("no such call")));
}

std::optional<HttpResponse> Router::refuse_early(const HttpRequest& head) const {
  std::vector<std::string> rest;
  const Reception* reception = reception_of(head.path, rest);
  if (reception == nullptr || !is_direct_line(rest)) return std::nullopt;
  auto refused = DirectLine::refuse_early(head.method, below_direct_line(rest));
  if (refused) add_cross_origin(*reception, head.header("origin"), *refused);
  return refused;
}

std::optional<HttpResponse> Router::operators_page(const HttpRequest& request) const {
  if (request.path == "/healthz") return text_page(200, "alive\n");
  if (request.path == "/readyz")
    return context_->ready()
               ? text_page(200, "ready\n")
               : text_page(503, context_->draining ? "draining\n" : "the ledger takes no commits\n");
  if (request.path != "/metrics") return std::nullopt;
  if (!config::contains(context_->settings.metrics_readers, request.address))
    return to_response({403, "Denied", "metrics are not for everyone: see metrics_readers in the settings"});
  const auto calls = context_->engine.call_figures();
  HttpResponse page = text_page(200, context_->metrics.text(context_->ready(), context_->draining, calls));
  page.content_type = "text/plain; version=0.0.4; charset=utf-8";
  return page;
}

std::variant<std::shared_ptr<SocketProtocol>, HttpResponse> Router::upgrade(
    const HttpRequest& request) const {
  std::vector<std::string> rest;
  const Reception* reception = reception_of(request.path, rest);
  if (reception == nullptr) return to_response(not_found("no such page or channel"));
  if (!context_->ready()) return to_response(unavailable());
  if (rest.size() == 1 && rest[0] == "socket") {
    const std::string origin(request.header("origin"));
    if (origin.empty() || reception->origin_allowed(origin))
      return std::make_shared<NativeSession>(context_, *reception, Peer{origin, request.address});
    context_->metrics.authentication_failed(reception->channel(), "OriginDenied");
    log_info("origin_denied",
             {{"channel", reception->channel()}, {"origin", origin}, {"address", request.address}});
    return to_response(origin_denied());
  }
  if (is_direct_line(rest) && rest.size() == 5 && rest[2] == "conversations" && rest[4] == "stream")
    return open_stream(*reception, rest[3], request);
  return to_response(not_found("no WebSocket here"));
}

std::variant<std::shared_ptr<SocketProtocol>, HttpResponse> Router::open_stream(
    const Reception& reception, const std::string& conversation, const HttpRequest& request) const {
  const auto ticket = request.query.find("t");
  const auto admission =
      reception.enter_stream(ticket == request.query.end() ? "" : ticket->second, request.header("origin"));
  if (const auto* refusal = std::get_if<Refusal>(&admission)) {
    log_info("stream_refused",
             {{"channel", reception.channel()}, {"code", refusal->code}, {"address", request.address}});
    return to_response(*refusal);
  }
  const Grant& grant = std::get<Grant>(admission);
  if (grant.conversation != conversation) return to_response(conversation_denied());
  const auto after = watermark_of(request);
  if (!after) return to_response(bad_argument("watermark is not one that was given here"));
  return std::make_shared<DirectLineStream>(context_, grant, *after);
}

}  // namespace parley::connectors
