// Where measures come from: a bot's files, its understanding, its tests, the ledger. One function a source;
// each sets its measures, or says why it can't.
//
// Thread rule: one thread each; measure_understanding() uses threads of its own.
#pragma once

#include "cli/load_bot.h"
#include "cli/maturity/measure.h"
#include "config/maturity_model.h"
#include "engine/storage/store.h"

namespace parley::cli {

/// files.*; `findings` are those of `parley check`.
void measure_files(const BotFiles& files, const config::Findings& findings, Measures& measures);

/// understanding.*, by five-fold cross-validation with the fast training; explains itself while it takes
/// time.
void measure_understanding(const BotFiles& files, Measures& measures);

/// tests.* and explore.*; the files must be without errors.
Result<Done> measure_tests(const BotFiles& files, const std::filesystem::path& cache_folder,
                           Measures& measures);

/// ledger.*, of the bot's conversations in the model's window before `now`.
Result<Done> measure_ledger(StoreReader& reader, const BotFiles& files, const config::MaturityModel& model,
                            TimePoint now, Measures& measures);

}  // namespace parley::cli
