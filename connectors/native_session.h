// The native protocol on one WebSocket: hello, then activities both ways, acknowledged after the commit. The
// wire format is in native_frames.h and docs/protocol.md.
//
// Hello decides who this is and which conversation it is about; from then on the grant alone counts.
// Everything here runs on the connection's lane; the engine's callbacks are posted to it and find the session
// gone if it closed meanwhile.
#pragma once

#include <memory>
#include <string>

#include "connectors/feed.h"
#include "connectors/frame_budget.h"
#include "connectors/native_frames.h"
#include "connectors/server_context.h"
#include "connectors/socket.h"

namespace parley::connectors {

/// Who is at the other end of a socket, as far as the upgrade request tells.
struct Peer {
  std::string origin;
  std::string address;
};

class NativeSession final : public SocketProtocol,
                            public FeedReader,
                            public std::enable_shared_from_this<NativeSession> {
 public:
  NativeSession(std::shared_ptr<ServerContext> context, const Reception& reception, Peer peer);

  ConnectionKind kind() const override { return ConnectionKind::kNative; }
  void opened(Socket& socket, std::shared_ptr<Lane> lane) override;
  void received(std::string_view text) override;
  void drained() override;
  void timed_out() override;
  void going_away(std::chrono::milliseconds retry_after) override;
  void closed() override;

  void activities(const std::vector<StoredActivity>& activities) override;
  void transient(const Json& activity) override;
  void feed_failed(const Error& error) override;

 private:
  enum class State { kWaitingForHello, kEntering, kLive, kOver };

  void take(std::string_view text);
  void on(const HelloFrame& hello);
  void on(const ActivityFrame& frame);
  void on(const PingFrame&);
  void on(const RefreshFrame&);
  void on(const BadFrame& frame);

  Admission admit(const HelloFrame& hello) const;
  void choose_conversation(const HelloFrame& hello, bool own_token);
  void come_back(Sequence after);
  void make_conversation(std::string language, Sequence after);
  void welcome(bool created, Sequence after);
  void submit(const ActivityFrame& frame, Json activity);
  void finish_turn(const std::string& id, std::chrono::steady_clock::time_point began,
                   const Result<Receipt>& result);
  bool may_send(const std::string& id);
  bool token_is_good();
  void wait_for_expiry();
  void say_error(const Refusal& refusal, const std::string& id = "");
  void refuse(const Refusal& refusal);

  /// Wraps what is to run on the lane when the engine answers.
  template <typename T, typename Then>
  Engine::Callback<T> then(Then then);

  std::shared_ptr<ServerContext> context_;
  const Reception& reception_;
  Peer peer_;
  std::shared_ptr<Lane> lane_;
  Socket* socket_ = nullptr;
  State state_ = State::kWaitingForHello;
  Grant grant_;
  FrameBudget budget_;
  int refused_in_a_row_ = 0;
  std::vector<std::string> early_;  // came after the hello and before the welcome
  std::shared_ptr<Feed> feed_;
};

}  // namespace parley::connectors
