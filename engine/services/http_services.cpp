// One thread turns a wheel: take what is new, send what is due, let libcurl move bytes, hand back what ended,
// give up what is over its time, sleep until something happens. Nothing in it waits for one server.
//
// Looking at every call in each round is linear in the calls under way; a thousand of them cost some
// microseconds, beside a network's milliseconds.
#include "engine/services/http_services.h"

#include <algorithm>
#include <csignal>
#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>
#include <vector>

#include "engine/services/circuit_breaker.h"
#include "engine/services/http_call.h"
#include "engine/services/http_transfer.h"

namespace parley {
namespace {

using Time = std::chrono::steady_clock::time_point;
using std::chrono::milliseconds;

constexpr milliseconds kLongestSleep{1'000};

struct Active {
  HttpCall call;
  ServiceExecutor::Ended done;
  Time deadline;
  std::string service;  // bot and service
  bool admitted = false;
  Time send_at{};
  std::optional<ServiceRequest> waiting;  // for send_at
  std::unique_ptr<HttpTransfer> transfer;

  Active(ServiceCall call_, ServiceExecutor::Ended done_)
      : call(std::move(call_)),
        done(std::move(done_)),
        deadline(std::chrono::steady_clock::now() + call.operation().timeout),
        service(call.call().bot->manifest.name + '/' + call.call().request.service) {}
};
using ActivePtr = std::unique_ptr<Active>;

struct FreeMulti {
  void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
};

// A connection that breaks while TLS writes to it is a failed call, not the end of the process.
void block_broken_pipes() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

}  // namespace

class HttpServices::Worker {
 public:
  Worker(const Clock& clock, milliseconds drain_timeout) : clock_(clock), drain_timeout_(drain_timeout) {}
  ~Worker() { stop(); }

  // False: too many wait for this service.
  bool take(ActivePtr active) {
    const std::lock_guard lock(mutex_);
    if (stopping_) return true;
    std::size_t& waiting = waiting_[active->service];
    if (waiting >= limits::kServiceQueueMax) return false;
    ++waiting;
    fresh_.push_back(std::move(active));
    if (!thread_.joinable()) start();
    curl_multi_wakeup(multi_.get());
    return true;
  }

  void stop() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
      fresh_.clear();
      if (multi_) curl_multi_wakeup(multi_.get());
    }
    if (thread_.joinable()) thread_.join();
  }

 private:
  // The first call starts the thread: most bots need none.
  void start() {
    prepare_http();
    multi_.reset(curl_multi_init());
    PARLEY_CHECK(multi_ != nullptr);
    curl_multi_setopt(multi_.get(), CURLMOPT_MAX_HOST_CONNECTIONS,
                      static_cast<long>(limits::kServiceConnectionsMax));
    thread_ = std::thread([this] { run(); });
  }

