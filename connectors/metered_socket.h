// A TCP socket that shows every byte it reads to a FrameMeter, and the meter to its watcher: the stream under
// the WebSocket library's, where the frames can still be seen.
//
// One thread: the connection's lane. The watcher must outlive the reads.
#pragma once

#include <boost/asio/buffer.hpp>
#include <boost/asio/compose.hpp>
#include <boost/beast/core/role.hpp>
#include <boost/beast/websocket/teardown.hpp>
#include <utility>

#include "connectors/frame_meter.h"
#include "connectors/transport.h"

namespace parley::connectors {

class WireWatcher {
 public:
  virtual ~WireWatcher() = default;
  /// After each read, before the library has seen what came.
  virtual void wire_read(const FrameMeter& meter) = 0;
};

class MeteredSocket {
 public:
  using executor_type = Executor;
  using next_layer_type = TcpSocket;

  MeteredSocket(TcpSocket socket, WireWatcher& watcher) : socket_(std::move(socket)), watcher_(&watcher) {}

  executor_type get_executor() noexcept { return socket_.get_executor(); }
  TcpSocket& next_layer() { return socket_; }
  const TcpSocket& next_layer() const { return socket_; }

  template <typename Buffers, typename Token>
  auto async_read_some(const Buffers& buffers, Token&& token) {
    return asio::async_compose<Token, void(error_code, std::size_t)>(
        [this, buffers, begun = false](auto& self, error_code error = {}, std::size_t size = 0) mutable {
          if (!std::exchange(begun, true)) return socket_.async_read_some(buffers, std::move(self));
          if (size > 0) show(buffers, size);
          self.complete(error, size);
        },
        token, socket_);
  }

  template <typename Buffers, typename Token>
  auto async_write_some(const Buffers& buffers, Token&& token) {
    return socket_.async_write_some(buffers, std::forward<Token>(token));
  }

 private:
  template <typename Buffers>
  void show(const Buffers& buffers, std::size_t size) {
    for (auto at = asio::buffer_sequence_begin(buffers); size > 0 && at != asio::buffer_sequence_end(buffers);
         ++at) {
      const asio::const_buffer buffer(*at);
      const std::size_t some = std::min(size, buffer.size());
      meter_.feed({static_cast<const char*>(buffer.data()), some});
      size -= some;
    }
    watcher_->wire_read(meter_);
  }

  TcpSocket socket_;
  WireWatcher* watcher_;
  FrameMeter meter_;
};

// The library looks these up to end a connection.
inline void teardown(boost::beast::role_type role, MeteredSocket& socket, error_code& error) {
  boost::beast::websocket::teardown(role, socket.next_layer(), error);
}
template <typename Handler>
void async_teardown(boost::beast::role_type role, MeteredSocket& socket, Handler&& handler) {
  boost::beast::websocket::async_teardown(role, socket.next_layer(), std::forward<Handler>(handler));
}

}  // namespace parley::connectors
