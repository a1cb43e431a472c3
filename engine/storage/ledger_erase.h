// Erasing a person: every conversation of theirs goes, with its events, calls and timers.
//
// What is deleted is overwritten with zeros (secure_delete), the write-ahead log is moved into the file and
// cut to nothing: afterwards the raw bytes of both hold nothing of it. Backups made before still do.
//
// Thread rule: one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/result.h"

namespace parley {

struct ErasedPerson {
  std::uint64_t conversations = 0;
  std::uint64_t events = 0;
};

/// `channel` "": on all channels. Nothing of the person there: zeros. kConflict: a server has the ledger
/// open. Errors of open_ledger_file() besides; after one, nothing has been erased.
Result<ErasedPerson> erase_person(const std::filesystem::path& ledger, const std::string& person_id,
                                  const std::string& channel);

}  // namespace parley
