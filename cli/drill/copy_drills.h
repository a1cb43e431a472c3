// The drills `restore` and `erase`, on the ledger that a drill has left behind.
//
// Each gives what did not go as it must; nothing: it passed. Errors: the disk's. One thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/result.h"

namespace parley::cli {

/// Copies the ledger, puts the copy back elsewhere, and compares both, event by event.
Result<std::vector<std::string>> drill_restore(const std::filesystem::path& ledger);

/// Erases the person, and searches the raw bytes of the ledger and its write-ahead log for the ids of the
/// conversations and what was said in them.
Result<std::vector<std::string>> drill_erase(const std::filesystem::path& ledger,
                                             const std::string& person_id);

}  // namespace parley::cli
