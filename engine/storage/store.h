// The store: where the ledger lives. One contract test suite (tests/engine/store_test.cpp) runs on every
// implementation.
//
// Writing: commit() queues a turn; it is written with others in one transaction (group commit) and made
// durable before its callback says so. A turn whose events do not follow on what is stored is refused
// (kConflict) and changes nothing. After a failed write nothing of the transaction is stored and each of its
// turns gets kUnavailable; ready() is false until a write succeeds again, which the store tries by itself. A
// store whose disk failed to sync never trusts it again: it stays not ready until the server is started anew.
//
// Reading: a StoreReader sees every turn whose callback has run. One reader belongs to one thread.
//
// Thread rule: Store may be used from any thread; callbacks run on a thread of the store, or in close().
// Lifetime: readers must be gone before their store.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/result.h"
#include "engine/storage/record.h"

namespace parley {

class StoreReader {
 public:
  virtual ~StoreReader() = default;

  virtual Result<std::optional<ConversationSnapshot>> find(const std::string& conversation_id) = 0;
  /// The sequence under which this client's activity was stored; nullopt: not yet.
  virtual Result<std::optional<Sequence>> find_repeat(const std::string& conversation_id,
                                                      const std::string& client_id) = 0;
  /// Activities after `after`, in order, at most `limit`. Unknown conversation: empty.
  virtual Result<std::vector<StoredActivity>> activities(const std::string& conversation_id, Sequence after,
                                                         std::size_t limit) = 0;
  /// All events after `after`, in order, at most `limit`.
  virtual Result<std::vector<LedgerEvent>> events(const std::string& conversation_id, Sequence after,
                                                  std::size_t limit) = 0;
  /// Ids of conversations greater than `after`, in order of id, at most `limit`: pages through all of them.
  virtual Result<std::vector<std::string>> conversations(const std::string& after, std::size_t limit) = 0;
  /// The same for those with a pending call.
  virtual Result<std::vector<std::string>> conversations_with_calls(const std::string& after,
                                                                    std::size_t limit) = 0;
  /// The same for those with a recovery case, open or closed.
  virtual Result<std::vector<std::string>> conversations_with_cases(const std::string& after,
                                                                    std::size_t limit) = 0;
  /// The newest conversations of a person on a channel, at most `limit`, the one used last first.
  virtual Result<std::vector<std::string>> conversations_of(const std::string& channel,
                                                            const std::string& person_id,
                                                            std::size_t limit) = 0;
  /// Timers of all conversations, the earliest first, at most `limit`.
  virtual Result<std::vector<DueTimer>> timers(std::size_t limit) = 0;
};

class Store {
 public:
  using Committed = std::function<void(Result<Done>)>;

  virtual ~Store() = default;
  /// Never blocks on the disk. `done` is called exactly once.
  virtual void commit(TurnRecord turn, Committed done) = 0;
  virtual Result<std::unique_ptr<StoreReader>> reader() = 0;
  /// False while writes fail.
  virtual bool ready() const = 0;
  /// Writes what is queued and takes no more (kUnavailable). Returns when all callbacks have run.
  virtual void close() = 0;
};

struct SqliteStoreOptions {
  std::filesystem::path path;  // its folder must exist
  std::string vfs;             // of SQLite; empty: the default one
};

/// Opens the ledger, making it if there is none. Refuses, and leaves untouched, what is not a ledger of this
/// version or an older one, what is damaged, and what another server has open. The message names the path and
/// what to do.
Result<std::unique_ptr<Store>> open_sqlite_store(const SqliteStoreOptions& options);

/// Reads a ledger that is there already, also while a server has it open, and writes nothing to it. Refuses
/// what is not a ledger.
Result<std::unique_ptr<StoreReader>> open_sqlite_reader(const std::filesystem::path& path);

/// A ledger in memory, for the console and tests: the same behaviour, gone with the process.
std::unique_ptr<Store> make_memory_store();

}  // namespace parley
