#include "engine/services/call_meter.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <spdlog/spdlog.h>
#include <tuple>
#include <utility>

namespace parley {

class CallMeter::Book {
 public:
  void note(CallFigure ended) {
    const auto bucket = std::lower_bound(kCallSecondsBounds.begin(), kCallSecondsBounds.end(), ended.seconds);
    const std::lock_guard lock(mutex_);
    CallFigure& figure = figures_[{ended.bot, ended.service, ended.operation, ended.outcome}];
    ended.count = figure.count + 1;
    ended.seconds += figure.seconds;
    ended.buckets = figure.buckets;
    ++ended.buckets.at(static_cast<std::size_t>(bucket - kCallSecondsBounds.begin()));
    figure = std::move(ended);
  }

  std::vector<CallFigure> figures() const {
    const std::lock_guard lock(mutex_);
    std::vector<CallFigure> all;
    for (const auto& [key, figure] : figures_)
      all.push_back(figure);
    return all;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, CallFigure> figures_;
};

namespace {

void log(const CallFigure& ended) {
  const bool ok = ended.outcome == "ok";
  spdlog::log(ok ? spdlog::level::debug : spdlog::level::warn,
              "event=call_ended bot={} service={} operation={} outcome={} milliseconds={:.0f}", ended.bot,
              ended.service, ended.operation, ended.outcome, ended.seconds * 1'000);
}

}  // namespace

CallMeter::CallMeter(std::shared_ptr<ServiceExecutor> inner)
    : inner_(std::move(inner)), book_(std::make_shared<Book>()) {}

void CallMeter::execute(ServiceCall call, Ended done) {
  CallFigure figure;
  figure.bot = call.bot->manifest.name;
  figure.service = call.request.service;
  figure.operation = call.request.operation;
  const auto begun = std::chrono::steady_clock::now();
  inner_->execute(std::move(call), [book = book_, figure = std::move(figure), begun,
                                    done = std::move(done)](CallOutcome outcome) {
    CallFigure ended = figure;
    ended.outcome = outcome.ok ? "ok" : outcome.failure;
    ended.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    log(ended);
    book->note(std::move(ended));
    done(std::move(outcome));
  });
}

std::vector<CallFigure> CallMeter::figures() const {
  return book_->figures();
}

}  // namespace parley
