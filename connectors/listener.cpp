#include "connectors/listener.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/write.hpp>

#include "connectors/http_session.h"
#include "connectors/log.h"

namespace parley::connectors {
namespace {

constexpr std::chrono::milliseconds kPause{100};  // when there are no descriptors left
constexpr std::chrono::seconds kRefusalTimeout{1};
constexpr std::string_view kRefusal =
    "HTTP/1.1 503 Service Unavailable\r\nContent-Type: application/json\r\nContent-Length: 75\r\n"
    "Retry-After: 5\r\nConnection: close\r\n\r\n"
    R"({"error":{"code":"TooManyConnections","message":"too many: come back later"}})";

/// Answers without a session: hears the request out as far as it came with the first packet, so that the
/// answer is not lost to a reset, and closes.
Awaitable<void> refuse(TcpSocket socket) {
  const auto shared = std::make_shared<TcpSocket>(std::move(socket));
  Timer timer(shared->get_executor(), kRefusalTimeout);
  timer.async_wait([weak = std::weak_ptr(shared)](error_code error) {
    const auto open = weak.lock();
    error_code ignored;
    if (open && !error) open->close(ignored);
  });
  char request[2048];
  error_code error;
  co_await shared->async_read_some(asio::buffer(request), into(error));
  if (!error) co_await asio::async_write(*shared, asio::buffer(kRefusal), into(error));
  shared->shutdown(TcpSocket::shutdown_send, error);
  if (!error) co_await shared->async_read_some(asio::buffer(request), into(error));
}

bool is_out_of_resources(const error_code& error) {
  return error == asio::error::no_descriptors || error == asio::error::no_memory ||
         error == asio::error::no_buffer_space || error == boost::system::errc::too_many_files_open_in_system;
}

}  // namespace

Listener::Listener(std::vector<std::shared_ptr<Loop>> loops)
    : loops_(std::move(loops)), acceptor_(loops_.front()->context()), timer_(loops_.front()->context()) {}

Result<std::uint16_t> Listener::open(const std::string& address, std::uint16_t port) {
  error_code error;
  const asio::ip::tcp::endpoint endpoint(asio::ip::make_address(address, error), port);
  if (!error) acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (!error) return acceptor_.local_endpoint().port();
  return Error{ErrorCode::kUnavailable, "can't listen on " + address + ":" + std::to_string(port) + ": " +
                                            error.message() + " (is another server running?)"};
}

void Listener::start(std::shared_ptr<ServerContext> context, std::shared_ptr<const Router> router) {
  context_ = std::move(context);
  router_ = std::move(router);
  loops_.front()->post([self = shared_from_this()] { self->accept_next(); });
}

void Listener::close() {
  loops_.front()->post([self = shared_from_this()] {
    error_code ignored;
    self->acceptor_.close(ignored);
    self->timer_.cancel();
  });
}

void Listener::accept_next() {
  const auto loop = loops_[next_loop_++ % loops_.size()];
  acceptor_.async_accept(loop->context(),
                         [self = shared_from_this(), loop](error_code error, TcpSocket socket) {
                           if (!self->acceptor_.is_open()) return;
                           if (error && is_out_of_resources(error)) return self->pause(error);
                           if (!error)
                             asio::post(loop->context(), [self, loop, socket = std::move(socket)]() mutable {
                               self->admit(std::move(socket), loop);
                             });
                           self->accept_next();
                         });
}

void Listener::pause(const error_code& reason) {
  context_->metrics.refused("descriptors");
  log_warn("accepting_paused", {{"reason", reason.message()}});
  timer_.expires_after(kPause);
  timer_.async_wait([self = shared_from_this()](error_code error) {
    if (!error) self->accept_next();
  });
}

void Listener::admit(TcpSocket socket, const std::shared_ptr<Loop>& loop) {
  error_code error;
  const auto endpoint = socket.remote_endpoint(error);
  if (error) return;  // gone already
  std::string peer = endpoint.address().to_string();
  const bool proxy = config::contains(context_->settings.trusted_proxies, peer);
  auto refused = ConnectionCount::Refused::kNo;
  auto ticket = context_->connections.enter(proxy ? "" : peer, ConnectionCount::Kind::kConnection, refused);
  if (refused != ConnectionCount::Refused::kNo) {
    const bool total = refused == ConnectionCount::Refused::kTotal;
    context_->metrics.refused(total ? "connections_max" : "connections_per_address_max");
    asio::co_spawn(loop->context().get_executor(), refuse(std::move(socket)), asio::detached);
    return;
  }
  socket.set_option(asio::ip::tcp::no_delay(true), error);
  run_http(std::move(socket), {context_, router_, loop, std::move(ticket), std::move(peer)});
}

}  // namespace parley::connectors
