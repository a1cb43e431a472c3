// A person's right to be forgotten.

#include <iostream>

#include "cli/audit.h"
#include "cli/file_digest.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/storage/ledger_erase.h"

namespace parley::cli {
namespace {

struct Options {
  std::string ledger, person, channel;
};

Json receipt_of(const Options& options) {
  Json receipt{{"person", digest_of(options.person)}};
  if (!options.channel.empty()) receipt["channel"] = options.channel;
  return receipt;
}

int erase(const Options& options) {
  const auto erased = erase_person(options.ledger, options.person, options.channel);
  if (!erased) return failed(erased.error().message);
  if (erased->conversations == 0) return failed("the ledger has no conversation of '" + options.person + "'");
  Json receipt = receipt_of(options);
  receipt["conversations"] = erased->conversations;
  receipt["events"] = erased->events;
  std::cout << "erased: " << counted(erased->conversations, "conversation") << " with "
            << counted(erased->events, "event") << "; receipt: " << receipt.dump() << "\n"
            << "Backups, and the databases of services, are not touched: a restore brings the person back.\n";
  return kExitDone;
}

}  // namespace

void add_erase(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand(
      "erase", "Take all that a ledger holds of a person out of it, while its server is stopped");
  verb->add_option("--ledger", options->ledger, "ledger.db of a server")
      ->required()
      ->check(CLI::ExistingFile);
  verb->add_option("--person", options->person, "The person's id, as the channel knows it")->required();
  verb->add_option("--channel", options->channel, "Only of this channel: ids of channels are their own");
  verb->footer(
      "Example: parley erase --ledger data/ledger.db --person e1001\n"
      "Export first what is to be kept. The act is noted in audit.log beside the ledger.");
  verb->callback([options, &exit_code] {
    exit_code = audited(options->ledger, "erase", receipt_of(*options), [&] { return erase(*options); });
  });
}

}  // namespace parley::cli
