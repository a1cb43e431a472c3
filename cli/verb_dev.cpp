// A designer's loop: save a file, see what is wrong, go on with the same chat and hear the new text.
//
// One thread waits for changes and checks the files, which takes milliseconds; another makes the bot of those
// without errors, which may take a training, and swaps it in. A folder with errors changes nothing but the
// screen: the last good version goes on. Open conversations stay open; what is in the middle of a flow
// finishes it as it began (docs/architecture.md).

#include <iostream>

#include "cli/bot_making.h"
#include "cli/dev_screen.h"
#include "cli/file_digest.h"
#include "cli/file_watch.h"
#include "cli/open_place.h"
#include "cli/scratch_folder.h"
#include "cli/serving.h"
#include "cli/signals.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "connectors/log.h"

namespace parley::cli {
namespace {

using std::chrono::steady_clock;

constexpr int kPort = 8090;
constexpr const char* kWebChat = "webchat";  // the channel where no flow names one

struct Options {
  std::string bot, channel, user = "designer", data;
  std::vector<std::string> roles;
  int port = kPort;
  std::string cache = default_cache_folder().string();
  std::string log_level = "warn";
};

// Nobody but this machine is served, and whoever opens the page is the designer.
config::Settings settings_of(const Options& options, const BotFiles& files,
                             const std::filesystem::path& data) {
  const OpenPlace place = open_place(*files.program, {options.channel, options.roles}, kWebChat);
  config::Settings settings;
  settings.port = static_cast<std::uint16_t>(options.port);
  settings.data_folder = data;
  settings.bots = {{files.manifest.name, files.manifest.folder}};
  config::Channel& channel = settings.channels[place.channel];
  channel.bot = files.manifest.name;
  channel.access = config::Access::kSigned;
  channel.origins = {config::kOriginSelf};
  settings.demo = true;
  settings.demo_employees = {{options.user, options.user, "", place.roles}};
  return settings;
}

// The files as they are now, once they are without errors. Shows what is wrong with them; the same content is
// not looked at twice.
class CheckedFiles {
 public:
  CheckedFiles(std::filesystem::path folder, DevScreen& screen)
      : folder_(std::move(folder)), screen_(screen) {}

  std::optional<BotFiles> check() {
    const std::string digest = digest_of_folder(folder_);
    if (digest == digest_) return std::nullopt;
    digest_ = digest;
    config::Findings findings;
    BotFiles files = read_bot(folder_, findings);
    screen_.checked(findings);
    if (findings.has_errors()) return std::nullopt;
    return files;
  }

 private:
  std::filesystem::path folder_;
  DevScreen& screen_;
  std::string digest_;
};

std::optional<BotFiles> first_good_files(CheckedFiles& checked, FileWatch& watch, int stop) {
  auto files = checked.check();
  while (!files && watch.wait(stop) == FileWatch::Event::kChanged)
    files = checked.check();
  return files;
}

std::chrono::milliseconds since(steady_clock::time_point time) {
  return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - time);
}

// Follows the files until the process is to end.
void follow(CheckedFiles& checked, FileWatch& watch, int stop, BotMaking& making) {
  while (watch.wait(stop) == FileWatch::Event::kChanged)
    if (auto files = checked.check()) making.take(std::move(*files), watch.changed_at());
}

int serve_changing_bot(const Options& options, const std::filesystem::path& data) {
  const EndSignal end;
  DevScreen screen;
  FileWatch watch(options.bot);
  CheckedFiles checked(options.bot, screen);
  const auto files = first_good_files(checked, watch, end.descriptor());
  if (!files) return kExitDone;
  const std::string problem = unknown_place(*files->program, {options.channel, options.roles}, kWebChat);
  if (!problem.empty()) return wrong_use(problem);
  const auto started = steady_clock::now();
  const config::Settings settings = settings_of(options, *files, data);
  const std::string channel = settings.channels.begin()->first;
  const auto serving = Serving::open(settings);
  if (!serving) return failed(serving.error().message);
  const Training training = [&](const std::string& version) { screen.training(version); };
  const MadeBot first = make_bot_of(*files, options.cache, training, started);
  if (!first.bot) return failed(first.bot.error().message);
  const auto address = (*serving)->listen({{channel, *first.bot}});
  if (!address) return failed(address.error().message);
  screen.chat_at(*address + "/web/chat.html?channel=" + channel);
  screen.served((*first.bot)->version, since(started), first.trained);
  BotMaking making(options.cache, training, [&](const MadeBot& made) {
    if (!made.bot) return screen.failed(made.bot.error().message);
    (*serving)->swap({{channel, *made.bot}});
    screen.served((*made.bot)->version, since(made.changed_at), made.trained);
  });
  follow(checked, watch, end.descriptor(), making);
  return kExitDone;
}

int dev(const Options& options) {
  connectors::set_up_log(options.log_level);
  if (!options.data.empty()) return serve_changing_bot(options, options.data);
  const ScratchFolder scratch;
  if (scratch.path().empty()) return failed("no temporary folder can be made: name one with --data");
  return serve_changing_bot(options, scratch.path());
}

}  // namespace

void add_dev(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("dev", "Serve a bot while it is being written");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--port", options->port, "Listen here; 0 takes any free port")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  verb->add_option("--channel", options->channel,
                   "Serve it as this channel (default: the one that most flows name)");
  verb->add_option("--user", options->user, "The id that the chat page signs in with")->capture_default_str();
  verb->add_option("--role", options->roles,
                   "A role of that person; may be given again (default: every role that a flow names)");
  verb->add_option("--data", options->data, "Keep ledger and services here (default: forgotten afterwards)");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->add_option("--log", options->log_level, "What the server's log tells")
      ->capture_default_str()
      ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
  verb->footer(
      "Example: parley dev bots/helpdesk --user e1001\n"
      "Open the address it prints and edit the files: each save is checked and served at once. Only changed\n"
      "sentences are trained again. End with Ctrl-C.");
  verb->callback([options, &exit_code] { exit_code = dev(*options); });
}

}  // namespace parley::cli
