#include "connectors/native_session.h"

#include "connectors/inbound_activity.h"
#include "connectors/log.h"

namespace parley::connectors {
namespace {

/// Messages refused one after the other before a peer that does not listen is cut off.
constexpr int kRefusedInARowMax = 20;
/// Frames that a client may send on without waiting for the welcome.
constexpr std::size_t kEarlyFramesMax = 64;

CloseCode close_code_of(const Refusal& refusal) {
  if (refusal.code == "TokenExpired") return CloseCode::kTokenRefused;
  switch (refusal.status) {
    case 401:
      return CloseCode::kTokenRefused;
    case 429:
      return CloseCode::kTooMany;
    case 503:
      return CloseCode::kTryAgainLater;
    case 500:
      return CloseCode::kInternalError;
    default:
      return CloseCode::kPolicy;
  }
}

std::string_view result_name(const Result<Receipt>& result) {
  if (result) return result->repeat ? "repeat" : "stored";
  return result.error().code == ErrorCode::kBusy ? "busy" : "failed";
}

}  // namespace

template <typename T, typename Then>
Engine::Callback<T> NativeSession::then(Then then) {
  return [lane = lane_, self = weak_from_this(), then = std::move(then)](Result<T> result) {
    lane->post([self, then, result = std::move(result)] {
      const auto session = self.lock();
      if (session && session->state_ != State::kOver) then(*session, result);
    });
  };
}

NativeSession::NativeSession(std::shared_ptr<ServerContext> context, const Reception& reception, Peer peer)
    : context_(std::move(context)),
      reception_(reception),
      peer_(std::move(peer)),
      budget_(context_->limits.control_frames_per_minute_max) {}

void NativeSession::opened(Socket& socket, std::shared_ptr<Lane> lane) {
  socket_ = &socket;
  lane_ = std::move(lane);
  socket.set_deadline(context_->limits.hello_timeout);
}

void NativeSession::received(std::string_view text) {
  if (state_ == State::kOver) return;
  if (state_ != State::kEntering) return take(text);
  if (early_.size() >= kEarlyFramesMax) return refuse(too_many({}));
  early_.emplace_back(text);
}

void NativeSession::take(std::string_view text) {
  if (state_ == State::kOver) return;
  std::visit([this](const auto& frame) { on(frame); }, read_client_frame(text, context_->limits));
}

void NativeSession::on(const HelloFrame& hello) {
  if (state_ != State::kWaitingForHello) return say_error(bad_argument("hello was said already"));
  state_ = State::kEntering;
  socket_->set_deadline({});
  auto admission = admit(hello);
  const auto* grant = std::get_if<Grant>(&admission);
  const bool own_token = grant != nullptr && !grant->conversation.empty() && !hello.token.empty();
  // Coming back with a token of ours is free, so that everybody can after a restart.
  const auto wait = own_token ? std::nullopt : context_->take_conversation(peer_.address);
  if (wait) return refuse(too_many(*wait));
  if (grant == nullptr) return refuse(std::get<Refusal>(admission));
  grant_ = *grant;
  choose_conversation(hello, own_token);
}

/// A token of ours names its conversation, which is made when it is first used, unless the channel has been
/// shut for the person since. Any other conversation must be there.
void NativeSession::choose_conversation(const HelloFrame& hello, bool own_token) {
  const bool named = !hello.conversation.empty();
  if (own_token && named && hello.conversation != grant_.conversation) return refuse(conversation_denied());
  if (own_token && reception_.shut_for(grant_.person)) return come_back(hello.after);
  if (own_token) return make_conversation(hello.language, hello.after);
  if (grant_.conversation.empty()) grant_.conversation = named ? hello.conversation : new_conversation_id();
  named ? come_back(hello.after) : make_conversation(hello.language, hello.after);
}

Admission NativeSession::admit(const HelloFrame& hello) const {
  if (!hello.conversation.empty() && !is_conversation_id(hello.conversation)) return conversation_denied();
  if (!hello.token.empty() || reception_.is_signed())
    return reception_.enter({hello.token, "", peer_.origin});
  return reception_.begin({"", hello.visitor, peer_.origin}, hello.conversation);
}

void NativeSession::make_conversation(std::string language, Sequence after) {
  OpenRequest request{grant_.conversation, reception_.channel(), grant_.person, std::move(language)};
  context_->engine.open(std::move(request),
                        then<Opened>([after](NativeSession& self, const Result<Opened>& opened) {
                          if (!opened) return self.refuse(refusal_of(opened.error()));
                          self.welcome(opened->created, opened->created ? 0 : after);
                        }));
}

void NativeSession::come_back(Sequence after) {
  context_->engine.read(grant_.conversation, grant_.person.id, after,
                        then<ActivitySet>([after](NativeSession& self, const Result<ActivitySet>& page) {
                          if (page) return self.welcome(false, after);
                          if (page.error().code != ErrorCode::kNotFound)
                            return self.refuse(refusal_of(page.error()));
                          const auto shut = self.reception_.shut_for(self.grant_.person);
                          self.refuse(shut.value_or(conversation_denied()));
                        }));
}

void NativeSession::welcome(bool created, Sequence after) {
  state_ = State::kLive;
  grant_ = reception_.renewed(std::move(grant_));
  WelcomeFrame frame{grant_.conversation, grant_.person, reception_.issue(grant_),
                     reception_.visitor_proof(grant_.person)};
  frame.expires_in = reception_.time_left(grant_);
  frame.created = created;
  socket_->send(write_welcome(frame));
  wait_for_expiry();
  feed_ = std::make_shared<Feed>(context_->engine, lane_,
                                 Feed::Source{grant_.conversation, grant_.person.id, after}, *this);
  feed_->start();
  for (const std::string& text : std::exchange(early_, {}))
    take(text);
  log_debug("native_entered", {{"channel", reception_.channel()}, {"created", created ? "true" : "false"}});
}

void NativeSession::on(const ActivityFrame& frame) {
  if (state_ == State::kWaitingForHello) return refuse(bad_argument("say hello first"));
  if (!token_is_good()) return;
  auto clean = clean_activity(frame.activity, UnknownFields::kRefuse, context_->limits);
  if (!clean) {
    if (!budget_.take()) return refuse(too_many({}));
    return say_error(refusal_of(clean.error()), frame.id);
  }
  if (may_send(frame.id) && !clean->transient) submit(frame, std::move(clean->activity));
}

bool NativeSession::may_send(const std::string& id) {
  const auto wait = context_->take_message(grant_, peer_.address);
  if (!wait) {
    refused_in_a_row_ = 0;
    return true;
  }
  if (++refused_in_a_row_ >= kRefusedInARowMax)
    refuse(too_many(*wait));
  else
    say_error(too_many(*wait), id);
  return false;
}

void NativeSession::submit(const ActivityFrame& frame, Json activity) {
  Inbound inbound{grant_.conversation, frame.id, grant_.person, std::move(activity)};
  context_->engine.submit(std::move(inbound),
                          then<Receipt>([id = frame.id, began = std::chrono::steady_clock::now()](
                                            NativeSession& self, const Result<Receipt>& result) {
                            self.finish_turn(id, began, result);
                          }));
}

void NativeSession::finish_turn(const std::string& id, std::chrono::steady_clock::time_point began,
                                const Result<Receipt>& result) {
  context_->metrics.turn(kind(), result_name(result), std::chrono::steady_clock::now() - began);
  if (!result) return say_error(refusal_of(result.error()), id);
  socket_->send(write_ack(id, *result));
}

void NativeSession::on(const PingFrame&) {
  if (!budget_.take()) return refuse(too_many({}));
  socket_->send(write_pong());
}

void NativeSession::on(const RefreshFrame&) {
  if (!budget_.take()) return refuse(too_many({}));
  if (state_ != State::kLive) return say_error(bad_argument("there is no token to refresh yet"));
  if (!token_is_good()) return;
  if (const auto shut = reception_.shut_for(grant_.person)) return say_error(*shut);
  grant_ = reception_.renewed(std::move(grant_));
  socket_->send(write_token(reception_.issue(grant_), reception_.time_left(grant_)));
  wait_for_expiry();
}

void NativeSession::on(const BadFrame& frame) {
  if (state_ == State::kWaitingForHello) return refuse(bad_argument(frame.message));
  if (!budget_.take()) return refuse(too_many({}));
  say_error(bad_argument(frame.message), frame.id);
}

bool NativeSession::token_is_good() {
  if (context_->clock.now() < grant_.expires) return true;
  refuse(expired_token());
  return false;
}

void NativeSession::wait_for_expiry() {
  socket_->set_deadline(std::max(grant_.expires - context_->clock.now(), std::chrono::milliseconds(1)));
}

void NativeSession::timed_out() {
  if (state_ == State::kWaitingForHello) {
    context_->metrics.refused("hello_timeout");
    socket_->send(write_error({408, "HelloTooLate", "the first frame must be a hello"}));
    socket_->close(CloseCode::kTooLate, "no hello");
  } else if (token_is_good()) {
    wait_for_expiry();  // the wall clock was set back meanwhile
  }
}

void NativeSession::drained() {
  if (feed_) feed_->drained();
}

void NativeSession::going_away(std::chrono::milliseconds retry_after) {
  socket_->send(write_error({503, "GoingAway", "the server restarts: come back", retry_after}));
  socket_->close(CloseCode::kGoingAway, "retry after " + std::to_string(retry_after.count()) + " ms");
}

void NativeSession::closed() {
  state_ = State::kOver;
  socket_ = nullptr;
  if (feed_) feed_->stop();
}

void NativeSession::activities(const std::vector<StoredActivity>& activities) {
  context_->metrics.activities_sent(kind(), activities.size());
  socket_->send(write_activities(activities));
}

void NativeSession::transient(const Json& activity) {
  socket_->send(write_transient(activity));
}

void NativeSession::feed_failed(const Error& error) {
  refuse(refusal_of(error));
}

void NativeSession::say_error(const Refusal& refusal, const std::string& id) {
  socket_->send(write_error(refusal, id));
}

void NativeSession::refuse(const Refusal& refusal) {
  log_info("native_refused",
           {{"channel", reception_.channel()}, {"code", refusal.code}, {"address", peer_.address}});
  say_error(refusal);
  state_ = State::kOver;
  if (feed_) feed_->stop();
  socket_->close(close_code_of(refusal), refusal.code);
}

}  // namespace parley::connectors
