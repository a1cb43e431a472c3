#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <thread>

#include "bench/load.h"

namespace parley::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using tcp = asio::ip::tcp;

asio::awaitable<void> echo(tcp::socket socket) {
  try {
    socket.set_option(tcp::no_delay(true));
    beast::websocket::stream<tcp::socket, false> stream(std::move(socket));
    co_await stream.async_accept(asio::use_awaitable);
    beast::flat_buffer buffer;
    for (;;) {
      co_await stream.async_read(buffer, asio::use_awaitable);
      stream.text(stream.got_text());
      co_await stream.async_write(buffer.data(), asio::use_awaitable);
      buffer.consume(buffer.size());
    }
  } catch (const std::exception&) {
    // The client went: that is how every session of a benchmark ends.
  }
}

asio::awaitable<void> accept_all(tcp::acceptor& acceptor) {
  for (;;) {
    auto socket = co_await acceptor.async_accept(asio::use_awaitable);
    asio::co_spawn(acceptor.get_executor(), echo(std::move(socket)), asio::detached);
  }
}

}  // namespace

struct EchoServer::Impl {
  asio::io_context context{1};
  tcp::acceptor acceptor{context, {asio::ip::address_v4::loopback(), 0}};
  std::thread thread;
};

EchoServer::EchoServer() : impl_(new Impl) {
  asio::co_spawn(impl_->context, accept_all(impl_->acceptor), asio::detached);
  impl_->thread = std::thread([this] { impl_->context.run(); });
}

EchoServer::~EchoServer() {
  impl_->context.stop();
  impl_->thread.join();
  delete impl_;
}

std::uint16_t EchoServer::port() const {
  return impl_->acceptor.local_endpoint().port();
}

}  // namespace parley::bench
