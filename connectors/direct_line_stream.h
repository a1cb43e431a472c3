// Direct Line's stream: the WebSocket that brings a conversation's activities to the widget.
//
// It only ever sends: what comes in (the widget says an empty message every 20 s) is counted and dropped. It
// may stay open as long as the token it was opened with, or one that was refreshed since, is good; then it
// closes, and a widget with a good token comes back at once.
#pragma once

#include <memory>
#include <string>

#include "connectors/feed.h"
#include "connectors/frame_budget.h"
#include "connectors/server_context.h"
#include "connectors/socket.h"

namespace parley::connectors {

class DirectLineStream final : public SocketProtocol,
                               public FeedReader,
                               public ExtendableStream,
                               public std::enable_shared_from_this<DirectLineStream> {
 public:
  DirectLineStream(std::shared_ptr<ServerContext> context, Grant grant, Sequence after);

  ConnectionKind kind() const override { return ConnectionKind::kDirectLine; }
  void opened(Socket& socket, std::shared_ptr<Lane> lane) override;
  void received(std::string_view text) override;
  void drained() override;
  void timed_out() override;
  void going_away(std::chrono::milliseconds retry_after) override;
  void closed() override;

  void activities(const std::vector<StoredActivity>& activities) override;
  void transient(const Json& activity) override;
  void feed_failed(const Error& error) override;

  void extend(const std::string& person, TimePoint until) override;

 private:
  void wait_for_expiry();

  std::shared_ptr<ServerContext> context_;
  Grant grant_;
  Sequence after_;
  FrameBudget budget_;
  std::shared_ptr<Lane> lane_;
  Socket* socket_ = nullptr;
  std::shared_ptr<Feed> feed_;
};

}  // namespace parley::connectors
