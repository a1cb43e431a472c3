// A corpus as authoring files: the other direction of corpus.h, for what was imported or suggested.
//
// Thread rule: pure functions; write_import() touches the folder it is given and nothing else.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/result.h"
#include "intents/corpus.h"

namespace parley::intents {

/// The sentence with its annotation marks.
std::string marked_text(const Sentence& sentence);

/// Documents behind `---`, in the order of the corpus.
std::string intents_yaml(const Corpus& corpus);
std::string vocabulary_yaml(const Corpus& corpus);

/// Writes intents/imported.yaml and vocabulary/imported.yaml below `folder`, and bot.yaml where there is
/// none; what was written is told. kConflict: one of them is there already, or the bot lacks a language of
/// the corpus.
Result<std::vector<std::filesystem::path>> write_import(const std::filesystem::path& folder,
                                                        const Corpus& corpus);

}  // namespace parley::intents
