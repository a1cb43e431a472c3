// Waiting for the engine: its callbacks as futures, and an outbox that keeps what it gets.
#pragma once

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "engine/engine.h"

namespace parley::test {

/// A future for what a callback will get.
template <typename T>
std::pair<Engine::Callback<T>, std::future<Result<T>>> callback() {
  auto promise = std::make_shared<std::promise<Result<T>>>();
  auto future = promise->get_future();
  return {[promise](Result<T> result) { promise->set_value(std::move(result)); }, std::move(future)};
}

/// Long enough for any machine; a test that waits so long has failed.
inline constexpr std::chrono::seconds kPatience{60};

class KeepingOutbox final : public Outbox {
 public:
  void deliver(const std::vector<StoredActivity>& activities) override {
    const std::lock_guard lock(mutex_);
    kept_.insert(kept_.end(), activities.begin(), activities.end());
    changed_.notify_all();
  }
  void deliver_transient(const Json& activity) override {
    const std::lock_guard lock(mutex_);
    transient_.push_back(activity);
    changed_.notify_all();
  }

  /// Everything so far, once there are `count` or patience is over.
  std::vector<StoredActivity> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return kept_.size() >= count; });
    return kept_;
  }
  std::vector<Json> wait_for_transient(std::size_t count) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kPatience, [&] { return transient_.size() >= count; });
    return transient_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<StoredActivity> kept_;
  std::vector<Json> transient_;
};

inline Result<Opened> open(Engine& engine, const std::string& id, const std::string& person = "anna",
                           const std::string& language = "en") {
  auto [done, result] = callback<Opened>();
  engine.open({id, "test", {person, "Anna", {}}, language}, done);
  return result.get();
}

inline std::future<Result<Receipt>> submit_later(Engine& engine, const std::string& id, Json activity,
                                                 const std::string& client_id = "",
                                                 const std::string& person = "anna") {
  auto [done, result] = callback<Receipt>();
  engine.submit({id, client_id, {person, "Anna", {}}, std::move(activity)}, done);
  return std::move(result);
}

inline Result<Receipt> submit(Engine& engine, const std::string& id, Json activity,
                              const std::string& client_id = "", const std::string& person = "anna") {
  return submit_later(engine, id, std::move(activity), client_id, person).get();
}

inline Result<Receipt> say(Engine& engine, const std::string& id, const std::string& text,
                           const std::string& client_id = "") {
  return submit(engine, id, {{"type", "message"}, {"text", text}}, client_id);
}

inline std::shared_ptr<KeepingOutbox> attach(Engine& engine, const std::string& id, Sequence after = 0) {
  auto outbox = std::make_shared<KeepingOutbox>();
  auto [done, result] = callback<Done>();
  engine.attach(id, "anna", after, outbox, done);
  return result.get() ? outbox : nullptr;
}

inline Result<ActivitySet> read(Engine& engine, const std::string& id, Sequence after = 0) {
  auto [done, result] = callback<ActivitySet>();
  engine.read(id, "anna", after, done);
  return result.get();
}

/// The texts of what the bot said.
inline std::vector<std::string> replies(const std::vector<StoredActivity>& activities) {
  std::vector<std::string> texts;
  for (const StoredActivity& each : activities)
    if (each.activity["from"]["role"] == "bot") texts.push_back(each.activity.value("text", ""));
  return texts;
}

}  // namespace parley::test
