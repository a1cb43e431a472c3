#include "engine/services/sql_services.h"

#include <utility>

#include "engine/services/sql_worker.h"

namespace parley {

SqlServices::SqlServices(std::filesystem::path data_folder) : data_folder_(std::move(data_folder)) {}

SqlServices::~SqlServices() {
  stop();
}

void SqlServices::execute(ServiceCall call, Ended done) {
  const auto& services = call.bot->services.services;
  const auto service = services.find(call.request.service);
  const auto* source = service == services.end() ? nullptr : std::get_if<SqlSource>(&service->second.source);
  if (source == nullptr) return done({call.request.id, false, nullptr, "invalid"});
  if (const auto worker = worker_of(call, *source)) worker->execute(std::move(call), std::move(done));
}

// Null once stopped.
std::shared_ptr<SqlWorker> SqlServices::worker_of(const ServiceCall& call, const SqlSource& source) {
  const std::filesystem::path path = data_folder_ / call.bot->manifest.name / source.file;
  const std::lock_guard lock(mutex_);
  if (stopped_) return nullptr;
  std::shared_ptr<SqlWorker>& worker = workers_[path];
  if (!worker) worker = std::make_shared<SqlWorker>(path);
  return worker;
}

void SqlServices::stop() {
  std::map<std::filesystem::path, std::shared_ptr<SqlWorker>> workers;
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
    workers = std::exchange(workers_, {});
  }
  for (const auto& [path, worker] : workers)
    worker->stop();
}

}  // namespace parley
