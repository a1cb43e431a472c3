#include "engine/engine.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdio>
#include <mutex>
#include <openssl/rand.h>
#include <spdlog/spdlog.h>

#include "engine/outside_event.h"
#include "engine/services/call_meter.h"
#include "engine/services/services.h"
#include "engine/shard.h"
#include "engine/storage/store.h"
#include "engine/timers.h"

namespace parley {
namespace {

// A store that can't give a reader can't do anything: what the server was started for is impossible.
std::unique_ptr<StoreReader> must_read(Store& store) {
  auto reader = store.reader();
  if (!reader) spdlog::critical("the ledger can't be read: {}", reader.error().message);
  PARLEY_CHECK(reader.ok());
  return std::move(*reader);
}

std::shared_ptr<ServiceExecutor> executor_of(const EngineOptions& options, const Clock& clock) {
  return options.services ? options.services : std::make_shared<Services>(options.data_folder, clock);
}

}  // namespace

class Engine::Impl {
 public:
  Impl(EngineOptions options, Store& store, const Clock& clock)
      : store_(store),
        channels_(std::move(options.channels)),
        services_(executor_of(options, clock)),
        timers_(clock, must_read(store),
                [this](const DueTimer& due) { shard(due.conversation_id).fire(due); }) {
    const int count = std::max(1, options.shards);
    for (int i = 0; i < count; ++i)
      shards_.push_back(std::make_shared<Shard>(parts(clock), must_read(store)));
    for (const auto& each : shards_)
      each->start();
    resume_calls();
    timers_.start();
  }

  ~Impl() { drain(); }

  Shard& shard(const std::string& conversation_id) {
    return *shards_[std::hash<std::string>{}(conversation_id) % shards_.size()];
  }

  void swap_bots(std::map<std::string, BotPtr> channels) {
    const std::lock_guard lock(mutex_);
    channels_ = std::move(channels);
  }

  BotPtr bot(const std::string& channel) const {
    const std::lock_guard lock(mutex_);
    const auto found = channels_.find(channel);
    return found == channels_.end() ? nullptr : found->second;
  }

  void set_standings(std::map<std::string, StandingPtr> channels) {
    const std::lock_guard lock(mutex_);
    standings_ = std::move(channels);
  }

  StandingPtr standing(const std::string& channel) const {
    const std::lock_guard lock(mutex_);
    const auto found = standings_.find(channel);
    return found == standings_.end() ? nullptr : found->second;
  }

  void watch_ends(FlowEnded told) {
    const std::lock_guard lock(mutex_);
    flow_ended_ = std::move(told);
  }

  bool ready() const { return !draining_ && store_.ready(); }
  std::vector<CallFigure> call_figures() const { return services_.figures(); }

  // From the outside in: nothing new begins, then what is under way is finished.
  void drain() {
    draining_ = true;
    const std::lock_guard once(drain_mutex_);
    timers_.stop();
    services_.stop();
    for (const auto& each : shards_)
      each->drain();
  }

 private:
  ShardParts parts(const Clock& clock) {
    return {store_,
            clock,
            services_,
            [this](const std::string& channel) { return bot(channel); },
            [this](const std::string& channel) { return standing(channel); },
            [this](TimePoint due) { timers_.expect(due); },
            [this](const DueTimer& timer) { timers_.done(timer); },
            [this](const std::string& channel, const FlowEnd& end) { tell_end(channel, end); }};
  }

  void tell_end(const std::string& channel, const FlowEnd& end) {
    FlowEnded told;
    {
      const std::lock_guard lock(mutex_);
      told = flow_ended_;
    }
    if (told) told(channel, end);
  }

  // Calls whose end a crash lost are executed again, with the key that they had.
  void resume_calls() {
    const auto reader = must_read(store_);
    std::string last;
    for (;;) {
      const auto page = reader->conversations_with_calls(last, limits::kHistoryPageMax);
      if (!page) spdlog::error("pending calls can't be read: {}", page.error().message);
      if (!page || page->empty()) return;
      for (const std::string& id : *page)
        shard(id).resume(id);
      last = page->back();
    }
  }

  Store& store_;
  std::atomic<bool> draining_{false};
  std::mutex drain_mutex_;
  mutable std::mutex mutex_;  // guards the three below
  std::map<std::string, BotPtr> channels_;
  std::map<std::string, StandingPtr> standings_;
  FlowEnded flow_ended_;
  CallMeter services_;
  std::vector<std::shared_ptr<Shard>> shards_;
  Timers timers_;
};

Engine::Engine(EngineOptions options, Store& store, const Clock& clock)
    : impl_(std::make_unique<Impl>(std::move(options), store, clock)) {}

Engine::~Engine() = default;

void Engine::open(OpenRequest request, Callback<Opened> done) {
  Shard& shard = impl_->shard(request.conversation_id);
  shard.open({std::move(request), std::move(done)});
}

void Engine::submit(Inbound inbound, Callback<Receipt> done) {
  Shard& shard = impl_->shard(inbound.conversation_id);
  shard.submit({std::move(inbound), std::move(done)});
}

void Engine::notify(OutsideEvent event, Callback<Delivered> done) {
  Impl* const impl = impl_.get();
  deliver_event(
      std::move(event), [impl](const std::string& id) -> Shard& { return impl->shard(id); }, std::move(done));
}

void Engine::watch_ends(FlowEnded told) {
  impl_->watch_ends(std::move(told));
}

void Engine::attach(const std::string& conversation_id, const std::string& person_id, Sequence after,
                    std::shared_ptr<Outbox> outbox, Callback<Done> done) {
  impl_->shard(conversation_id)
      .attach({conversation_id, person_id, after, std::move(outbox), std::move(done)});
}

void Engine::detach(const std::string& conversation_id, const Outbox* outbox) {
  impl_->shard(conversation_id).detach(conversation_id, outbox);
}

void Engine::read(const std::string& conversation_id, const std::string& person_id, Sequence after,
                  Callback<ActivitySet> done) {
  impl_->shard(conversation_id).read({conversation_id, person_id, after, std::move(done)});
}

void Engine::swap_bots(std::map<std::string, BotPtr> channels) {
  impl_->swap_bots(std::move(channels));
}
BotPtr Engine::bot(const std::string& channel) const {
  return impl_->bot(channel);
}
void Engine::set_standings(std::map<std::string, StandingPtr> channels) {
  impl_->set_standings(std::move(channels));
}
bool Engine::ready() const {
  return impl_->ready();
}
std::vector<CallFigure> Engine::call_figures() const {
  return impl_->call_figures();
}
void Engine::drain() {
  impl_->drain();
}

std::string new_conversation_id() {
  constexpr std::string_view kAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  constexpr std::size_t kCharacters = 22;  // of 6 bits: 128 bits and 4 that stay zero
  std::array<unsigned char, 17> random{};
  PARLEY_CHECK(RAND_bytes(random.data(), 16) == 1);
  std::string id;
  for (std::size_t bit = 0; id.size() < kCharacters; bit += 6) {
    const unsigned pair = static_cast<unsigned>(random[bit / 8]) << 8 | random[bit / 8 + 1];
    id += kAlphabet[pair >> (10 - bit % 8) & 0x3F];
  }
  return id;
}

std::string activity_id(const std::string& conversation_id, Sequence sequence) {
  std::array<char, 24> number;
  const int length =
      std::snprintf(number.data(), number.size(), "|%07llu", static_cast<unsigned long long>(sequence));
  return conversation_id + std::string(number.data(), static_cast<std::size_t>(length));
}

}  // namespace parley
