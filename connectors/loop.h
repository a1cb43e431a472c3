// A loop: one thread, its io_context, and the connections that live there. A connection never changes its
// loop, so nothing about it needs a lock or a strand.
//
// Thread rule: post() and context() from any thread; add, remove and for_each on the loop's own.
// Lifetime: held by shared_ptr; connections hold their loop, and remove themselves when they end.
#pragma once

#include <functional>
#include <memory>
#include <thread>
#include <unordered_set>

#include "connectors/lane.h"
#include "connectors/transport.h"

namespace parley::connectors {

class Connection {
 public:
  virtual ~Connection() = default;
  /// The server stops: finish politely. `retry_after` is this connection's turn to come back.
  virtual void go_away(std::chrono::milliseconds retry_after) = 0;
  /// Ends it now.
  virtual void cut() = 0;
};

class Loop final : public Lane {
 public:
  Loop() : work_(context_.get_executor()) {}
  ~Loop() override { stop(); }

  void start();
  /// Ends the thread after what it is doing now. Connections that were cut before are gone afterwards.
  void stop();

  asio::io_context& context() { return context_; }
  void post(std::function<void()> work) override;

  void add(Connection* connection) { connections_.insert(connection); }
  void remove(Connection* connection) { connections_.erase(connection); }
  /// `action` may end connections.
  void for_each(const std::function<void(Connection&)>& action);

 private:
  asio::io_context context_{1};
  asio::executor_work_guard<Executor> work_;
  std::unordered_set<Connection*> connections_;
  std::thread thread_;
};

}  // namespace parley::connectors
