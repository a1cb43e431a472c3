// One service's file and the thread that works on it.
//
// Thread rule: execute() and stop() from any thread; everything else happens on the worker's own.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <filesystem>
#include <mutex>
#include <thread>

#include "engine/services/service_executor.h"
#include "engine/sqlite.h"

namespace parley {

class SqlWorker {
 public:
  explicit SqlWorker(std::filesystem::path path);
  ~SqlWorker();

  void execute(ServiceCall call, ServiceExecutor::Ended done);
  void stop();

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Queued {
    ServiceCall call;
    ServiceExecutor::Ended done;
    Time deadline;
  };

  void run();
  bool next(Queued& queued);
  CallOutcome run_call(const Queued& queued);
  Result<Done> open(const SqlSource& source);

  const std::filesystem::path path_;

  std::mutex mutex_;  // guards the three below
  std::condition_variable work_;
  std::deque<Queued> queue_;
  bool stopping_ = false;
  sqlite::Connection
      connection_;  // made and closed under the mutex, because stop() interrupts it; used without

  std::thread thread_;
};

}  // namespace parley
