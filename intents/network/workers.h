// Threads that share out numbered pieces of work, many times over.
//
// Which thread does which piece is left to chance, so a piece must depend on its number alone.
//
// Thread rule: run() is called by one thread at a time, which works along.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace parley::intents {

class Workers {
 public:
  /// `threads` counts the caller; 0: as many as there are processors.
  explicit Workers(unsigned threads);
  ~Workers();

  /// Calls piece(0) ... piece(count - 1), each once, and returns when all are done.
  void run(std::size_t count, const std::function<void(std::size_t)>& piece);

 private:
  void serve();
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::condition_variable done_;
  const std::function<void(std::size_t)>* piece_ = nullptr;
  std::size_t count_ = 0;
  std::atomic<std::size_t> next_{0};
  std::size_t round_ = 0;
  std::size_t busy_ = 0;
  bool ending_ = false;
  std::vector<std::jthread> helpers_;
};

}  // namespace parley::intents
