#include "engine/services/sql_worker.h"

#include <fstream>
#include <spdlog/spdlog.h>
#include <sstream>

#include "engine/limits.h"
#include "engine/services/sql_call.h"
#include "engine/services/sql_check.h"

namespace parley {
namespace {

namespace fs = std::filesystem;

Result<std::string> read_text(const fs::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::ostringstream text;
  if (!stream) return Error{ErrorCode::kUnavailable, path.string() + " can't be read"};
  text << stream.rdbuf();
  return text.str();
}

Result<Done> fill(const fs::path& path, const std::string& seed) {
  auto opened = sqlite::open(path.string(), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  if (!opened) return opened.error();
  const SqlDeadline deadline(opened->get(), std::chrono::steady_clock::now() + limits::kSeedTimeout);
  return sqlite::execute(opened->get(), seed, path.string());
}

// Under another name until it is whole: a crash in between must not leave half the data.
Result<Done> make_from_seed(const fs::path& path, const SqlSource& source) {
  const auto seed = read_text(source.seed);
  if (!seed) return seed.error();
  const fs::path unfinished = path.string() + ".new";
  std::error_code failed;
  fs::create_directories(path.parent_path(), failed);
  fs::remove(unfinished, failed);
  if (auto filled = fill(unfinished, *seed); !filled) return filled;
  fs::rename(unfinished, path, failed);
  if (failed) return Error{ErrorCode::kUnavailable, path.string() + " can't be made: " + failed.message()};
  return Done{};
}

Result<sqlite::Connection> open_service_file(const fs::path& path, const SqlSource& source) {
  std::error_code ignored;
  if (!fs::exists(path, ignored))
    if (auto made = make_from_seed(path, source); !made) return made.error();
  auto opened = sqlite::open(path.string(), SQLITE_OPEN_READWRITE);
  if (!opened) return opened.error();
  sqlite3_busy_timeout(opened->get(), static_cast<int>(limits::kServiceTimeout.count()));
  const auto set =
      sqlite::execute(opened->get(), "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", path.string());
  if (!set) return set.error();
  if (auto prepared = prepare_for_calls(opened->get()); !prepared) return prepared.error().in(path.string());
  return opened;
}

}  // namespace

SqlWorker::SqlWorker(fs::path path) : path_(std::move(path)) {
  thread_ = std::thread([this] { run(); });
}

SqlWorker::~SqlWorker() {
  stop();
}

void SqlWorker::execute(ServiceCall call, ServiceExecutor::Ended done) {
  const ServiceOperation* operation = call.bot->services.find(call.request.service, call.request.operation);
  const Time deadline =
      std::chrono::steady_clock::now() + (operation ? operation->timeout : limits::kServiceTimeout);
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
    if (queue_.size() < limits::kServiceQueueMax) {
      queue_.push_back({std::move(call), std::move(done), deadline});
      work_.notify_one();
      return;
    }
  }
  done({call.request.id, false, nullptr, "unavailable"});
}

void SqlWorker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    queue_.clear();
    if (connection_) sqlite3_interrupt(connection_.get());
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void SqlWorker::run() {
  Queued queued;
  while (next(queued)) {
    const CallOutcome outcome = run_call(queued);
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;  // it may have been interrupted: it is tried again after the start
    }
    queued.done(outcome);
  }
}

bool SqlWorker::next(Queued& queued) {
  std::unique_lock lock(mutex_);
  work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
  if (stopping_) return false;
  queued = std::move(queue_.front());
  queue_.pop_front();
  return true;
}

CallOutcome SqlWorker::run_call(const Queued& queued) {
  const CallRequest& request = queued.call.request;
  const ServiceCatalog& catalog = queued.call.bot->services;
  const ServiceOperation* operation = catalog.find(request.service, request.operation);
  if (operation == nullptr) return {request.id, false, nullptr, "invalid"};
  if (auto opened = open(std::get<SqlSource>(catalog.services.at(request.service).source)); !opened) {
    spdlog::error("service {}: {}", request.service, opened.error().message);
    return {request.id, false, nullptr, "unavailable"};
  }
  return run_sql_call(connection_.get(), *operation, request, queued.call.key, queued.deadline);
}

// A file that could not be opened is tried again with each call: the operator may have mended it.
Result<Done> SqlWorker::open(const SqlSource& source) {
  if (connection_) return Done{};
  auto opened = open_service_file(path_, source);
  if (!opened) return opened.error();
  const std::lock_guard lock(mutex_);
  connection_ = std::move(*opened);
  return Done{};
}

}  // namespace parley
