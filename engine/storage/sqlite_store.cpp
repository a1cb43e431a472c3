// The ledger in an SQLite file.
//
// Group commit: turns are queued; the writer thread takes all that wait (at most limits::kCommitBatchMax),
// writes them in one transaction and pays for one fsync. While it waits for the disk the next batch gathers,
// so the batch grows with the load and a lone turn waits for nobody. Example: at 6,000 fsyncs a second and
// 100 turns a batch the disk allows 600,000 turns a second; alone, 6,000.
//
// One connection writes and checkpoints, on one thread; all others are read-only. SQLite before 3.51.3 can
// lose commits when two connections write or checkpoint a write-ahead log at the same instant, and this rule
// leaves no second one.
//
// When a write fails, its transaction is rolled back and every turn in it gets an error: nobody is told that
// something is stored which is not. A conflict (a turn that does not follow on what is stored) is its own
// turn's fault only, so the batch is then written turn by turn. A failed fsync is never retried: Linux may
// have dropped the pages, and a later success would prove nothing. The store then stays closed until the
// process begins anew and reads what is really there.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <spdlog/spdlog.h>
#include <thread>
#include <utility>

#include "engine/limits.h"
#include "engine/storage/ledger_file.h"
#include "engine/storage/sqlite_reader.h"
#include "engine/storage/sqlite_writer.h"
#include "engine/storage/store.h"

namespace parley {
namespace {

enum class Health { kGood, kFailing, kLost };

struct QueuedTurn {
  TurnRecord turn;
  Store::Committed done;
};
using Batch = std::vector<QueuedTurn>;

bool is_conflict(int code) {
  return (code & 0xFF) == SQLITE_CONSTRAINT;
}

// What the disk has not synced may be gone, and what is damaged is not written to.
bool loses_trust(int code) {
  return code == SQLITE_IOERR_FSYNC || code == SQLITE_IOERR_DIR_FSYNC || (code & 0xFF) == SQLITE_CORRUPT ||
         (code & 0xFF) == SQLITE_NOTADB;
}

class SqliteStore final : public Store {
 public:
  SqliteStore(SqliteStoreOptions options, LedgerFile file, SqliteWriter writer)
      : options_(std::move(options)), file_(std::move(file)), writer_(std::move(writer)) {
    sqlite3_wal_hook(file_.writer.get(), note_log_pages, this);
    thread_ = std::thread([this] { run(); });
  }

  ~SqliteStore() override { close(); }

  void commit(TurnRecord turn, Committed done) override {
    PARLEY_CHECK(!turn.events.empty());
    {
      const std::lock_guard lock(mutex_);
      if (!closing_) {
        queue_.push_back({std::move(turn), std::move(done)});
        if (queue_.size() == 1) work_.notify_one();
        return;
      }
    }
    done(Error{ErrorCode::kUnavailable, "the ledger has been closed"});
  }

  Result<std::unique_ptr<StoreReader>> reader() override {
    auto connection = open_ledger_reader(options_.path, options_.vfs);
    if (!connection) return connection.error();
    return make_sqlite_reader(std::move(*connection));
  }

  bool ready() const override { return health_.load() == Health::kGood; }

  void close() override {
    {
      const std::lock_guard lock(mutex_);
      closing_ = true;
    }
    work_.notify_one();
    const std::lock_guard once(join_mutex_);
    if (thread_.joinable()) thread_.join();
  }

 private:
  void run() {
    for (;;) {
      Batch batch = next_batch();
      if (!batch.empty())
        commit_batch(batch);
      else if (finished())
        break;
      else
        try_again();
      if (log_pages_ > limits::kLedgerCheckpointPages) checkpoint(SQLITE_CHECKPOINT_PASSIVE);
    }
    if (health_ == Health::kGood) checkpoint(SQLITE_CHECKPOINT_TRUNCATE);
  }

  // Waits for turns; while writing fails, only as long as the pause before the next attempt.
  Batch next_batch() {
    std::unique_lock lock(mutex_);
    const auto something_to_do = [this] { return closing_ || !queue_.empty(); };
    if (health_ == Health::kFailing)
      work_.wait_for(lock, limits::kLedgerRetryPause, something_to_do);
    else
      work_.wait(lock, something_to_do);
    Batch batch;
    while (!queue_.empty() && batch.size() < limits::kCommitBatchMax) {
      batch.push_back(std::move(queue_.front()));
      queue_.pop_front();
    }
    return batch;
  }

