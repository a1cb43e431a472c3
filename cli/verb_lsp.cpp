#include <iostream>

#include "cli/lsp/server.h"
#include "cli/verbs.h"
#include "connectors/log.h"

namespace parley::cli {

void add_lsp(CLI::App& app, int& exit_code) {
  CLI::App* verb = app.add_subcommand("lsp", "Help an editor with a bot's files (language server)");
  verb->add_flag("--stdio")->description("Talk over standard input and output: the only way there is");
  verb->footer(
      "Example: parley lsp --stdio\n"
      "Started by an editor, not by a person: docs/editors.md says how to set it up.");
  verb->callback([&exit_code] {
    connectors::set_up_log("warn");  // standard output belongs to the client
    std::ios::sync_with_stdio(false);
    std::cin.tie(nullptr);  // another thread reads: it must not flush the output while an answer is written
    exit_code = lsp::Server(std::cin, std::cout).run() == 0 ? kExitDone : kExitFailed;
  });
}

}  // namespace parley::cli
