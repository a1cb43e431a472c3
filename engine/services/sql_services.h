// Services on SQLite files: one file and one thread for each service of each bot.
//
// The file <data_folder>/<bot>/<file> is made from the service's seed SQL when it is not there, under another
// name until it is whole. All statements of an operation run in one transaction, in which the call's key and
// result are noted too (table parley_calls): a call that comes a second time is answered from there and
// changes nothing.
//
// Failures: "timeout" (the operation's time was over, waiting included), "rejected" (a constraint or RAISE in
// the data), "invalid" (an argument that does not fit its type, no such operation), "unavailable" (everything
// else; the log has SQLite's reason). A failed call has changed nothing.
//
// Thread rule: as of ServiceExecutor. Lifetime: stop() joins the threads.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>

#include "engine/services/service_executor.h"

namespace parley {

class SqlWorker;

class SqlServices final : public ServiceExecutor {
 public:
  explicit SqlServices(std::filesystem::path data_folder);
  ~SqlServices() override;

  void execute(ServiceCall call, Ended done) override;
  void stop() override;

 private:
  std::shared_ptr<SqlWorker> worker_of(const ServiceCall& call, const SqlSource& source);

  const std::filesystem::path data_folder_;
  std::mutex mutex_;  // guards the two below
  std::map<std::filesystem::path, std::shared_ptr<SqlWorker>> workers_;
  bool stopped_ = false;
};

}  // namespace parley
