#include "tests/support/native_client.h"

#include <algorithm>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket.hpp>
#include <stdexcept>

namespace parley::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace websocket = beast::websocket;
using tcp = asio::ip::tcp;

}  // namespace

struct NativeClient::Connection {
  asio::io_context context;
  websocket::stream<tcp::socket, false> stream{context};
  beast::flat_buffer buffer;
};

NativeClient::NativeClient(std::uint16_t port, std::string channel)
    : port_(port), channel_(std::move(channel)) {}

NativeClient::~NativeClient() = default;

bool NativeClient::connect() {
  auto connection = std::make_unique<Connection>();
  const std::string host = "127.0.0.1:" + std::to_string(port_);
  auto& stream = connection->stream;
  stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
    request.set(beast::http::field::origin, "http://" + host);
    request.set(beast::http::field::sec_websocket_protocol, "parley.v1");
  }));
  boost::system::error_code problem;
  stream.next_layer().connect({asio::ip::address_v4::loopback(), port_}, problem);
  if (!problem) stream.handshake(host, "/" + channel_ + "/socket", problem);
  if (problem) return false;
  connection_ = std::move(connection);
  nlohmann::json hello{{"type", "hello"}};
  if (!token_.empty()) hello["token"] = token_;
  if (!conversation_.empty()) hello.update({{"conversation", conversation_}, {"after", last_seen_}});
  if (!write(hello)) return false;
  while (conversation_.empty())
    if (!read()) return false;
  for (const SentMessage& message : sent_)
    if (message.activity_id.empty() && !write({{"type", "activity"},
                                               {"id", message.client_id},
                                               {"activity", {{"type", "message"}, {"text", message.text}}}}))
      return false;
  return true;
}

void NativeClient::drop() {
  connection_.reset();
}

bool NativeClient::send(const std::string& client_id, const std::string& text) {
  sent_.push_back({client_id, text, "", 0});
  return send_again(sent_.size() - 1);
}

bool NativeClient::send_again(std::size_t index) {
  const SentMessage& message = sent_.at(index);
  return write({{"type", "activity"},
                {"id", message.client_id},
                {"activity", {{"type", "message"}, {"text", message.text}}}});
}

bool NativeClient::write(const nlohmann::json& frame) {
  if (!connection_) return false;
  boost::system::error_code problem;
  connection_->stream.write(asio::buffer(frame.dump()), problem);
  if (problem) drop();
  return !problem;
}

bool NativeClient::read() {
  if (!connection_) return false;
  boost::system::error_code problem;
  connection_->buffer.clear();
  connection_->stream.read(connection_->buffer, problem);
  if (problem) {
    drop();
    return false;
  }
  const auto data = connection_->buffer.cdata();
  const auto* begin = static_cast<const char*>(data.data());
  take(nlohmann::json::parse(begin, begin + data.size()));
  return true;
}

bool NativeClient::settle() {
  while (!settled())
    if (!read()) return false;
  return true;
}

bool NativeClient::settled() const {
  return std::all_of(sent_.begin(), sent_.end(), [&](const SentMessage& message) {
    return !message.activity_id.empty() && replies_.contains(message.activity_id);
  });
}

void NativeClient::take(const nlohmann::json& frame) {
  const std::string type = frame.at("type");
  if (type == "welcome") {
    conversation_ = frame.at("conversation");
    token_ = frame.at("token");
  } else if (type == "ack") {
    take_ack(frame);
  } else if (type == "activities") {
    for (const auto& item : frame.at("items"))
      take_activity(item);
  } else if (type == "error") {
    // Going away and being busy are ordinary; whatever was not acknowledged is sent again on the next
    // connection.
    last_error_ = frame.at("code");
    drop();
  }
}

void NativeClient::take_ack(const nlohmann::json& frame) {
  const auto message = std::find_if(sent_.begin(), sent_.end(), [&](const SentMessage& candidate) {
    return candidate.client_id == frame.at("id");
  });
  if (message == sent_.end()) throw std::runtime_error("an ack for what was never sent: " + frame.dump());
  const std::string activity_id = frame.at("activity_id");
  if (!message->activity_id.empty() && message->activity_id != activity_id)
    throw std::runtime_error("two acks of one message differ: " + frame.dump());
  message->activity_id = activity_id;
  message->sequence = frame.at("sequence");
}

void NativeClient::take_activity(const nlohmann::json& item) {
  const std::uint64_t sequence = item.at("sequence");
  if (sequence <= last_seen_) throw std::runtime_error("a sequence came twice or late: " + item.dump());
  last_seen_ = sequence;
  const auto& activity = item.at("activity");
  received_[sequence] = activity;
  if (activity.contains("replyToId")) ++replies_[activity.at("replyToId").get<std::string>()];
}

}  // namespace parley::test
