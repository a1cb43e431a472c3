#include "bench/load.h"

#include <algorithm>
#include <boost/asio.hpp>
#include <boost/beast.hpp>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace parley::bench {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using Clock = std::chrono::steady_clock;
using Stream = beast::websocket::stream<tcp::socket, false>;
using nlohmann::json;

constexpr auto kAwait = asio::use_awaitable;

// GCC 12 miscompiles braced JSON inside a co_await: frames are made here.
std::string hello_frame() {
  return json{{"type", "hello"}}.dump();
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

// Two texts the test bot answers with one reply each, in turn.
const std::string& text_of(int message) {
  static const std::string kAsk = "pick a colour", kAnswer = "red";
  return message % 2 == 0 ? kAsk : kAnswer;
}

class Measurement {
 public:
  void add(Clock::time_point sent) {
    milliseconds_.push_back(std::chrono::duration<double, std::milli>(Clock::now() - sent).count());
  }
  Outcome outcome(Clock::duration total) {
    std::sort(milliseconds_.begin(), milliseconds_.end());
    const auto at = [&](double share) {
      return milliseconds_[static_cast<std::size_t>(share * (milliseconds_.size() - 1))];
    };
    return {milliseconds_.size() / std::chrono::duration<double>(total).count(), at(0.50), at(0.99)};
  }

 private:
  std::vector<double> milliseconds_;
};

asio::awaitable<tcp::socket> connect(std::uint16_t port) {
  tcp::socket socket(co_await asio::this_coro::executor);
  co_await socket.async_connect({asio::ip::address_v4::loopback(), port}, kAwait);
  socket.set_option(tcp::no_delay(true));
  co_return socket;
}

std::string origin(std::uint16_t port) {
  return "http://127.0.0.1:" + std::to_string(port);
}

asio::awaitable<std::unique_ptr<Stream>> open_socket(std::uint16_t port, std::string target,
                                                     std::string protocol) {
  auto stream = std::make_unique<Stream>(co_await connect(port));
  stream->set_option(
      beast::websocket::stream_base::decorator([port, protocol](beast::websocket::request_type& request) {
        request.set(http::field::origin, origin(port));
        if (!protocol.empty()) request.set(http::field::sec_websocket_protocol, protocol);
      }));
  co_await stream->async_handshake("127.0.0.1:" + std::to_string(port), target, kAwait);
  co_return stream;
}

asio::awaitable<json> read_json(Stream& stream, beast::flat_buffer& buffer) {
  buffer.clear();
  co_await stream.async_read(buffer, kAwait);
  const auto data = buffer.cdata();
  const auto* begin = static_cast<const char*>(data.data());
  co_return data.size() == 0 ? json::object() : json::parse(begin, begin + data.size());
}

asio::awaitable<void> write(Stream& stream, std::string text) {
  co_await stream.async_write(asio::buffer(text), kAwait);
}

bool has_bot_reply(const json& items) {
  return std::any_of(items.begin(), items.end(), [](const json& item) {
    const json& activity = item.contains("activity") ? item["activity"] : item;
    return activity.value("type", "") == "message" && activity.value("/from/role"_json_pointer, "") == "bot";
  });
}

// `all`: the sockets a measurement needs are opened before its clock starts.
asio::awaitable<void> echo_client(Stream& stream, int messages, Measurement& measured) {
  const std::string text(100, 'x');
  beast::flat_buffer buffer;
  for (int i = 0; i < messages; ++i) {
    const auto sent = Clock::now();
    co_await stream.async_write(asio::buffer(text), kAwait);
    buffer.clear();
    co_await stream.async_read(buffer, kAwait);
    measured.add(sent);
  }
}

asio::awaitable<std::unique_ptr<Stream>> open_native(std::uint16_t port, std::string channel) {
  auto stream = co_await open_socket(port, "/" + channel + "/socket", "parley.v1");
  co_await write(*stream, hello_frame());
  beast::flat_buffer buffer;
  const json welcome = co_await read_json(*stream, buffer);
  if (welcome.value("type", "") != "welcome") throw std::runtime_error("no welcome: " + welcome.dump());
  co_return stream;
}

asio::awaitable<void> native_client(Stream& stream, int messages, Measurement& measured) {
  beast::flat_buffer buffer;
  for (int i = 0; i < messages; ++i) {
    const auto sent = Clock::now();
    const std::string id = "m" + std::to_string(i);
    co_await write(stream, activity_frame(id, text_of(i)));
    bool acked = false, answered = false;
    while (!acked || !answered) {
      const json frame = co_await read_json(stream, buffer);
      const std::string type = frame.value("type", "");
      if (type == "error") throw std::runtime_error(frame.dump());
      if (type == "ack") acked = acked || frame.value("id", "") == id;
      // A greeting that was on its way belongs to no message: the reply comes in one frame with the echo or
      // after it.
      if (type == "activities" && (acked || frame["items"].back().value("client_id", "") == id ||
                                   frame["items"].front().value("client_id", "") == id))
        answered = answered || has_bot_reply(frame["items"]);
    }
    measured.add(sent);
  }
}

struct DirectLineClient {
  std::unique_ptr<tcp::socket> http_socket;
  std::unique_ptr<Stream> stream;
  std::string token, conversation, host;
};

asio::awaitable<json> post(tcp::socket& socket, const DirectLineClient& client, std::string target,
                           const json& body) {
  http::request<http::string_body> request{http::verb::post, target, 11};
  request.set(http::field::host, client.host);
  request.set(http::field::origin, "http://" + client.host);
  request.set(http::field::content_type, "application/json");
  if (!client.token.empty()) request.set(http::field::authorization, "Bearer " + client.token);
  request.body() = body.dump();
  request.prepare_payload();
  co_await http::async_write(socket, request, kAwait);
  beast::flat_buffer buffer;
  http::response<http::string_body> response;
  co_await http::async_read(socket, buffer, response, kAwait);
  if (response.result_int() >= 300) throw std::runtime_error(target + ": " + response.body());
  co_return json::parse(response.body());
}

asio::awaitable<DirectLineClient> open_direct_line(std::uint16_t port, std::string channel) {
  DirectLineClient client;
  client.host = "127.0.0.1:" + std::to_string(port);
  client.http_socket = std::make_unique<tcp::socket>(co_await connect(port));
  const std::string base = "/" + channel + "/v3/directline";
  const json generated =
      co_await post(*client.http_socket, client, base + "/tokens/generate", json::object());
  client.token = generated["token"];
  const json started = co_await post(*client.http_socket, client, base + "/conversations", json::object());
  client.token = started["token"];
  client.conversation =
      base + "/conversations/" + started["conversationId"].get<std::string>() + "/activities";
  const std::string url = started["streamUrl"];
  client.stream = co_await open_socket(port, url.substr(url.find('/', url.find("://") + 3)), "");
  co_return client;
}

asio::awaitable<void> direct_line_client(DirectLineClient& client, int messages, Measurement& measured) {
  beast::flat_buffer buffer;
  for (int i = 0; i < messages; ++i) {
    const auto sent = Clock::now();
    const json activity = direct_line_activity("m" + std::to_string(i), text_of(i));
    const json answer = co_await post(*client.http_socket, client, client.conversation, activity);
    for (bool answered = false; !answered;) {
      const json frame = co_await read_json(*client.stream, buffer);
      for (const json& reply : frame.value("activities", json::array()))
        answered = answered || reply.value("replyToId", "") == answer["id"];
    }
    measured.add(sent);
  }
}

// Opens all clients, then runs them together and times them.
template <typename Open, typename Talk>
Outcome run(const Load& load, Open open, Talk talk) {
  asio::io_context context(1);
  using Client = typename decltype(open())::value_type;
  std::vector<Client> clients(static_cast<std::size_t>(load.clients));
  std::exception_ptr failure;
  const auto note = [&](std::exception_ptr problem) {
    if (problem && !failure) failure = problem;
    if (problem) context.stop();
  };
  for (Client& client : clients)
    asio::co_spawn(
        context, [&]() -> asio::awaitable<void> { client = co_await open(); }, note);
  context.run();
  if (failure) std::rethrow_exception(failure);
  Measurement measured;
  context.restart();
  const auto start = Clock::now();
  for (Client& client : clients)
    asio::co_spawn(context, talk(client, load.messages, measured), note);
  context.run();
  if (failure) std::rethrow_exception(failure);
  return measured.outcome(Clock::now() - start);
}

}  // namespace

