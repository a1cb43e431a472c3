#include "bench/load.h"

#include <functional>
#include <stdexcept>

#include "bench/client_sockets.h"
#include "bench/latencies.h"

namespace parley::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kPollsMax = 1'000;  // for one reply

// Two texts the test bot answers with one reply each, in turn.
const std::vector<Exchange> kColours{{"pick a colour", ""}, {"red", ""}};

const Exchange& exchange_of(const Load& load, int message) {
  const std::vector<Exchange>& talk = load.talk.empty() ? kColours : load.talk;
  return talk[static_cast<std::size_t>(message) % talk.size()];
}

// A bot's message, and the one that is expected.
bool answers(const json& activity, const Exchange& exchange) {
  if (activity.value("type", "") != "message") return false;
  if (!exchange.reply.empty()) return activity.value("text", "") == exchange.reply;
  return activity.value("/from/role"_json_pointer, "") == "bot";
}

bool holds_answer(const json& items, const Exchange& exchange) {
  return std::any_of(items.begin(), items.end(), [&](const json& item) {
    return answers(item.contains("activity") ? item["activity"] : item, exchange);
  });
}

asio::awaitable<void> echo_client(Stream& stream, const Load& load, Latencies& latencies) {
  const std::string text(100, 'x');
  Buffer buffer;
  for (int i = 0; i < load.messages; ++i) {
    const auto sent = Clock::now();
    co_await stream.async_write(asio::buffer(text), kAwait);
    buffer.clear();
    co_await stream.async_read(buffer, kAwait);
    latencies.add(sent);
  }
}

asio::awaitable<void> native_turn(Stream& stream, Buffer& buffer, std::string id, const Exchange& exchange) {
  co_await write(stream, activity_frame(id, exchange.say));
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
      answered = answered || holds_answer(frame["items"], exchange);
  }
}

asio::awaitable<void> native_client(Stream& stream, const Load& load, Latencies& latencies) {
  Buffer buffer;
  for (int i = 0; i < load.messages; ++i) {
    const auto sent = Clock::now();
    co_await native_turn(stream, buffer, "m" + std::to_string(i), exchange_of(load, i));
    latencies.add(sent);
  }
}

struct StreamingClient {
  DirectLine line;
  std::unique_ptr<Stream> stream;
};

asio::awaitable<StreamingClient> open_streaming(Place place, std::string channel) {
  StreamingClient client;
  client.line = co_await open_direct_line(place, "/" + channel + "/v3/directline", true);
  client.stream = co_await open_socket(place, client.line.stream_path, "");
  co_return client;
}

asio::awaitable<void> streaming_client(StreamingClient& client, const Load& load, Latencies& latencies) {
  Buffer buffer;
  for (int i = 0; i < load.messages; ++i) {
    const auto sent = Clock::now();
    const json activity = direct_line_activity("m" + std::to_string(i), exchange_of(load, i).say);
    const json answer = co_await post(client.line, client.line.activities, activity);
    for (bool answered = false; !answered;) {
      const json frame = co_await read_json(*client.stream, buffer);
      for (const json& reply : frame.value("activities", json::array()))
        answered = answered || reply.value("replyToId", "") == answer["id"];
    }
    latencies.add(sent);
  }
}

asio::awaitable<void> polling_client(DirectLine& client, const Load& load, Latencies& latencies) {
  std::string watermark;
  for (int i = 0; i < load.messages; ++i) {
    const auto sent = Clock::now();
    const Exchange& exchange = exchange_of(load, i);
    const json activity = direct_line_activity("m" + std::to_string(i), exchange.say);
    co_await post(client, client.activities, activity);
    int polls = 0;
    for (bool answered = false; !answered; ++polls) {
      if (polls == kPollsMax) throw std::runtime_error("no \"" + exchange.reply + "\"");
      const json set = co_await get(client, client.activities + "?watermark=" + watermark);
      const json& mark = set["watermark"];  // a text by the protocol; nlp.js gives a number
      watermark = mark.is_string() ? mark.get<std::string>() : mark.dump();
      answered = holds_answer(set["activities"], exchange);
    }
    latencies.add(sent);
  }
}

