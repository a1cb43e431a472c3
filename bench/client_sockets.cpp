#include "bench/client_sockets.h"

#include <stdexcept>

namespace parley::bench {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;

std::string host_of(std::uint16_t port) {
  return kLoopback + (":" + std::to_string(port));
}

std::string hello_frame() {
  return json{{"type", "hello"}}.dump();
}

asio::awaitable<json> exchange(DirectLine& client, http::request<http::string_body> request) {
  request.set(http::field::host, client.host);
  request.set(http::field::origin, "http://" + client.host);
  if (!client.token.empty()) request.set(http::field::authorization, "Bearer " + client.token);
  request.prepare_payload();
  co_await http::async_write(*client.socket, request, kAwait);
  Buffer buffer;
  http::response<http::string_body> response;
  co_await http::async_read(*client.socket, buffer, response, kAwait);
  if (response.result_int() >= 300)
    throw std::runtime_error(std::string(request.target()) + ": " + response.body());
  co_return json::parse(response.body());
}

}  // namespace

asio::awaitable<Socket> connect(Place place) {
  Socket socket(co_await asio::this_coro::executor, tcp::v4());
  if (place.from != kLoopback) socket.bind({asio::ip::make_address_v4(place.from), 0});
  co_await socket.async_connect({asio::ip::address_v4::loopback(), place.port}, kAwait);
  socket.set_option(tcp::no_delay(true));
  co_return socket;
}

asio::awaitable<std::unique_ptr<Stream>> open_socket(Place place, std::string target, std::string protocol) {
  auto stream = std::make_unique<Stream>(co_await connect(place));
  const std::string host = host_of(place.port);
  stream->set_option(
      beast::websocket::stream_base::decorator([host, protocol](beast::websocket::request_type& request) {
        request.set(http::field::origin, "http://" + host);
        if (!protocol.empty()) request.set(http::field::sec_websocket_protocol, protocol);
      }));
  co_await stream->async_handshake(host, target, kAwait);
  co_return stream;
}

asio::awaitable<std::unique_ptr<Stream>> open_native(Place place, std::string channel) {
  auto stream = co_await open_socket(place, "/" + channel + "/socket", "parley.v1");
  co_await write(*stream, hello_frame());
  Buffer buffer;
  const json welcome = co_await read_json(*stream, buffer);
  if (welcome.value("type", "") != "welcome") throw std::runtime_error("no welcome: " + welcome.dump());
  co_return stream;
}

asio::awaitable<json> read_json(Stream& stream, Buffer& buffer) {
  buffer.clear();
  co_await stream.async_read(buffer, kAwait);
  const auto data = buffer.cdata();
  const auto* begin = static_cast<const char*>(data.data());
  co_return data.size() == 0 ? json::object() : json::parse(begin, begin + data.size());
}

asio::awaitable<void> write(Stream& stream, std::string text) {
  co_await stream.async_write(asio::buffer(text), kAwait);
}

std::string activity_frame(const std::string& id, const std::string& text) {
  return json{{"type", "activity"}, {"id", id}, {"activity", {{"type", "message"}, {"text", text}}}}.dump();
}

json direct_line_activity(const std::string& id, const std::string& text) {
  return {{"type", "message"},
          {"text", text},
          {"from", {{"id", "bench"}}},
          {"channelData", {{"clientActivityID", id}}}};
}

asio::awaitable<json> post(DirectLine& client, std::string path, const json& body) {
  http::request<http::string_body> request{http::verb::post, path, 11};
  request.set(http::field::content_type, "application/json");
  request.body() = body.dump();
  co_return co_await exchange(client, std::move(request));
}

asio::awaitable<json> get(DirectLine& client, std::string path) {
  http::request<http::string_body> request{http::verb::get, path, 11};
  co_return co_await exchange(client, std::move(request));
}

asio::awaitable<DirectLine> open_direct_line(Place place, std::string base, bool tokens) {
  DirectLine client;
  client.host = host_of(place.port);
  client.socket = std::make_unique<Socket>(co_await connect(place));
  if (tokens) {
    const json generated = co_await post(client, base + "/tokens/generate", json::object());
    client.token = generated["token"];
  }
  const json started = co_await post(client, base + "/conversations", json::object());
  if (tokens) client.token = started["token"];
  client.activities = base + "/conversations/" + started["conversationId"].get<std::string>() + "/activities";
  const std::string url = started.value("streamUrl", "");
  if (!url.empty()) client.stream_path = url.substr(url.find('/', url.find("://") + 3));
  co_return client;
}

void cut(Stream& stream) {
  boost::system::error_code ignored;
  Socket& socket = stream.next_layer();
  socket.set_option(asio::socket_base::linger(true, 0), ignored);
  socket.close(ignored);
}

}  // namespace parley::bench
