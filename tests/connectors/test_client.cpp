#include "tests/connectors/test_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <doctest/doctest.h>
#include <poll.h>

#include "connectors/jwt.h"
#include "tests/connectors/test_server.h"

namespace parley::test {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
namespace websocket = beast::websocket;
using boost::system::error_code;

constexpr int kPatienceMilliseconds = 60'000;

/// A server that says nothing makes the test fail instead of waiting for ever.
void expect_bytes(asio::ip::tcp::socket& socket) {
  pollfd readable{socket.native_handle(), POLLIN, 0};
  REQUIRE_MESSAGE(poll(&readable, 1, kPatienceMilliseconds) > 0, "the server said nothing for a minute");
}

asio::ip::tcp::endpoint at(std::uint16_t port) {
  return {asio::ip::address_v4::loopback(), port};
}

std::string lower(std::string text) {
  for (char& c : text)
    c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

}  // namespace

Reply request(std::uint16_t port, const std::string& method, const std::string& target,
              const std::string& body, const Headers& headers) {
  asio::io_context context;
  asio::ip::tcp::socket socket(context);
  socket.connect(at(port));
  http::request<http::string_body> message{http::string_to_verb(method), target, 11};
  message.set(http::field::host, "127.0.0.1:" + std::to_string(port));
  message.set(http::field::connection, "close");
  if (!body.empty()) message.set(http::field::content_type, "application/json");
  for (const auto& [name, value] : headers)
    message.set(name, value);
  message.body() = body;
  message.prepare_payload();
  error_code ignored;
  http::write(socket, message, ignored);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  parser.body_limit(64 << 20);
  if (method == "HEAD") parser.skip(true);
  expect_bytes(socket);
  http::read(socket, buffer, parser);
  const auto response = parser.release();
  Reply reply{static_cast<int>(response.result_int()), {}, response.body()};
  for (const auto& field : response)
    reply.headers[lower(std::string(field.name_string()))] = std::string(field.value());
  return reply;
}

Reply get(std::uint16_t port, const std::string& target, const Headers& headers) {
  return request(port, "GET", target, "", headers);
}

Reply post(std::uint16_t port, const std::string& target, const nlohmann::json& body,
           const Headers& headers) {
  return request(port, "POST", target, body.is_null() ? "" : body.dump(), headers);
}

Headers bearer(const std::string& token, Headers headers) {
  headers["Authorization"] = "Bearer " + token;
  return headers;
}

std::string employee_token(const nlohmann::json& claims, const std::string& secret) {
  nlohmann::json all{{"sub", "e1001"},        {"name", "Anna"},
                     {"roles", {"employee"}}, {"iss", "tests"},
                     {"aud", "helpdesk"},     {"exp", kServerStart.time_since_epoch().count() / 1000 + 3600}};
  all.update(claims);
  return connectors::sign_token(all, secret.empty() ? kEmployeeSecret : secret);
}

struct WebSocketClient::Parts {
  asio::io_context context;
  websocket::stream<asio::ip::tcp::socket> stream{context};
  websocket::response_type response;
  beast::flat_buffer buffer;
  error_code error;
  bool open = false;
  bool done = false;
};

WebSocketClient::WebSocketClient(std::uint16_t port, const std::string& target, const Headers& headers)
    : parts_(std::make_unique<Parts>()) {
  auto& stream = parts_->stream;
  stream.next_layer().connect(at(port));
  websocket::permessage_deflate deflate;
  deflate.client_enable = true;  // the server is expected to leave it out
  stream.set_option(deflate);
  stream.set_option(websocket::stream_base::decorator([&](websocket::request_type& message) {
    for (const auto& [name, value] : headers)
      message.set(name, value);
  }));
  error_code error;
  stream.handshake(parts_->response, "127.0.0.1:" + std::to_string(port), target, error);
  parts_->open = !error;
}

WebSocketClient::~WebSocketClient() = default;
WebSocketClient::WebSocketClient(WebSocketClient&&) noexcept = default;

bool WebSocketClient::is_open() const {
  return parts_->open;
}
int WebSocketClient::refused_status() const {
  return parts_->open ? 0 : static_cast<int>(parts_->response.result_int());
}
std::string WebSocketClient::header(const std::string& name) const {
  return std::string(parts_->response[name]);
}

void WebSocketClient::send(const nlohmann::json& frame) {
  send_text(frame.dump());
}

void WebSocketClient::send_text(const std::string& text) {
  error_code ignored;  // the server may have closed: reading tells
  parts_->stream.text(true);
  parts_->stream.write(asio::buffer(text), ignored);
}

void WebSocketClient::send_binary(const std::string& bytes) {
  error_code ignored;
  parts_->stream.binary(true);
  parts_->stream.write(asio::buffer(bytes), ignored);
}

void WebSocketClient::send_fragment(const std::string& text, bool last) {
  error_code ignored;
  parts_->stream.text(true);
  parts_->stream.write_some(last, asio::buffer(text), ignored);
}

void WebSocketClient::ping() {
  error_code ignored;
  parts_->stream.ping({}, ignored);
}

std::optional<std::string> WebSocketClient::read() {
  parts_->buffer.clear();
  parts_->done = false;
  parts_->stream.async_read(parts_->buffer, [this](error_code error, std::size_t) {
    parts_->done = true;
    parts_->error = error;
  });
  parts_->context.restart();
  parts_->context.run_for(std::chrono::milliseconds(kPatienceMilliseconds));
  if (!parts_->done) drop();
  REQUIRE_MESSAGE(parts_->done, "the server said nothing for a minute");
  if (parts_->error) return std::nullopt;
  return beast::buffers_to_string(parts_->buffer.data());
}

nlohmann::json WebSocketClient::read_json() {
  const auto text = read();
  REQUIRE_MESSAGE(text.has_value(),
                  "the server closed with " << static_cast<int>(parts_->stream.reason().code));
  return nlohmann::json::parse(*text);
}

int WebSocketClient::close_code() {
  while (read())
    continue;
  return parts_->stream.reason().code;
}

std::string WebSocketClient::close_reason() const {
  return parts_->stream.reason().reason.c_str();
}

void WebSocketClient::drop() {
  parts_->stream.next_layer().close();
}

struct RawClient::Parts {
  asio::io_context context;
  asio::ip::tcp::socket socket{context};
  std::string received;

