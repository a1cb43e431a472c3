// parley: one binary, one table of verbs. Each verb has its own file.

#include <array>
#include <exception>
#include <iostream>

#include "cli/verbs.h"

namespace {

constexpr std::array kVerbs{
    parley::cli::add_serve,     // the server: channels, engine, ledger
    parley::cli::add_reload,    // a running server takes up the changed files
    parley::cli::add_check,     // every mistake in a bot's files
    parley::cli::add_train,     // the model, ahead of serving
    parley::cli::add_test,      // the conversations that must keep working
    parley::cli::add_chat,      // talk to a bot here
    parley::cli::add_explain,   // why a text is understood as it is
    parley::cli::add_evaluate,  // how well texts are understood
    parley::cli::add_suggest,   // what people said that the bot did not understand
    parley::cli::add_import,    // training data of other systems
    parley::cli::add_entities,  // the built-in entities of texts
    parley::cli::add_tree,      // rules from a table of decisions
    parley::cli::add_cel,       // expressions, for conformance runs
};

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Parley: a self-hosted chatbot backend.", "parley");
  app.footer("'parley VERB --help' shows a verb's options and an example.");
  app.set_version_flag("--version", PARLEY_VERSION);
  app.require_subcommand(1);
  int exit_code = parley::cli::kExitDone;
  for (const auto add : kVerbs)
    add(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& problem) {
    return app.exit(problem) == 0 ? parley::cli::kExitDone : parley::cli::kExitUsage;
  } catch (const std::exception& problem) {
    std::cerr << "parley: " << problem.what() << '\n';
    return parley::cli::kExitFailed;
  }
  return exit_code;
}
