// Why it looks as it does (measured on Beast 1.81):
// - A plain TCP socket, a concrete executor, and a stream without permessage-deflate cost 6 KB an idle
// connection; the
//   defaults cost more, and deflate 15 to 130 KB.
// - Beast allows one read, one write and one close at a time and queues nothing: so the read loop is one
// coroutine, and
//   writes go one after the other from a queue whose bytes are counted.
// - Time-outs and the message limit must be set before the accept, and a time-out reaches only a pending
// read: there
//   always is one.
// - The read buffer never shrinks by itself: after a large message it is told to.
// - A close while a read is pending is fine: the read then ends with `closed`, whichever side began.
#include "connectors/websocket_session.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/rfc7230.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <list>

#include "connectors/frame_budget.h"
#include "connectors/log.h"
#include "connectors/metered_socket.h"
#include "connectors/native_frames.h"

namespace parley::connectors {
namespace {

namespace websocket = boost::beast::websocket;
namespace http = boost::beast::http;

/// What a connection keeps ready for its next message; Beast would keep three times as much.
constexpr std::size_t kReadyBufferBytes = 512;
/// A read buffer above this is given back after the message.
constexpr std::size_t kKeptBufferBytes = 4 * 1024;
/// RFC 6455, 5.5.1: what a close frame has room for.
constexpr std::size_t kReasonMaxBytes = 123;

class WebSocketSession final : public Socket,
                               public Connection,
                               public WireWatcher,
                               public std::enable_shared_from_this<WebSocketSession> {
 public:
  WebSocketSession(TcpSocket socket, UpgradeParts parts);
  ~WebSocketSession() override;

  Awaitable<void> run(UpgradeRequest request);

  void send(std::string text) override;
  void close(CloseCode code, std::string_view reason) override;
  void set_deadline(std::chrono::milliseconds delay) override;
  bool has_unsent() const override { return !queue_.empty(); }

  void go_away(std::chrono::milliseconds retry_after) override;
  void cut() override;
  void wire_read(const FrameMeter& meter) override;

 private:
  enum class State { kOpening, kOpen, kClosing, kClosed };

  Awaitable<error_code> accept(UpgradeRequest request);
  Awaitable<error_code> read_messages();
  void take_message(std::string_view text);
  void write_next();
  void send_close();
  void watch_message(bool in_message);
  void limit_broken(std::string_view limit, CloseCode code);
  void finish(int seen_code);

  const ConnectionLimits& limits() const { return parts_.context->limits; }

  UpgradeParts parts_;
  websocket::stream<MeteredSocket, false> stream_;
  State state_ = State::kOpening;
  boost::beast::flat_buffer buffer_;
  std::list<std::string>
      queue_;  // the first is being written; an empty list costs no memory, a deque half a KB
  std::size_t queued_bytes_ = 0;
  websocket::close_reason reason_;
  FrameBudget control_budget_;
  std::size_t control_frames_seen_ = 0;
  bool message_watched_ = false;
  Timer protocol_timer_;
  Timer transport_timer_;  // the end of a message, then the end of the closing
};

WebSocketSession::WebSocketSession(TcpSocket socket, UpgradeParts parts)
    : parts_(std::move(parts)),
      stream_(std::move(socket), *this),
      control_budget_(limits().control_frames_per_minute_max),
      protocol_timer_(parts_.loop->context()),
      transport_timer_(parts_.loop->context()) {
  parts_.loop->add(this);
  parts_.context->metrics.connection_opened(parts_.protocol->kind());
}

WebSocketSession::~WebSocketSession() {
  parts_.loop->remove(this);
  parts_.context->metrics.connection_closed(parts_.protocol->kind());
}

Awaitable<void> WebSocketSession::run(UpgradeRequest request) {
  const auto self = shared_from_this();
  error_code error = co_await accept(std::move(request));
  if (!error && state_ == State::kOpening) {
    state_ = State::kOpen;
    parts_.protocol->opened(*this, parts_.loop);
    error = co_await read_messages();
  }
  if (error == websocket::error::message_too_big) parts_.context->metrics.refused("message_max_bytes");
  const int code = error == websocket::error::message_too_big ? static_cast<int>(CloseCode::kTooBig)
                   : error == websocket::error::closed        ? stream_.reason().code
                                                              : 0;
  finish(code);
}

Awaitable<error_code> WebSocketSession::accept(UpgradeRequest request) {
  websocket::stream_base::timeout timeout{};
  timeout.handshake_timeout = limits().handshake_timeout;
  timeout.idle_timeout = 2 * limits().ping_interval;
  timeout.keep_alive_pings = true;
  stream_.set_option(timeout);
  stream_.read_message_max(limits().message_max_bytes);
  stream_.auto_fragment(false);
  const bool native = parts_.protocol->kind() == ConnectionKind::kNative;
  if (native && http::token_list{request[http::field::sec_websocket_protocol]}.exists(kNativeSubprotocol))
    stream_.set_option(websocket::stream_base::decorator([](websocket::response_type& response) {
      response.set(http::field::sec_websocket_protocol, kNativeSubprotocol);
    }));
  error_code error;
  co_await stream_.async_accept(request, into(error));
  co_return error;
}

Awaitable<error_code> WebSocketSession::read_messages() {
  error_code error;
  for (;;) {
    do {
      const std::size_t most = buffer_.size() == 0 ? kReadyBufferBytes : 0;  // 0: as Beast thinks best
      co_await stream_.async_read_some(buffer_, most, into(error));
      if (error) co_return error;
    } while (!stream_.is_message_done());
    const std::size_t size = buffer_.size();
    if (state_ == State::kOpen && stream_.got_binary())
      close(CloseCode::kUnsupported, "text messages only");
    else if (state_ == State::kOpen)
      take_message({static_cast<const char*>(buffer_.cdata().data()), size});
    buffer_.consume(size);
    if (buffer_.capacity() > kKeptBufferBytes) buffer_.shrink_to_fit();
  }
}

void WebSocketSession::take_message(std::string_view text) {
  parts_.protocol->received(text);
}

void WebSocketSession::send(std::string text) {
  if (state_ != State::kOpen) return;
  if (queued_bytes_ + text.size() > limits().write_queue_max_bytes && !queue_.empty()) {
    queue_.resize(1);  // the one that the stream is writing
    return limit_broken("write_queue_max_bytes", CloseCode::kSlowReader);
  }
  queued_bytes_ += text.size();
  queue_.push_back(std::move(text));
  if (queue_.size() == 1) write_next();
}

void WebSocketSession::write_next() {
  stream_.text(true);
  stream_.async_write(asio::buffer(queue_.front()),
                      [self = shared_from_this()](error_code error, std::size_t) {
                        if (error || self->state_ == State::kClosed)
                          return;  // the pending read ends too, and finishes
                        self->queued_bytes_ -= std::min(self->queued_bytes_, self->queue_.front().size());
                        self->queue_.pop_front();
                        if (!self->queue_.empty()) return self->write_next();
                        if (self->state_ == State::kClosing) return self->send_close();
                        self->parts_.protocol->drained();
                      });
}

void WebSocketSession::close(CloseCode code, std::string_view reason) {
  if (state_ != State::kOpen) return;
  state_ = State::kClosing;
  reason_ =
      websocket::close_reason(static_cast<websocket::close_code>(code), reason.substr(0, kReasonMaxBytes));
  transport_timer_.expires_after(limits().close_timeout);
  transport_timer_.async_wait([self = weak_from_this()](error_code error) {
    if (const auto session = self.lock(); session && !error) session->cut();
  });
  if (queue_.empty()) send_close();
}

void WebSocketSession::send_close() {
  stream_.async_close(reason_, [self = shared_from_this()](error_code) { self->finish(self->reason_.code); });
}

void WebSocketSession::set_deadline(std::chrono::milliseconds delay) {
  protocol_timer_.cancel();
  if (delay.count() <= 0) return;
  protocol_timer_.expires_after(delay);
  protocol_timer_.async_wait([self = weak_from_this()](error_code error) {
    const auto session = self.lock();
    if (session && !error && session->state_ == State::kOpen) session->parts_.protocol->timed_out();
  });
}

void WebSocketSession::go_away(std::chrono::milliseconds retry_after) {
  if (state_ == State::kOpen) return parts_.protocol->going_away(retry_after);
  if (state_ == State::kOpening) cut();
}

void WebSocketSession::cut() {
  finish(state_ == State::kClosing ? reason_.code : 0);
}

void WebSocketSession::wire_read(const FrameMeter& meter) {
  if (state_ != State::kOpen) return;
  for (; control_frames_seen_ < meter.control_frames(); ++control_frames_seen_)
    if (!control_budget_.take()) return limit_broken("control_frames_per_minute_max", CloseCode::kPolicy);
  if (meter.frames_of_message() > limits().frames_per_message_max)
    return limit_broken("frames_per_message_max", CloseCode::kPolicy);
  watch_message(meter.in_message());
}

/// A message that has begun must end in time, however its sender keeps the connection busy.
void WebSocketSession::watch_message(bool in_message) {
  if (in_message == message_watched_) return;
  message_watched_ = in_message;
  transport_timer_.cancel();
  if (!in_message) return;
  transport_timer_.expires_after(limits().message_timeout);
  transport_timer_.async_wait([self = weak_from_this()](error_code error) {
    if (const auto session = self.lock(); session && !error)
      session->limit_broken("message_timeout", CloseCode::kTooLate);
  });
}

void WebSocketSession::limit_broken(std::string_view limit, CloseCode code) {
  if (state_ != State::kOpen) return;
  parts_.context->metrics.refused(limit);
  log_info("socket_closed", {{"limit", std::string(limit)}});
  close(code, limit);
}

void WebSocketSession::finish(int seen_code) {
  if (state_ == State::kClosed) return;
  const bool was_open = state_ != State::kOpening;
  state_ = State::kClosed;
  protocol_timer_.cancel();
  transport_timer_.cancel();
  error_code ignored;
  stream_.next_layer().next_layer().close(ignored);
  parts_.ticket.release();
  parts_.address_ticket.release();
  if (!was_open) return;
  parts_.context->metrics.socket_closed(seen_code);
  parts_.protocol->closed();
}

}  // namespace

void run_websocket(TcpSocket socket, UpgradeRequest request, UpgradeParts parts) {
  Loop& loop = *parts.loop;
  const auto session = std::make_shared<WebSocketSession>(std::move(socket), std::move(parts));
  asio::co_spawn(loop.context().get_executor(), session->run(std::move(request)), asio::detached);
}

}  // namespace parley::connectors
