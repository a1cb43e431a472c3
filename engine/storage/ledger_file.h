// Opening the ledger's file: making it, refusing what is not ours, keeping a second server out.
//
// A ledger is made under another name and renamed when it is whole, so a file that is there but empty was
// damaged, and is never taken for a new one. Nothing is written to a file that is refused.
//
// Thread rule: one thread. Lifetime: the lock lasts as long as its LedgerFile.
#pragma once

#include <filesystem>
#include <string>

#include "engine/result.h"
#include "engine/sqlite.h"

namespace parley {

/// A file that only one process holds, also against other threads of this one. Let go by the kernel when a
/// process dies.
class FileLock {
 public:
  /// kConflict: somebody else holds it.
  static Result<FileLock> take(const std::filesystem::path& path);
  FileLock(FileLock&& other) noexcept;
  FileLock& operator=(FileLock&& other) noexcept;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_ = -1;
};

struct LedgerFile {
  FileLock lock;
  sqlite::Connection writer;  // the only connection that writes and checkpoints
};

/// Whether a file is a ledger that this version reads. Looks at the first bytes only: SQLite itself would
/// write beside a file while opening it. Errors as below.
Result<Done> check_ledger_header(const std::filesystem::path& path);

/// Errors: kConflict (open elsewhere, made by a newer version, another program's file), kCorrupt (damaged,
/// not a database), kUnavailable (can't be read or written).
Result<LedgerFile> open_ledger_file(const std::filesystem::path& path, const std::string& vfs);

/// A rename lasts once its folder is synced.
Result<Done> sync_folder(const std::filesystem::path& folder);

/// A connection that only reads.
Result<sqlite::Connection> open_ledger_reader(const std::filesystem::path& path, const std::string& vfs);

}  // namespace parley
