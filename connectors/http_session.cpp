#include "connectors/http_session.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/beast/websocket/rfc6455.hpp>

#include "connectors/log.h"
#include "connectors/public_address.h"
#include "connectors/websocket_session.h"

namespace parley::connectors {
namespace {

namespace http = boost::beast::http;
using Parser = http::request_parser<http::string_body>;

/// How long a client may go on sending a request that was answered already, so that it gets to read the
/// answer.
constexpr std::chrono::seconds kLingerTimeout{2};
constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

enum class Next { kAnotherRequest, kClose, kLinger, kGone };

class HttpSession final : public Connection, public std::enable_shared_from_this<HttpSession> {
 public:
  HttpSession(TcpSocket socket, HttpParts parts);
  ~HttpSession() override;

  Awaitable<void> run();
  void go_away(std::chrono::milliseconds) override;
  void cut() override;

 private:
  Awaitable<Next> serve_one();
  Awaitable<bool> wait_for_request();
  Awaitable<error_code> read_body(Parser& parser);
  Awaitable<Next> refuse_reading(error_code error);
  Awaitable<HttpResponse> answer(HttpRequest request);
  Awaitable<Next> upgrade(Parser& parser, const HttpRequest& request);
  Awaitable<Next> write(HttpResponse answer, bool keep_alive, bool head_only = false);
  Awaitable<void> linger();
  bool read_head(const Parser& parser, HttpRequest& into) const;
  void set_deadline(std::chrono::milliseconds delay);