Outcome run_echo(const Load& load) {
  return run(
      load, [&] { return open_socket(load.port, "/", ""); },
      [](auto& stream, int messages, Measurement& measured) {
        return echo_client(*stream, messages, measured);
      });
}

Outcome run_native(const Load& load, const std::string& channel) {
  return run(
      load, [&] { return open_native(load.port, channel); },
      [](auto& stream, int messages, Measurement& measured) {
        return native_client(*stream, messages, measured);
      });
}

Outcome run_direct_line(const Load& load, const std::string& channel) {
  return run(
      load, [&] { return open_direct_line(load.port, channel); },
      [](auto& client, int messages, Measurement& measured) {
        return direct_line_client(client, messages, measured);
      });
}

struct IdleConnections::Impl {
  asio::io_context context{1};
  std::vector<std::unique_ptr<Stream>> streams;
};

IdleConnections::IdleConnections(std::uint16_t port, const std::string& channel, int count)
    : impl_(new Impl) {
  impl_->streams.resize(static_cast<std::size_t>(count));
  for (auto& stream : impl_->streams) {
    std::exception_ptr failure;
    asio::co_spawn(
        impl_->context, [&]() -> asio::awaitable<void> { stream = co_await open_native(port, channel); },
        [&](std::exception_ptr problem) { failure = problem; });
    impl_->context.restart();
    impl_->context.run();
    if (failure) std::rethrow_exception(failure);
  }
}

IdleConnections::~IdleConnections() {
  delete impl_;
}

}  // namespace parley::bench