std::string botkit_frame(int user, const std::string& text) {
  return json{{"type", "message"}, {"user", "u" + std::to_string(user)}, {"text", text}}.dump();
}

struct BotkitClient {
  std::unique_ptr<Stream> stream;
  int user = 0;
};

asio::awaitable<BotkitClient> open_botkit(Place place, int user) {
  BotkitClient client;
  client.stream = co_await open_socket(place, "/", "");
  client.user = user;
  co_return client;
}

asio::awaitable<void> botkit_client(BotkitClient& client, const Load& load, Latencies& latencies) {
  Buffer buffer;
  for (int i = 0; i < load.messages; ++i) {
    const auto sent = Clock::now();
    const Exchange& exchange = exchange_of(load, i);
    co_await write(*client.stream, botkit_frame(client.user, exchange.say));
    const json reply = co_await read_json(*client.stream, buffer);
    if (!answers(reply, exchange))
      throw std::runtime_error("\"" + exchange.reply + "\" was expected: " + reply.dump());
    latencies.add(sent);
  }
}

// A context that runs until its coroutines have ended, one has failed, or the time is over.
class Clients {
 public:
  void add(asio::awaitable<void> client) {
    asio::co_spawn(context_, std::move(client), [this](std::exception_ptr problem) {
      if (problem && !failure_) failure_ = problem;
      if (problem) context_.stop();
    });
  }
  void run() {
    context_.restart();
    context_.run_for(kLoadTimeMax);
    if (failure_) std::rethrow_exception(failure_);
    if (!context_.stopped()) throw std::runtime_error("the load did not end in time");
  }

 private:
  asio::io_context context_{1};
  std::exception_ptr failure_;
};

template <typename Client>
asio::awaitable<void> keep(Client& client, asio::awaitable<Client> open) {
  client = co_await std::move(open);
}

// Opens all clients, then runs them together and times them: what they need is there before the clock starts.
template <typename Open, typename Talk>
Outcome run(const Load& load, Open open, Talk talk) {
  using Client = typename decltype(open(0))::value_type;
  Clients context;
  std::vector<Client> clients(static_cast<std::size_t>(load.clients));
  for (std::size_t i = 0; i < clients.size(); ++i)
    context.add(keep(clients[i], open(static_cast<int>(i))));
  context.run();
  Latencies latencies;
  const auto start = Clock::now();
  for (Client& client : clients)
    context.add(talk(client, load, latencies));
  context.run();
  const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
  const auto count = static_cast<double>(latencies.count());
  return {count / seconds, latencies.at(0.50), latencies.at(0.99), count};
}

asio::awaitable<void> session(const Load& load, std::string channel) {
  const Place place{load.port};  // not in the co_await, see client_sockets.h
  const auto stream = co_await open_native(place, channel);
  Buffer buffer;
  for (int i = 0; i < load.messages; ++i)
    co_await native_turn(*stream, buffer, "m" + std::to_string(i), exchange_of(load, i));
  co_await stream->async_close(boost::beast::websocket::close_code::normal, kAwait);
}

}  // namespace

Outcome run_echo(const Load& load) {
  return run(
      load, [&](int) { return open_socket({load.port}, "/", ""); },
      [](auto& stream, const Load& all, Latencies& latencies) {
        return echo_client(*stream, all, latencies);
      });
}

Outcome run_native(const Load& load, const std::string& channel) {
  return run(
      load, [&](int) { return open_native({load.port}, channel); },
      [](auto& stream, const Load& all, Latencies& latencies) {
        return native_client(*stream, all, latencies);
      });
}

Outcome run_direct_line(const Load& load, const std::string& channel) {
  return run(
      load, [&](int) { return open_streaming({load.port}, channel); }, streaming_client);
}

Outcome run_polling(const Load& load, const std::string& base, bool tokens) {
  return run(
      load, [&](int) { return open_direct_line({load.port}, base, tokens); }, polling_client);
}

Outcome run_botkit(const Load& load) {
  return run(
      load, [&](int user) { return open_botkit({load.port}, user); }, botkit_client);
}

void run_sessions(const Load& load, const std::string& channel) {
  Clients context;
  for (int i = 0; i < load.clients; ++i)
    context.add(session(load, channel));
  context.run();
}

}  // namespace parley::bench
