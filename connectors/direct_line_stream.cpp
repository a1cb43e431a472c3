#include "connectors/direct_line_stream.h"

namespace parley::connectors {

DirectLineStream::DirectLineStream(std::shared_ptr<ServerContext> context, Grant grant, Sequence after)
    : context_(std::move(context)),
      grant_(std::move(grant)),
      after_(after),
      budget_(context_->limits.control_frames_per_minute_max) {}

void DirectLineStream::opened(Socket& socket, std::shared_ptr<Lane> lane) {
  socket_ = &socket;
  lane_ = std::move(lane);
  context_->streams.add(grant_.conversation, shared_from_this());
  wait_for_expiry();
  feed_ = std::make_shared<Feed>(context_->engine, lane_,
                                 Feed::Source{grant_.conversation, grant_.person.id, after_}, *this);
  feed_->start();
}

void DirectLineStream::received(std::string_view) {
  if (budget_.take()) return;
  context_->metrics.refused("control_frames_per_minute_max");
  socket_->close(CloseCode::kPolicy, "too many frames");
}

void DirectLineStream::drained() {
  feed_->drained();
}

void DirectLineStream::wait_for_expiry() {
  const auto left = grant_.session_expires - context_->clock.now();
  socket_->set_deadline(std::max(left, std::chrono::milliseconds(1)));
}

void DirectLineStream::timed_out() {
  if (context_->clock.now() < grant_.session_expires) return wait_for_expiry();
  socket_->close(CloseCode::kTokenRefused, "token expired");
}

void DirectLineStream::going_away(std::chrono::milliseconds retry_after) {
  socket_->close(CloseCode::kGoingAway, "retry after " + std::to_string(retry_after.count()) + " ms");
}

void DirectLineStream::closed() {
  socket_ = nullptr;
  context_->streams.remove(grant_.conversation, this);
  feed_->stop();
}

void DirectLineStream::extend(const std::string& person, TimePoint until) {
  lane_->post([self = weak_from_this(), person, until] {
    const auto stream = self.lock();
    if (!stream || stream->socket_ == nullptr || stream->grant_.person.id != person) return;
    stream->grant_.session_expires = std::max(stream->grant_.session_expires, until);
    stream->wait_for_expiry();
  });
}

void DirectLineStream::activities(const std::vector<StoredActivity>& activities) {
  context_->metrics.activities_sent(kind(), activities.size());
  std::string frame = R"({"activities":[)";
  for (const StoredActivity& activity : activities) {
    if (frame.back() == '}') frame += ',';
    frame += activity.json;
  }
  socket_->send(frame + R"(],"watermark":")" + std::to_string(activities.back().sequence) + "\"}");
}

/// Without a watermark: what is not stored can't be come back to.
void DirectLineStream::transient(const Json& activity) {
  socket_->send(
      Json{{"activities", Json::array({activity})}}.dump(-1, ' ', false, Json::error_handler_t::replace));
}

void DirectLineStream::feed_failed(const Error& error) {
  const bool denied = error.code == ErrorCode::kDenied;
  socket_->close(denied ? CloseCode::kPolicy : CloseCode::kTryAgainLater, denied ? "denied" : "try again");
}

}  // namespace parley::connectors