  bool finished() {
    const std::lock_guard lock(mutex_);
    return closing_ && queue_.empty();
  }

  void commit_batch(Batch& batch) {
    const int code = write(batch.data(), batch.data() + batch.size());
    if (is_conflict(code) && batch.size() > 1) return commit_one_by_one(batch);
    for (QueuedTurn& queued : batch)
      queued.done(result_of(code));
  }

  void commit_one_by_one(Batch& batch) {
    for (QueuedTurn& queued : batch)
      queued.done(result_of(write(&queued, &queued + 1)));
  }

  // One transaction: all of the turns or none.
  int write(const QueuedTurn* begin, const QueuedTurn* end) {
    if (health_ == Health::kLost) return SQLITE_IOERR_FSYNC;
    int code = writer_.begin();
    if (code == SQLITE_DONE) code = SQLITE_OK;
    for (const QueuedTurn* queued = begin; code == SQLITE_OK && queued != end; ++queued)
      code = writer_.write(queued->turn);
    if (code == SQLITE_OK) code = writer_.commit();
    if (code == SQLITE_DONE) code = SQLITE_OK;
    settle(code);
    return code;
  }

  void try_again() {
    if (health_ != Health::kFailing) return;
    const int code = writer_.probe();
    settle(code == SQLITE_DONE ? SQLITE_OK : code);
  }

  // After every attempt to write: leaves no transaction open, and notes whether the ledger can be written.
  void settle(int code) {
    if (sqlite3_get_autocommit(file_.writer.get()) == 0)
      sqlite3_exec(file_.writer.get(), "ROLLBACK", nullptr, nullptr, nullptr);
    if (is_conflict(code)) return;
    const Health before = health_.load();
    if (before == Health::kLost) return;
    const Health after = code == SQLITE_OK   ? Health::kGood
                         : loses_trust(code) ? Health::kLost
                                             : Health::kFailing;
    health_ = after;
    if (after == before) return;
    if (after == Health::kGood)
      spdlog::info("the ledger {} can be written again", options_.path.string());
    else
      spdlog::error("{}", failure(code).message);
  }

  Result<Done> result_of(int code) const {
    if (code == SQLITE_OK) return Done{};
    if (is_conflict(code))
      return Error{ErrorCode::kConflict,
                   "the turn does not follow on what the ledger holds of its conversation"};
    return failure(code);
  }

  Error failure(int code) const {
    const std::string why = "the ledger " + options_.path.string() + " can't be written";
    if (loses_trust(code))
      return {ErrorCode::kUnavailable,
              sqlite::error_of(code, why).message + "; check the disk, then start the server anew"};
    return {ErrorCode::kUnavailable, sqlite::error_of(code, why).message + "; check the disk's space"};
  }

  static int note_log_pages(void* self, sqlite3*, const char*, int pages) {
    static_cast<SqliteStore*>(self)->log_pages_ = pages;
    return SQLITE_OK;
  }

  // Readers may hold a checkpoint up; then the next one moves the rest.
  void checkpoint(int mode) {
    const int code = sqlite3_wal_checkpoint_v2(file_.writer.get(), nullptr, mode, nullptr, nullptr);
    log_pages_ = 0;
    if (code != SQLITE_OK && (code & 0xFF) != SQLITE_BUSY) settle(code);
  }

  const SqliteStoreOptions options_;

  // The writer thread's.
  LedgerFile file_;
  SqliteWriter writer_;
  int log_pages_ = 0;

  std::atomic<Health> health_{Health::kGood};

  std::mutex mutex_;  // guards queue_ and closing_
  std::condition_variable work_;
  std::deque<QueuedTurn> queue_;
  bool closing_ = false;

  std::mutex join_mutex_;
  std::thread thread_;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options) {
  auto file = open_ledger_file(options.path, options.vfs);
  if (!file) return file.error();
  auto writer = SqliteWriter::prepare(file->writer.get());
  if (!writer) return writer.error().in(options.path.string());
  return std::unique_ptr<Store>(std::make_unique<SqliteStore>(options, std::move(*file), std::move(*writer)));
}

}  // namespace parley
