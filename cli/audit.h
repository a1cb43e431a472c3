// What was done to a ledger by hand: one JSON object a line in audit.log beside it, readable by its owner
// only, never rewritten.
//
// {"at":"2026-11-24T02:40:00Z","by":"root","act":"backup","outcome":"begun", ...}. Persons are named by the
// SHA-256 of their id (digest_of() in file_digest.h).
//
// Thread rule: any; lines of several processes do not mix.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "engine/message.h"

namespace parley::cli {

/// Does `act`, and appends a line before and one behind it ("outcome": "begun", then "done" or "failed"),
/// each waiting for the disk. What can't be noted is not done. Gives the act's exit code.
int audited(const std::filesystem::path& ledger, const std::string& act, const Json& detail,
            const std::function<int()>& action);

}  // namespace parley::cli
