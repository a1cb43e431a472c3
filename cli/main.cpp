// parley: one binary, one table of verbs. Each verb has its own file.

#include <algorithm>
#include <array>
#include <exception>
#include <iostream>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "cli/verbs.h"

namespace {

constexpr std::array kVerbs{
    parley::cli::add_serve,         // the server: channels, engine, ledger
    parley::cli::add_dev,           // the same for one bot while it is being written
    parley::cli::add_reload,        // a running server takes up the changed files
    parley::cli::add_new,           // a small bot to begin with
    parley::cli::add_check,         // every mistake in a bot's files
    parley::cli::add_train,         // the model, ahead of serving
    parley::cli::add_test,          // the conversations that must keep working
    parley::cli::add_replay,        // real conversations through a candidate
    parley::cli::add_record,        // a real conversation as a test
    parley::cli::add_cases,         // what went wrong for whom, and what became of it
    parley::cli::add_backup,        // a copy of the ledger
    parley::cli::add_restore,       // put back
    parley::cli::add_verify,        // looked through
    parley::cli::add_export,        // what it holds of a person
    parley::cli::add_erase,         // taken out of it
    parley::cli::add_explore,       // what breaks, gets nowhere or never comes
    parley::cli::add_graph,         // the flows as pictures
    parley::cli::add_docs,          // the conversations as a page to sign
    parley::cli::add_chat,          // talk to a bot here
    parley::cli::add_translations,  // the texts that want a translation
    parley::cli::add_lsp,           // an editor asks about the files
    parley::cli::add_explain,       // why a text is understood as it is
    parley::cli::add_search,        // what a bot's pages say to a text
    parley::cli::add_evaluate,      // how well texts are understood
    parley::cli::add_maturity,      // how far it may go
    parley::cli::add_drill,         // practice for bad days
    parley::cli::add_exposure,      // what one level more would open
    parley::cli::add_suggest,       // what people said that the bot did not understand
    parley::cli::add_import,        // training data of other systems
    parley::cli::add_entities,      // the built-in entities of texts
    parley::cli::add_tree,          // rules from a table of decisions
    parley::cli::add_cel,           // expressions, for conformance runs
};

/// What is wrong with the first word, where it is neither an option nor a verb; "" where it is one.
std::string unknown_verb(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-' || argv[1][0] == '\0') return "";
  std::vector<std::string> verbs;
  for (const CLI::App* verb : app.get_subcommands([](const CLI::App*) { return true; }))
    verbs.push_back(verb->get_name());
  if (std::find(verbs.begin(), verbs.end(), argv[1]) != verbs.end()) return "";
  return parley::cli::with_near_names("there is no verb '" + std::string(argv[1]) + "'", argv[1], verbs) +
         "\n'parley --help' lists the verbs";
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app("Parley: a self-hosted chatbot backend.", "parley");
  app.footer("'parley VERB --help' shows a verb's options and an example.");
  app.set_version_flag("--version", PARLEY_VERSION);
  app.require_subcommand(1);
  int exit_code = parley::cli::kExitDone;
  for (const auto add : kVerbs)
    add(app, exit_code);
  if (argc < 2) {
    std::cerr << app.help();
    return parley::cli::kExitUsage;
  }
  if (const std::string problem = unknown_verb(app, argc, argv); !problem.empty())
    return parley::cli::wrong_use(problem);
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
