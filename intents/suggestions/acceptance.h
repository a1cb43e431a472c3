// Moves what an author accepted from the suggestions file into the bot's intents.
//
// First everything is worked out in memory: with an error in any file nothing is written. Then each file is
// written whole, the suggestions file last. A crash in between leaves files whole; doing it again passes over
// the sentences that were moved before.
//
// Findings: those of suggestion_file.h, and of the bot's own files. Thread rule: one thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "engine/result.h"

namespace parley::intents {

struct FileChange {
  std::filesystem::path path;
  std::string content;  // "": the file goes
};

struct Acceptance {
  std::vector<FileChange> changes;  // in the order in which they must be made
  std::size_t suggestions = 0;      // that were accepted
  std::size_t sentences = 0;        // that are moved
  std::vector<std::string> new_intents;
};

/// Works out all changes. Errors in `findings`: there is nothing to do. kInvalid: a file of the bot is laid
/// out so that it can't be added to. kConflict: the file for a new intent is there already.
Result<Acceptance> plan_acceptance(const config::BotManifest& manifest,
                                   const std::filesystem::path& suggestions, config::Findings& findings);

/// Each file by way of a temporary one beside it, which is synced and then takes its name; the file's
/// permissions stay. kUnavailable.
Result<Done> make_changes(const std::vector<FileChange>& changes);

/// One file that appears whole or not at all. `owner_only`: nobody else may read it.
Result<Done> write_whole(const std::filesystem::path& path, const std::string& content, bool owner_only);

}  // namespace parley::intents
