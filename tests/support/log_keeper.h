// What is logged while this lives, instead of on standard error. Lines may come from any thread.
#pragma once

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <spdlog/sinks/base_sink.h>
#include <spdlog/spdlog.h>
#include <string>

namespace parley::test {

class LogKeeper {
 public:
  LogKeeper() : before_(spdlog::default_logger()) {
    auto logger = std::make_shared<spdlog::logger>("kept", sink_);
    logger->set_level(spdlog::level::debug);
    spdlog::set_default_logger(logger);
  }
  ~LogKeeper() { spdlog::set_default_logger(before_); }
  LogKeeper(const LogKeeper&) = delete;
  LogKeeper& operator=(const LogKeeper&) = delete;

  std::string text() const { return sink_->text(); }
  /// False when nobody logged this within a minute.
  bool wait_for(const std::string& text) const { return sink_->wait_for(text); }

 private:
  class Sink final : public spdlog::sinks::base_sink<std::mutex> {
   public:
    std::string text() {
      const std::lock_guard lock(kept_mutex_);
      return kept_;
    }
    bool wait_for(const std::string& text) {
      std::unique_lock lock(kept_mutex_);
      return changed_.wait_for(lock, std::chrono::minutes(1),
                               [&] { return kept_.find(text) != std::string::npos; });
    }

   protected:
    void sink_it_(const spdlog::details::log_msg& message) override {
      const std::lock_guard lock(kept_mutex_);
      kept_.append(message.payload.data(), message.payload.size()).append("\n");
      changed_.notify_all();
    }
    void flush_() override {}

   private:
    std::mutex kept_mutex_;
    std::condition_variable changed_;
    std::string kept_;
  };

  std::shared_ptr<Sink> sink_ = std::make_shared<Sink>();
  std::shared_ptr<spdlog::logger> before_;
};

}  // namespace parley::test
