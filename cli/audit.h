// What was done to a ledger by hand: one JSON object a line in audit.log beside it, readable by its owner
// only, never rewritten.
//
// {"at":"2026-11-24T02:40:00Z","by":"root","act":"backup", ...}. Persons are named by the SHA-256 of their id
// (digest_of() in file_digest.h).
//
// Thread rule: any; lines of several processes do not mix.
#pragma once

#include <filesystem>
#include <string>

#include "engine/message.h"
#include "engine/result.h"

namespace parley::cli {

/// Appends a line and waits for the disk. Whoever can't write it must not act either.
Result<Done> note_act(const std::filesystem::path& ledger, const std::string& act, Json detail);

}  // namespace parley::cli
