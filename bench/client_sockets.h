// The sockets of the bench's clients, as coroutines: a bare WebSocket, a native session, a Direct Line
// conversation, each from an address of this machine that the caller names.
//
// Each throws when it is refused. One thread.
#pragma once

#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <cstdint>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>

namespace parley::bench {

namespace asio = boost::asio;
using Socket = asio::ip::tcp::socket;
using Stream = boost::beast::websocket::stream<Socket, false>;
using Buffer = boost::beast::flat_buffer;
using nlohmann::json;

inline constexpr auto kAwait = asio::use_awaitable;
inline constexpr const char* kLoopback = "127.0.0.1";

/// Where a client connects, and from where: one address has some 28,000 ports.
struct Place {
  std::uint16_t port = 0;
  std::string from = kLoopback;
};

asio::awaitable<Socket> connect(Place place);
asio::awaitable<std::unique_ptr<Stream>> open_socket(Place place, std::string target, std::string protocol);
/// A native session that has been welcomed.
asio::awaitable<std::unique_ptr<Stream>> open_native(Place place, std::string channel);

asio::awaitable<json> read_json(Stream& stream, Buffer& buffer);
asio::awaitable<void> write(Stream& stream, std::string text);

// GCC 12 miscompiles braced values inside a co_await: frames are made by functions.
std::string activity_frame(const std::string& id, const std::string& text);
json direct_line_activity(const std::string& id, const std::string& text);

/// One kept connection to a Direct Line server; the token and conversation that it talks in.
struct DirectLine {
  std::unique_ptr<Socket> socket;
  std::string host, token;
  std::string activities;  // the path of the conversation's
  std::string stream_path;
};

asio::awaitable<json> post(DirectLine& client, std::string path, const json& body);
asio::awaitable<json> get(DirectLine& client, std::string path);
/// Begins a conversation below `base` ("/webchat/v3/directline"); with `tokens` one is asked for first.
asio::awaitable<DirectLine> open_direct_line(Place place, std::string base, bool tokens);

/// Cuts the connection at once and leaves nothing of it in the kernel, not even a port that waits.
void cut(Stream& stream);

}  // namespace parley::bench