  void run() {
    block_broken_pipes();
    while (take_fresh()) {
      send_due();
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      take_finished();
      give_up_late();
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(time_to_sleep().count()), nullptr);
    }
    for (const ActivePtr& active : active_)
      if (active->transfer) curl_multi_remove_handle(multi_.get(), active->transfer->handle());
    active_.clear();
  }

  // False when there is no more to do.
  bool take_fresh() {
    std::vector<ActivePtr> fresh;
    {
      const std::lock_guard lock(mutex_);
      fresh.swap(fresh_);
      draining_ = stopping_;
    }
    for (ActivePtr& active : fresh)
      begin(std::move(active));
    return !draining_ || !drained();
  }

  // Only what is on its way is waited for; the rest is made again after the start.
  bool drained() {
    if (!drain_until_) drain_until_ = std::chrono::steady_clock::now() + drain_timeout_;
    std::erase_if(active_, [](const ActivePtr& active) { return !active->transfer; });
    return active_.empty() || std::chrono::steady_clock::now() >= *drain_until_;
  }

  void begin(ActivePtr active) {
    HttpCall::Next next = active->call.begin();
    if (std::holds_alternative<HttpCall::Send>(next)) {
      active->admitted = breakers_[active->service].admit(clock_.now());
      if (!active->admitted)
        next = active->call.failed("unavailable", "it failed too often and is left alone");
    }
    active_.push_back(std::move(active));
    go_on(std::prev(active_.end()), std::move(next));
  }

  void go_on(std::list<ActivePtr>::iterator at, HttpCall::Next next) {
    if (auto* outcome = std::get_if<CallOutcome>(&next)) return end(at, std::move(*outcome));
    auto& send = std::get<HttpCall::Send>(next);
    Active& active = **at;
    active.send_at = std::chrono::steady_clock::now() + send.pause;
    active.waiting = std::move(send.request);
    // Who waits for the answer need not wait for what can't come in time.
    if (active.send_at > active.deadline)
      end(at, active.call.failed("unavailable", "no time is left for another attempt"));
  }

  void send_due() {
    const Time now = std::chrono::steady_clock::now();
    for (const ActivePtr& active : active_) {
      if (!active->waiting || active->send_at > now || draining_) continue;
      active->transfer = std::make_unique<HttpTransfer>(active->call.source(), std::move(*active->waiting));
      active->waiting.reset();
      curl_easy_setopt(active->transfer->handle(), CURLOPT_PRIVATE, active.get());
      curl_multi_add_handle(multi_.get(), active->transfer->handle());
    }
  }

  void take_finished() {
    int left = 0;
    while (CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode ended = message->data.result;
      Active* active = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &active);
      curl_multi_remove_handle(multi_.get(), message->easy_handle);
      const ServiceReply reply = active->transfer->reply(ended);
      active->transfer.reset();
      go_on(place_of(active), active->call.take(reply));
    }
  }

  std::list<ActivePtr>::iterator place_of(const Active* active) {
    return std::find_if(active_.begin(), active_.end(),
                        [active](const ActivePtr& each) { return each.get() == active; });
  }

  void give_up_late() {
    const Time now = std::chrono::steady_clock::now();
    for (auto at = active_.begin(); at != active_.end();) {
      const auto here = at++;
      if ((*here)->deadline <= now) end(here, (*here)->call.failed("timeout", "no reply in time"));
    }
  }

  void end(std::list<ActivePtr>::iterator at, CallOutcome outcome) {
    const ActivePtr active = std::move(*at);
    active_.erase(at);
    if (active->transfer) curl_multi_remove_handle(multi_.get(), active->transfer->handle());
    {
      const std::lock_guard lock(mutex_);
      if (--waiting_[active->service] == 0) waiting_.erase(active->service);
    }
    report(*active, outcome);
    active->done(std::move(outcome));
  }

  void report(const Active& active, const CallOutcome& outcome) {
    const CallRequest& request = active.call.call().request;
    if (!outcome.ok)
      spdlog::warn("service {}, operation {}: {}", request.service, request.operation, active.call.reason());
    if (!active.admitted) return;
    CircuitBreaker& breaker = breakers_[active.service];
    if (outcome.ok || (outcome.failure != "unavailable" && outcome.failure != "timeout"))
      breaker.succeeded();
    else if (breaker.failed(clock_.now()))
      spdlog::warn("service {} failed too often and is left alone for {} s", request.service,
                   limits::kCircuitPause.count());
  }

  milliseconds time_to_sleep() const {
    Time wake = std::chrono::steady_clock::now() + kLongestSleep;
    if (drain_until_) wake = std::min(wake, *drain_until_);
    for (const ActivePtr& active : active_)
      wake = std::min({wake, active->deadline, active->waiting ? active->send_at : active->deadline});
    const auto left = std::chrono::ceil<milliseconds>(wake - std::chrono::steady_clock::now());
    return std::max(left, milliseconds(0));
  }

  const Clock& clock_;
  const milliseconds drain_timeout_;

  std::mutex mutex_;  // guards the four below
  std::vector<ActivePtr> fresh_;
  std::map<std::string, std::size_t> waiting_;  // calls by service
  bool stopping_ = false;
  std::thread thread_;

  std::unique_ptr<CURLM, FreeMulti>
      multi_;  // made under the mutex, used on the thread; a wake-up may come from any

  // The thread's own.
  std::list<ActivePtr> active_;
  std::map<std::string, CircuitBreaker> breakers_;  // by bot and service
  bool draining_ = false;
  std::optional<Time> drain_until_;
};

HttpServices::HttpServices(const Clock& clock, milliseconds drain_timeout)
    : worker_(std::make_unique<Worker>(clock, drain_timeout)) {}

HttpServices::~HttpServices() {
  stop();
}

void HttpServices::execute(ServiceCall call, Ended done) {
  const auto& services = call.bot->services;
  const auto service = services.services.find(call.request.service);
  const bool known = service != services.services.end() &&
                     std::holds_alternative<HttpSource>(service->second.source) &&
                     services.find(call.request.service, call.request.operation) != nullptr;
  const std::string id = call.request.id;
  if (!known) return done({id, false, nullptr, "invalid"});
  if (!worker_->take(std::make_unique<Active>(std::move(call), done)))
    done({id, false, nullptr, "unavailable"});
}

void HttpServices::stop() {
  worker_->stop();
}

}  // namespace parley
