#include <iostream>

#include "cli/verbs.h"
#include "conversations/cel/jsonl.h"

namespace parley::cli {

void add_cel(CLI::App& app, int& exit_code) {
  const auto jsonl = std::make_shared<bool>(false);
  CLI::App* verb = app.add_subcommand("cel", "Evaluate CEL expressions from standard input");
  verb->add_flag("--jsonl", *jsonl, "One case a line: {\"expr\": ..., \"bindings\": {...}}")->required();
  verb->footer(
      "Example: echo '{\"expr\": \"1 + 2\"}' | parley cel --jsonl\nPrints for each line the typed value, or "
      "the error.");
  verb->callback([jsonl, &exit_code] {
    cel::run_jsonl(std::cin, std::cout);
    exit_code = kExitDone;
  });
}

}  // namespace parley::cli
