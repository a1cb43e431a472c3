#include "bench/paced_load.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "bench/client_sockets.h"
#include "bench/latencies.h"

namespace parley::bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr int kOpenedAtOnce = 100;
constexpr std::chrono::seconds kOpeningPatience{120};

struct Run {
  const Pace& pace;
  Clock::time_point start{};
  Latencies latencies;
  PacedOutcome outcome;
};

bool has_bot_reply(const json& items) {
  return std::any_of(items.begin(), items.end(), [](const json& item) {
    const json& activity = item["activity"];
    return activity.value("type", "") == "message" && activity.value("/from/role"_json_pointer, "") == "bot";
  });
}

asio::awaitable<void> echo_turn(Stream& stream, Buffer& buffer, int) {
  co_await write(stream, std::string(100, 'x'));
  buffer.clear();
  co_await stream.async_read(buffer, kAwait);
}

asio::awaitable<void> native_turn(Stream& stream, Buffer& buffer, int message) {
  const std::string id = "m" + std::to_string(message);
  co_await write(stream, activity_frame(id, message % 2 == 0 ? "pick a colour" : "red"));
  bool acked = false, answered = false;
  while (!acked || !answered) {
    const json frame = co_await read_json(stream, buffer);
    const std::string type = frame.value("type", "");
    if (type == "error") throw std::runtime_error(frame.dump());
    acked = acked || (type == "ack" && frame.value("id", "") == id);
    if (type == "activities" && (acked || frame["items"].front().value("client_id", "") == id))
      answered = answered || has_bot_reply(frame["items"]);
  }
}

template <typename Turn>
asio::awaitable<void> client(Stream& stream, int number, Run& run, Turn turn) {
  asio::steady_timer timer(co_await asio::this_coro::executor);
  Buffer buffer;
  const auto phase = run.pace.every * number / run.pace.connections;
  for (int i = 0; i < run.pace.messages; ++i) {
    const Clock::time_point intended = run.start + phase + run.pace.every * i;
    timer.expires_at(intended);
    co_await timer.async_wait(kAwait);
    ++run.outcome.sent;
    co_await turn(stream, buffer, i);
    run.latencies.add(intended);
    ++run.outcome.answered;
  }
}

template <typename Open>
asio::awaitable<void> open_some(std::vector<std::unique_ptr<Stream>>& streams, std::size_t from, Open open) {
  for (std::size_t i = from; i < streams.size(); i += kOpenedAtOnce)
    streams[i] = co_await open();
}

template <typename Open>
void open_all(asio::io_context& context, std::vector<std::unique_ptr<Stream>>& streams, Open open) {
  std::exception_ptr failure;
  for (std::size_t i = 0; i < kOpenedAtOnce && i < streams.size(); ++i)
    asio::co_spawn(context, open_some(streams, i, open), [&](std::exception_ptr problem) {
      if (problem) failure = problem;
    });
  context.run_for(kOpeningPatience);
  if (failure) std::rethrow_exception(failure);
  if (!context.stopped()) throw std::runtime_error("not all connections were open in time");
}

template <typename Open, typename Turn>
PacedOutcome run_paced(const Pace& pace, Open open, Turn turn) {
  asio::io_context context(1);
  std::vector<std::unique_ptr<Stream>> streams(static_cast<std::size_t>(pace.connections));
  open_all(context, streams, open);
  Run run{pace, {}, {}, {}};
  if (pace.begun) pace.begun();
  context.restart();
  run.start = Clock::now() + std::chrono::milliseconds(100);
  for (std::size_t i = 0; i < streams.size(); ++i)
    asio::co_spawn(context, client(*streams[i], static_cast<int>(i), run, turn),
                   [&](std::exception_ptr problem) {
                     if (problem) ++run.outcome.errors;
                   });
  context.run_for(pace.every * pace.messages + kPacedPatience);
  run.outcome.seconds = std::chrono::duration<double>(Clock::now() - run.start).count();
  run.outcome.p50_ms = run.latencies.at(0.50);
  run.outcome.p99_ms = run.latencies.at(0.99);
  for (const auto& stream : streams)
    cut(*stream);
  return run.outcome;
}

}  // namespace

PacedOutcome run_paced_echo(const Pace& pace) {
  return run_paced(
      pace, [&] { return open_socket({pace.port}, "/", ""); }, echo_turn);
}

PacedOutcome run_paced_native(const Pace& pace, const std::string& channel) {
  return run_paced(
      pace, [&] { return open_native({pace.port}, channel); }, native_turn);
}

}  // namespace parley::bench
