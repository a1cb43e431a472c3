#include "intents/network/workers.h"

#include <algorithm>

namespace parley::intents {

Workers::Workers(unsigned threads) {
  const unsigned wanted = threads > 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  for (unsigned i = 1; i < wanted; ++i)
    helpers_.emplace_back([this] { serve(); });
}

Workers::~Workers() {
  {
    const std::scoped_lock lock(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
}

void Workers::run(std::size_t count, const std::function<void(std::size_t)>& piece) {
  {
    const std::scoped_lock lock(mutex_);
    piece_ = &piece;
    count_ = count;
    next_ = 0;
    busy_ = helpers_.size();
    ++round_;
  }
  wake_.notify_all();
  work();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return busy_ == 0; });
}

void Workers::serve() {
  for (std::size_t seen = 0;;) {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [&] { return ending_ || round_ != seen; });
    if (ending_) return;
    seen = round_;
    lock.unlock();
    work();
    lock.lock();
    if (--busy_ == 0) done_.notify_one();
  }
}

void Workers::work() {
  for (std::size_t i = next_++; i < count_; i = next_++)
    (*piece_)(i);
}

}  // namespace parley::intents
