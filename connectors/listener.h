// The open port: accepts, counts, and gives each connection to the next loop.
//
// Over connections_max or connections_per_address_max a connection gets a short 503 and no session. When the
// process has no descriptors left, accepting pauses and goes on when some are free: neither for ever nor in a
// busy loop.
//
// Thread rule: open and close from any one thread; accepting runs on the first loop.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "connectors/loop.h"
#include "connectors/router.h"
#include "connectors/server_context.h"
#include "engine/result.h"

namespace parley::connectors {

class Listener : public std::enable_shared_from_this<Listener> {
 public:
  explicit Listener(std::vector<std::shared_ptr<Loop>> loops);

  /// Takes the port, so that it is known; nobody is served yet. kUnavailable: it can't be had.
  Result<std::uint16_t> open(const std::string& address, std::uint16_t port);
  void start(std::shared_ptr<ServerContext> context, std::shared_ptr<const Router> router);
  void close();

 private:
  void accept_next();
  void admit(TcpSocket socket, const std::shared_ptr<Loop>& loop);
  void pause(const error_code& reason);

  std::vector<std::shared_ptr<Loop>> loops_;
  std::size_t next_loop_ = 0;
  asio::basic_socket_acceptor<asio::ip::tcp, Executor> acceptor_;
  Timer timer_;
  std::shared_ptr<ServerContext> context_;
  std::shared_ptr<const Router> router_;
};

}  // namespace parley::connectors