  HttpParts parts_;
  TcpSocket socket_;
  boost::beast::flat_buffer buffer_;
  Timer timer_;
  bool timed_out_ = false;
  bool idle_ = true;  // no request is under way
  bool first_ = true;
};

HttpSession::HttpSession(TcpSocket socket, HttpParts parts)
    : parts_(std::move(parts)), socket_(std::move(socket)), timer_(parts_.loop->context()) {
  parts_.loop->add(this);
  parts_.context->metrics.connection_opened(ConnectionKind::kHttp);
}

HttpSession::~HttpSession() {
  parts_.loop->remove(this);
  parts_.context->metrics.connection_closed(ConnectionKind::kHttp);
}

Awaitable<void> HttpSession::run() {
  const auto self = shared_from_this();
  Next next = Next::kAnotherRequest;
  while (next == Next::kAnotherRequest) {
    idle_ = true;
    next = co_await serve_one();
    first_ = false;
  }
  if (next == Next::kLinger) co_await linger();
  timer_.cancel();
  error_code ignored;
  if (next != Next::kGone) socket_.close(ignored);
}

Awaitable<Next> HttpSession::serve_one() {
  if (!co_await wait_for_request()) co_return Next::kClose;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(parts_.context->limits.header_max_bytes));
  parser.body_limit(boost::none);  // only when it is known whether the body is wanted
  error_code error;
  set_deadline(parts_.context->limits.handshake_timeout);
  co_await http::async_read_header(socket_, buffer_, parser, into(error));
  HttpRequest request;
  if (error) co_return co_await refuse_reading(error);
  idle_ = false;
  if (!read_head(parser, request)) co_return co_await refuse_reading(http::error::bad_target);
  if (auto refused = parts_.router->refuse_early(request)) {
    co_await write(std::move(*refused), false);
    co_return Next::kLinger;
  }
  if (boost::beast::websocket::is_upgrade(parser.get())) co_return co_await upgrade(parser, request);
  error = co_await read_body(parser);
  if (error) co_return co_await refuse_reading(error);
  request.body = std::move(parser.get().body());
  const bool keep_alive = parser.get().keep_alive(), head_only = request.method == "HEAD";
  timer_.cancel();
  HttpResponse answered = co_await answer(std::move(request));
  co_return co_await write(std::move(answered), keep_alive, head_only);
}

/// The first byte of the next request may take longer than the rest of it.
Awaitable<bool> HttpSession::wait_for_request() {
  if (first_ || buffer_.size() > 0) co_return true;
  if (parts_.context->draining) co_return false;
  set_deadline(parts_.context->limits.idle_timeout);
  error_code error;
  co_await socket_.async_wait(TcpSocket::wait_read, into(error));
  co_return !error && !timed_out_;
}

Awaitable<error_code> HttpSession::read_body(Parser& parser) {
  error_code error;
  const std::size_t most = parts_.context->limits.message_max_bytes;
  if (parser.content_length().value_or(0) > most) co_return http::error::body_limit;
  parser.body_limit(most);
  set_deadline(parts_.context->limits.handshake_timeout);
  if (boost::beast::iequals(parser.get()[http::field::expect], "100-continue"))
    co_await asio::async_write(socket_, asio::buffer(kContinue), into(error));
  if (!error) co_await http::async_read(socket_, buffer_, parser, into(error));
  co_return error;
}

Awaitable<Next> HttpSession::refuse_reading(error_code error) {
  Refusal refusal = bad_argument("this is not an HTTP request that is understood here");
  std::string_view limit;
  if (timed_out_) {
    limit = "handshake_timeout";
    refusal = {408, "TooSlow", "the request did not arrive in time"};
  } else if (error == http::error::header_limit || error == http::error::buffer_overflow) {
    limit = "header_max_bytes";
    refusal = {431, "HeaderTooLarge", "the header is too large"};
  } else if (error == http::error::body_limit) {
    limit = "message_max_bytes";
    refusal = {413, "TooLarge", "the body is too large"};
  } else if (error == http::error::end_of_stream ||
             error.category() != http::make_error_code(http::error::bad_target).category()) {
    co_return Next::kClose;  // the peer has gone
  }
  if (!limit.empty()) {
    parts_.context->metrics.refused(limit);
    log_info("request_refused", {{"limit", std::string(limit)}, {"address", parts_.peer}});
  }
  timed_out_ = false;
  co_await write(to_response(refusal), false);
  co_return Next::kLinger;
}

bool HttpSession::read_head(const Parser& parser, HttpRequest& into_request) const {
  const auto& message = parser.get();
  if (!read_target({message.target().data(), message.target().size()}, into_request)) return false;
  into_request.method = std::string(message.method_string());
  for (const auto& field : message) {
    std::string name(field.name_string());
    for (char& c : name)
      c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    std::string& value = into_request.headers[name];
    if (!value.empty()) value += ", ";
    value += std::string(field.value());
  }
  const auto& proxies = parts_.context->settings.trusted_proxies;
  into_request.address =
      client_address(parts_.peer, std::string(into_request.header("x-forwarded-for")), proxies);
  into_request.secure =
      config::contains(proxies, parts_.peer) && into_request.header("x-forwarded-proto") == "https";
  return true;
}

/// Asks the router, and comes back to this loop whichever thread the answer is given on.
Awaitable<HttpResponse> HttpSession::answer(HttpRequest request) {
  const auto ask = [this, request = std::move(request)](auto resume) mutable {
    const auto shared = std::make_shared<decltype(resume)>(std::move(resume));
    parts_.router->handle(std::move(request), [shared, loop = parts_.loop](HttpResponse response) {
      loop->post([shared, response = std::move(response)]() mutable { (*shared)(std::move(response)); });
    });
  };
  co_return co_await asio::async_initiate<const asio::use_awaitable_t<Executor>&, void(HttpResponse)>(
      std::move(ask), kAwait);
}

Awaitable<Next> HttpSession::upgrade(Parser& parser, const HttpRequest& request) {
  if (buffer_.size() > 0) co_return co_await refuse_reading(http::error::bad_value);
  auto decision = parts_.router->upgrade(request);
  if (auto* refused = std::get_if<HttpResponse>(&decision))
    co_return co_await write(std::move(*refused), false);
  UpgradeParts parts{parts_.context, parts_.loop, std::get<0>(std::move(decision)), {}, {}};
  if (request.address != parts_.peer) {
    auto refusal = ConnectionCount::Refused::kNo;
    parts.address_ticket =
        parts_.context->connections.enter(request.address, ConnectionCount::Kind::kAddressOnly, refusal);
    if (refusal != ConnectionCount::Refused::kNo) {
      parts_.context->metrics.refused("connections_per_address_max");
      co_return co_await write(to_response(unavailable()), false);
    }
  }
  timer_.cancel();
  parts.ticket = std::move(parts_.ticket);
  run_websocket(std::move(socket_), parser.release(), std::move(parts));
  co_return Next::kGone;
}

Awaitable<Next> HttpSession::write(HttpResponse answer, bool keep_alive, bool head_only) {
  parts_.context->metrics.request(answer.status);
  http::response<http::string_body> message{static_cast<http::status>(answer.status), 11};
  message.keep_alive(keep_alive && !parts_.context->draining);
  if (!answer.content_type.empty() && !answer.body.empty())
    message.set(http::field::content_type, answer.content_type);
  message.set("X-Content-Type-Options", "nosniff");
  for (const auto& [name, value] : answer.headers)
    message.insert(name, value);
  if (message.find(http::field::cache_control) == message.end())
    message.set(http::field::cache_control, "no-store");
  message.body() = std::move(answer.body);
  message.prepare_payload();
  if (head_only) message.body().clear();
  set_deadline(parts_.context->limits.handshake_timeout);
  error_code error;
  co_await http::async_write(socket_, message, into(error));
  timer_.cancel();
  co_return !error && message.keep_alive() ? Next::kAnotherRequest : Next::kClose;
}

/// Closing while the peer still sends would reset the connection, and the answer would be lost on its way.
Awaitable<void> HttpSession::linger() {
  error_code error;
  socket_.shutdown(TcpSocket::shutdown_send, error);
  set_deadline(kLingerTimeout);
  buffer_.clear();
  while (!error) {
    co_await socket_.async_read_some(buffer_.prepare(4096), into(error));
    if (timed_out_) break;
  }
}

void HttpSession::set_deadline(std::chrono::milliseconds delay) {
  timed_out_ = false;
  timer_.expires_after(delay);
  timer_.async_wait([self = weak_from_this()](error_code error) {
    const auto session = self.lock();
    if (!session || error) return;
    session->timed_out_ = true;
    error_code ignored;
    session->socket_.cancel(ignored);
  });
}

void HttpSession::go_away(std::chrono::milliseconds) {
  if (idle_) cut();
}

void HttpSession::cut() {
  error_code ignored;
  socket_.close(ignored);
}

}  // namespace

void run_http(TcpSocket socket, HttpParts parts) {
  Loop& loop = *parts.loop;
  const auto session = std::make_shared<HttpSession>(std::move(socket), std::move(parts));
  asio::co_spawn(loop.context().get_executor(), session->run(), asio::detached);
}

}  // namespace parley::connectors
