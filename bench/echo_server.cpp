#include "bench/echo_server.h"

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <iostream>
#include <unistd.h>

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

int serve_echo() {
  asio::io_context context(1);
  tcp::acceptor acceptor(context, {asio::ip::address_v4::loopback(), 0});
  asio::co_spawn(context, accept_all(acceptor), asio::detached);
  asio::posix::stream_descriptor input(context, STDIN_FILENO);
  input.async_wait(asio::posix::stream_descriptor::wait_read,
                   [&](boost::system::error_code) { context.stop(); });
  std::cout << acceptor.local_endpoint().port() << std::endl;
  context.run();
  return 0;
}

}  // namespace parley::bench
