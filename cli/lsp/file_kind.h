// Which kind of authoring file a path is, by its place in the bot's folder.
//
// Pure functions; any thread.
#pragma once

#include <filesystem>

namespace parley::lsp {

enum class FileKind { kBot, kIntents, kVocabulary, kFlows, kServices, kTests, kOther };

/// kOther: not YAML, or not in a place that is read.
FileKind kind_of(const std::filesystem::path& file, const std::filesystem::path& bot_folder);

/// The folder of the bot to which a file belongs: the nearest one above it with a bot.yaml; empty: none.
std::filesystem::path bot_folder_of(const std::filesystem::path& file);

}  // namespace parley::lsp
