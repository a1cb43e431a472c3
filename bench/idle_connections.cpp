#include "bench/idle_connections.h"

#include <iostream>
#include <stdexcept>
#include <vector>

namespace parley::bench {
namespace {

constexpr std::size_t kOpenedAtOnce = 50;
constexpr std::chrono::seconds kOpeningPatience{120};

}  // namespace

struct IdleConnections::Impl {
  asio::io_context context{1};
  std::vector<std::unique_ptr<Stream>> streams;

  asio::awaitable<void> open_some(Place place, std::string channel, std::size_t from) {
    for (std::size_t i = from; i < streams.size(); i += kOpenedAtOnce)
      streams[i] = co_await open_native(place, channel);
  }
};

IdleConnections::IdleConnections(Place place, const std::string& channel, int count)
    : impl_(std::make_unique<Impl>()) {
  impl_->streams.resize(static_cast<std::size_t>(count));
  std::exception_ptr failure;
  for (std::size_t i = 0; i < kOpenedAtOnce; ++i)
    asio::co_spawn(impl_->context, impl_->open_some(place, channel, i), [&](std::exception_ptr problem) {
      if (problem) failure = problem;
    });
  impl_->context.run_for(kOpeningPatience);
  if (failure) std::rethrow_exception(failure);
  if (!impl_->context.stopped()) throw std::runtime_error("not all idle connections were open in time");
}

IdleConnections::~IdleConnections() {
  for (const auto& stream : impl_->streams)
    if (stream) cut(*stream);
}

int hold_idle_connections(std::uint16_t port, const std::string& from, const std::string& channel,
                          int count) {
  const IdleConnections connections({port, from}, channel, count);
  std::cout << "open" << std::endl;
  std::cin.get();
  return 0;
}

IdleProcess::IdleProcess(const std::filesystem::path& self, const Place& place, const std::string& channel,
                         int count)
    : process_({self.string(), "--idle-clients", std::to_string(place.port), place.from, channel,
                std::to_string(count)}) {
  if (const std::string line = process_.read_line(); line != "open")
    throw std::runtime_error("the idle clients did not open: " + line);
}

}  // namespace parley::bench