  bool read_some() {
    char bytes[4096];
    error_code error;
    expect_bytes(socket);
    const std::size_t size = socket.read_some(asio::buffer(bytes), error);
    received.append(bytes, size);
    return !error;
  }
};

RawClient::RawClient(std::uint16_t port, std::size_t receive_buffer_bytes)
    : parts_(std::make_unique<Parts>()) {
  parts_->socket.open(asio::ip::tcp::v4());
  if (receive_buffer_bytes > 0)
    parts_->socket.set_option(asio::socket_base::receive_buffer_size(static_cast<int>(receive_buffer_bytes)));
  parts_->socket.connect(at(port));
}

RawClient::~RawClient() = default;

void RawClient::send(const std::string& bytes) {
  error_code ignored;
  asio::write(parts_->socket, asio::buffer(bytes), ignored);
}

bool RawClient::read_until(const std::string& needle) {
  while (parts_->received.find(needle) == std::string::npos)
    if (!parts_->read_some()) return parts_->received.find(needle) != std::string::npos;
  return true;
}

std::string RawClient::read_all() {
  while (parts_->read_some())
    continue;
  return parts_->received;
}

const std::string& RawClient::received() const {
  return parts_->received;
}

bool RawClient::upgrade(const std::string& target, const Headers& headers) {
  std::string text =
      "GET " + target + " HTTP/1.1\r\nHost: test\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n";
  text += "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  for (const auto& [name, value] : headers)
    text += name + ": " + value + "\r\n";
  send(text + "\r\n");
  if (!read_until("\r\n\r\n")) return false;
  const bool upgraded = parts_->received.starts_with("HTTP/1.1 101");
  parts_->received.erase(0, parts_->received.find("\r\n\r\n") + 4);
  return upgraded;
}

int RawClient::close_code() {
  const std::string all = read_all();
  for (std::size_t i = 0; i + 4 <= all.size();) {
    const auto first = static_cast<unsigned char>(all[i]), second = static_cast<unsigned char>(all[i + 1]);
    std::size_t size = second & 0x7F, header = 2;
    if (size == 126) {
      size = static_cast<unsigned char>(all[i + 2]) * 256U + static_cast<unsigned char>(all[i + 3]);
      header = 4;
    } else if (size == 127) {
      size = 0;
      for (std::size_t k = 2; k < 10; ++k)
        size = size * 256 + static_cast<unsigned char>(all.at(i + k));
      header = 10;
    }
    if ((first & 0x0F) == 8)
      return static_cast<unsigned char>(all[i + 2]) * 256 + static_cast<unsigned char>(all[i + 3]);
    i += header + size;
  }
  return 0;
}

std::string client_frame(int opcode, const std::string& payload, bool last) {
  std::string frame;
  frame += static_cast<char>((last ? 0x80 : 0) | opcode);
  if (payload.size() < 126) {
    frame += static_cast<char>(0x80 | payload.size());
  } else if (payload.size() < 65'536) {
    frame += static_cast<char>(0x80 | 126);
    frame += static_cast<char>(payload.size() >> 8);
    frame += static_cast<char>(payload.size() & 0xFF);
  } else {
    frame += static_cast<char>(0x80 | 127);
    for (int shift = 56; shift >= 0; shift -= 8)
      frame += static_cast<char>((payload.size() >> shift) & 0xFF);
  }
  const std::string mask(4, '\0');  // all zero: the payload stays readable
  return frame + mask + payload;
}

}  // namespace parley::test
