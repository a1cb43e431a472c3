// A disk that fails when it is told to: a layer over SQLite's own file access.
//
// Register once, name it when opening a store, then let the n-th write or sync from now on fail. One plan for
// the whole process: tests that use it run one after the other. Thread rule: any thread.
#pragma once

#include <string>

namespace parley::test {

/// Its name, for SqliteStoreOptions::vfs. Registered at the first call.
const std::string& faulty_vfs();

enum class Fault {
  kDiskFull,    // a write fails with SQLITE_FULL
  kWriteError,  // a write fails with SQLITE_IOERR_WRITE
  kSyncError,   // a sync fails with SQLITE_IOERR_FSYNC
};

/// The `nth` (from 1) write or sync after this fails, and the following ones too until heal() when `lasting`.
void break_disk(Fault fault, int nth, bool lasting);
/// Everything works again. True when the planned fault had struck.
bool heal_disk();

}  // namespace parley::test
