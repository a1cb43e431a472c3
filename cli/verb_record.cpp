// A real conversation as a conversation test.

#include <iostream>

#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/testing/test_recorder.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

struct Options {
  std::string ledger, conversation, name;
};

int record(const Options& options) {
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return failed(reader.error().message);
  const auto recorded = conversations::read_conversation(**reader, options.conversation);
  if (!recorded) return failed(recorded.error().message);
  const std::string name = options.name.empty() ? "conversation " + options.conversation : options.name;
  std::cout << conversations::test_of(*recorded, name);
  return kExitDone;
}

}  // namespace

void add_record(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("record", "Print a real conversation as a conversation test");
  verb->add_option("--ledger", options->ledger, "ledger.db of a server, also while it runs; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--conversation", options->conversation, "Its id")->required();
  verb->add_option("--name", options->name, "The name of the test");
  verb->footer(
      "Example: parley record --ledger data/ledger.db --conversation 6Yk2pXbF0aQ1 > "
      "bots/helpdesk/tests/vpn.yaml\n"
      "The test holds what the person wrote: take out what is personal before you keep it.");
  verb->callback([options, &exit_code] { exit_code = record(*options); });
}

}  // namespace parley::cli
