#include <csignal>
#include <iostream>
#include <optional>
#include <vector>

#include "cli/load_bot.h"
#include "cli/pid_file.h"
#include "cli/terminal.h"
#include "cli/unset_secrets.h"
#include "cli/verbs.h"
#include "config/settings.h"

namespace parley::cli {
namespace {

std::optional<pid_t> server_of(const std::string& settings_path, const std::string& data) {
  config::Findings ignored;
  const config::Settings settings = config::read_settings(settings_path, ignored);
  return serving_process(data.empty() ? settings.data_folder : std::filesystem::path(data));
}

int refused() {
  std::cerr << "parley: nothing was reloaded; the running version goes on\n";
  return kExitFailed;
}

int reload(const std::string& settings_path, const std::string& data) {
  const std::optional<pid_t> process = server_of(settings_path, data);
  const bool as_server = process && take_environment_of(*process);
  config::Findings findings;
  const config::Settings settings = config::read_settings(settings_path, findings);
  std::vector<BotFiles> bots;
  if (!findings.has_errors())
    for (const auto& [name, folder] : settings.bots)
      bots.push_back(read_bot(folder, findings));
  if (findings.has_errors()) {
    print_findings(findings, std::cerr);
    return refused();
  }
  if (as_server &&
      lacks_secrets(bots, ", which the server was started without: set it there, and start the server again"))
    return refused();
  if (!process || kill(*process, SIGHUP) != 0) {
    std::cerr << "parley: no server runs on "
              << (data.empty() ? settings.data_folder : std::filesystem::path(data)).string() << '\n';
    return kExitFailed;
  }
  std::cout << "The server (process " << *process
            << ") reads its bots again; its log says when they are swapped in.\n";
  return kExitDone;
}

}  // namespace

void add_reload(CLI::App& app, int& exit_code) {
  struct Options {
    std::string settings = "parley.yaml";
    std::string data;
  };
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("reload", "Let a running server take up changed bots");
  verb->add_option("--settings", options->settings, "The server's settings file")
      ->capture_default_str()
      ->check(CLI::ExistingFile);
  verb->add_option("--data", options->data, "The server's data folder, when it was started with one");
  verb->footer(
      "Example: parley reload --settings config/parley.yaml\nChecks the files first, with the environment "
      "that the server was started with; errors change nothing.");
  verb->callback([options, &exit_code] { exit_code = reload(options->settings, options->data); });
}

}  // namespace parley::cli
