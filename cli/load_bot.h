// From a bot's folder to the immutable object that serves: reads all files, trains or loads the model, wires
// the parts. The one place that knows both `intents` and `conversations`.
//
// Thread rule: plain functions; any thread, one at a time for one folder.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "conversations/flows/flow.h"
#include "conversations/testing/test_file.h"
#include "engine/bot.h"
#include "engine/result.h"
#include "engine/service_catalog.h"
#include "intents/corpus.h"
#include "intents/understander.h"

namespace parley::cli {

/// All files of a bot, read and checked, not yet trained.
struct BotFiles {
  config::BotManifest manifest;
  intents::Corpus corpus;
  ServiceCatalog services;
  std::shared_ptr<const Knowledge> knowledge;  // null: no pages
  std::shared_ptr<const Redactor> redactor;    // null: nothing is taken out by its look
  conversations::ProgramPtr program;           // null when there are errors
  std::vector<conversations::ConversationTest> tests;
  std::string version;  // hex digest over the content of all files
};

/// Word vectors are large: who only looks for mistakes leaves them.
enum class WordVectorFiles { kRead, kLeave };

/// Reads everything in `folder`; every mistake ends up in `findings`, sorted.
BotFiles read_bot(const std::filesystem::path& folder, config::Findings& findings,
                  WordVectorFiles vectors = WordVectorFiles::kRead);

/// The same for a verb that needs a bot without errors: prints them, and then there are no files.
std::optional<BotFiles> read_good_bot(const std::filesystem::path& folder);

/// The understander of files without errors: from `cache_folder`, or trained while a progress line shows.
Result<std::shared_ptr<const intents::BotUnderstander>> understander_of(
    const BotFiles& files, const std::filesystem::path& cache_folder,
    intents::ModelKind kind = intents::ModelKind::kFast);

/// Whether a model of these sentences is in `cache_folder`: then nothing is trained for them.
bool has_model(const BotFiles& files, const std::filesystem::path& cache_folder);

/// The bot that serves. The files must be without errors.
Result<BotPtr> make_bot(const BotFiles& files, const std::filesystem::path& cache_folder);

/// Where the verbs keep trained models: $XDG_CACHE_HOME/parley, ~/.cache/parley, or the system's temporary
/// folder.
std::filesystem::path default_cache_folder();

}  // namespace parley::cli
