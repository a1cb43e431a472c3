#include "connectors/loop.h"

#include <boost/asio/post.hpp>

namespace parley::connectors {

void Loop::start() {
  thread_ = std::thread([this] { context_.run(); });
}

void Loop::stop() {
  context_.stop();
  if (!thread_.joinable()) return;
  thread_.join();
  // What cut connections still wait for ends here: unended, it would hold them, and they hold this loop.
  context_.restart();
  context_.poll();
}

void Loop::post(std::function<void()> work) {
  asio::post(context_, std::move(work));
}

void Loop::for_each(const std::function<void(Connection&)>& action) {
  const std::vector<Connection*> all(connections_.begin(), connections_.end());
  for (Connection* connection : all)
    if (connections_.contains(connection)) action(*connection);
}

}  // namespace parley::connectors
