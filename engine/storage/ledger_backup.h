// Copies of a ledger: made while a server writes to it, looked through row by row, and put back.
//
// A copy is made with SQLite's backup interface from a read-only connection, as of one instant: a server goes
// on meanwhile. It is one file without a write-ahead log, readable by its owner only, and has its name only
// when it is whole and has been verified.
//
// Source: https://www.sqlite.org/backup.html. Thread rule: one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/result.h"

namespace parley {

struct LedgerCounts {
  std::uint64_t conversations = 0;
  std::uint64_t events = 0;
};

/// Looks whether SQLite finds the file whole, and each conversation has all of its events: 1, 2, 3 ... up to
/// the last, none of a conversation that is missing. kCorrupt: names what is missing, of the first few
/// conversations. Reads the whole file.
Result<LedgerCounts> verify_ledger(const std::filesystem::path& path);

/// kConflict: there is a file of this name already. kCorrupt: the ledger is not as it should be, nothing was
/// made. kUnavailable: a disk's fault.
Result<LedgerCounts> back_up_ledger(const std::filesystem::path& ledger, const std::filesystem::path& to);

struct RestoreOptions {
  bool replace = false;  // a ledger that is there is kept under another name
  std::string suffix;    // of that name: "ledger.db.SUFFIX"
};

/// Verifies the copy first. kConflict: a server has the ledger open, or there is one and it is not to be
/// replaced.
Result<LedgerCounts> restore_ledger(const std::filesystem::path& backup, const std::filesystem::path& ledger,
                                    const RestoreOptions& options);

}  // namespace parley
