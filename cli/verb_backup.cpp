// Copies of a ledger: backup, verify, restore.

#include <chrono>
#include <iostream>

#include "cli/audit.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/storage/ledger_backup.h"

namespace parley::cli {
namespace {

struct Options {
  std::string ledger, file;
  bool replace = false;
};

std::string shown(const LedgerCounts& counts) {
  return counted(counts.conversations, "conversation") + " with " + counted(counts.events, "event");
}

int backup(const Options& options) {
  const auto copied = back_up_ledger(options.ledger, options.file);
  if (!copied) return failed(copied.error().message);
  std::cout << options.file << ": " << shown(*copied) << ", verified\n";
  return kExitDone;
}

int verify(const Options& options) {
  const auto counts = verify_ledger(options.ledger);
  if (!counts) return failed(counts.error().message);
  std::cout << options.ledger << ": " << shown(*counts) << ", none missing\n";
  return kExitDone;
}

int restore(const Options& options) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now).count();
  const std::string suffix = "before-" + std::to_string(seconds);
  const auto restored = restore_ledger(options.file, options.ledger, {options.replace, suffix});
  if (!restored) return failed(restored.error().message);
  std::cout << options.ledger << ": " << shown(*restored) << '\n';
  return kExitDone;
}

}  // namespace

void add_backup(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("backup", "Copy a ledger, also while its server runs, and verify the copy");
  verb->add_option("FILE", options->file, "The copy: a new file")->required();
  verb->add_option("--ledger", options->ledger, "ledger.db of a server")
      ->required()
      ->check(CLI::ExistingFile);
  verb->footer(
      "Example: parley backup backups/ledger-2026-11-24.db --ledger data/ledger.db\n"
      "The files of SQL services (data/BOT/...) are not part of the ledger.");
  verb->callback([options, &exit_code] {
    exit_code =
        audited(options->ledger, "backup", {{"file", options->file}}, [&] { return backup(*options); });
  });
}

void add_restore(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("restore", "Put a copy of a ledger back, while its server is stopped");
  verb->add_option("FILE", options->file, "The copy")->required()->check(CLI::ExistingFile);
  verb->add_option("--ledger", options->ledger, "ledger.db of a server")->required();
  verb->add_flag("--replace", options->replace, "Keep the ledger that is there as ledger.db.before-SECONDS");
  verb->footer("Example: parley restore backups/ledger-2026-11-24.db --ledger data/ledger.db --replace");
  verb->callback([options, &exit_code] {
    exit_code =
        audited(options->ledger, "restore", {{"file", options->file}}, [&] { return restore(*options); });
  });
}

void add_verify(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb =
      app.add_subcommand("verify", "Look whether a ledger is whole: no page damaged, no event missing");
  verb->add_option("--ledger", options->ledger, "ledger.db of a server, also while it runs; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  verb->footer("Example: parley verify --ledger data/ledger.db");
  verb->callback([options, &exit_code] { exit_code = verify(*options); });
}

}  // namespace parley::cli
