#include "cli/bot_making.h"

namespace parley::cli {

MadeBot make_bot_of(const BotFiles& files, const std::filesystem::path& cache, const Training& training,
                    std::chrono::steady_clock::time_point changed_at) {
  const bool trained = !has_model(files, cache);
  if (trained) training(files.version);
  return {make_bot(files, cache), changed_at, trained};
}

BotMaking::BotMaking(std::filesystem::path cache, Training training, Made made)
    : cache_(std::move(cache)),
      training_(std::move(training)),
      made_(std::move(made)),
      thread_([this] { run(); }) {}

BotMaking::~BotMaking() {
  {
    const std::lock_guard lock(mutex_);
    ending_ = true;
  }
  given_.notify_one();
  thread_.join();
}

void BotMaking::take(BotFiles files, std::chrono::steady_clock::time_point changed_at) {
  {
    const std::lock_guard lock(mutex_);
    waiting_ = Job{std::move(files), changed_at};
  }
  given_.notify_one();
}

void BotMaking::run() {
  for (;;) {
    std::optional<Job> job;
    {
      std::unique_lock lock(mutex_);
      given_.wait(lock, [this] { return ending_ || waiting_; });
      if (ending_) return;
      job.swap(waiting_);
    }
    made_(make_bot_of(job->files, cache_, training_, job->changed_at));
  }
}

}  // namespace parley::cli
