// The verbs of the command line: each adds its subcommand to the app, and sets the exit code when it has run.
//
// Exit codes: 0 all well; 1 what was asked for failed (findings, failing tests, a refused database); 2 wrong
// use. Results go to standard output, everything else to standard error.
#pragma once

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>

namespace parley::cli {

inline constexpr int kExitDone = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;

void add_serve(CLI::App& app, int& exit_code);
void add_dev(CLI::App& app, int& exit_code);
void add_reload(CLI::App& app, int& exit_code);
void add_new(CLI::App& app, int& exit_code);
void add_check(CLI::App& app, int& exit_code);
void add_train(CLI::App& app, int& exit_code);
void add_test(CLI::App& app, int& exit_code);
void add_explore(CLI::App& app, int& exit_code);
void add_graph(CLI::App& app, int& exit_code);
void add_docs(CLI::App& app, int& exit_code);
void add_replay(CLI::App& app, int& exit_code);
void add_record(CLI::App& app, int& exit_code);
void add_cases(CLI::App& app, int& exit_code);
void add_backup(CLI::App& app, int& exit_code);
void add_restore(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);
void add_erase(CLI::App& app, int& exit_code);
void add_chat(CLI::App& app, int& exit_code);
void add_translations(CLI::App& app, int& exit_code);
void add_explain(CLI::App& app, int& exit_code);
void add_search(CLI::App& app, int& exit_code);
void add_evaluate(CLI::App& app, int& exit_code);
void add_maturity(CLI::App& app, int& exit_code);
void add_drill(CLI::App& app, int& exit_code);
void add_exposure(CLI::App& app, int& exit_code);
void add_suggest(CLI::App& app, int& exit_code);
void add_import(CLI::App& app, int& exit_code);
void add_entities(CLI::App& app, int& exit_code);
void add_lsp(CLI::App& app, int& exit_code);
void add_tree(CLI::App& app, int& exit_code);
void add_cel(CLI::App& app, int& exit_code);

}  // namespace parley::cli
