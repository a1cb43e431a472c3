// Talking to a bot in the terminal: the real engine, dialogue, understander and services, over a ledger in
// memory.

#include <algorithm>
#include <future>
#include <iostream>
#include <unistd.h>

#include "cli/load_bot.h"
#include "cli/open_place.h"
#include "cli/scratch_folder.h"
#include "cli/screen.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/flows/audience.h"
#include "engine/engine.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

constexpr const char* kConsole = "console";  // the channel of who talks where no flow names one

struct Options {
  std::string bot, language;
  std::string channel;
  std::string user = "visitor";
  std::vector<std::string> roles;
  std::string data;
  std::string cache = default_cache_folder().string();
};

// Waits for one callback of the engine.
template <typename T, typename Start>
Result<T> wait_for(Start start) {
  std::promise<Result<T>> promise;
  auto future = promise.get_future();
  start([&promise](Result<T> result) { promise.set_value(std::move(result)); });
  return future.get();
}

Result<> talk(Engine& engine, const Options& options, std::shared_ptr<Screen> screen) {
  const std::string conversation = new_conversation_id();
  const Person person{options.user, options.user, options.roles};
  const auto opened = wait_for<Opened>([&](auto done) {
    engine.open({conversation, options.channel, person, options.language}, std::move(done));
  });
  if (!opened) return opened.error();
  const auto attached =
      wait_for<Done>([&](auto done) { engine.attach(conversation, person.id, 0, screen, std::move(done)); });
  if (!attached) return attached.error();
  // A sign of typing is stored nowhere, and waits in the same queue: once it is through, the greeting has
  // been shown.
  const auto greeted = wait_for<Receipt>([&](auto done) {
    engine.submit({conversation, "", person, {{"type", "typing"}}}, std::move(done));
  });
  if (!greeted) return greeted.error();
  const bool interactive = isatty(STDIN_FILENO) == 1;
  for (std::string line;
       (interactive ? std::cout << "you: " << std::flush : std::cout), std::getline(std::cin, line);) {
    if (line.empty()) continue;
    const std::string text = screen->resolve(line);
    if (!interactive) std::cout << "you: " << text << '\n';
    const auto receipt = wait_for<Receipt>([&](auto done) {
      engine.submit({conversation, "", person, {{"type", "message"}, {"text", text}}}, std::move(done));
    });
    if (!receipt) return receipt.error();
    screen->wait_for(receipt->sequence);
  }
  if (interactive) std::cout << '\n';
  return Done{};
}

// Why `name`, given with `option`, means nothing to a bot that knows `known`; "" when it does, or when the
// bot makes no difference between names.
std::string unknown(const std::string& option, const std::string& name, const std::vector<std::string>& known,
                    const std::string& what) {
  if (known.empty() || std::find(known.begin(), known.end(), name) != known.end()) return "";
  const std::string hint = config::near_names_hint(name, known);
  return option + " " + name + ": " + what + (hint.empty() ? "" : "; " + hint);
}

std::string unknown_name(const BotFiles& files, const Options& options) {
  std::vector<std::string> channels = conversations::channels_of(*files.program);
  if (!channels.empty()) channels.push_back(kConsole);
  std::string problem;
  if (!options.channel.empty())
    problem = unknown("--channel", options.channel, channels, "no flow of the bot names this channel");
  const std::vector<std::string> known_roles = conversations::roles_of(*files.program);
  for (std::size_t i = 0; problem.empty() && i < options.roles.size(); ++i)
    problem = unknown("--role", options.roles[i], known_roles, "no flow of the bot names this role");
  if (problem.empty() && !options.language.empty())
    problem = unknown("--language", options.language.substr(0, options.language.find_first_of("-_")),
                      files.manifest.languages, "the bot does not speak it");
  return problem;
}

void introduce(const Options& options) {
  std::cerr << "You are '" << options.user << "' on channel '" << options.channel << '\'';
  for (std::size_t i = 0; i < options.roles.size(); ++i)
    std::cerr << (i == 0 ? ", with role " : ", ") << options.roles[i];
  std::cerr << " (--user, --channel, --role).\n";
}

int chat(Options options) {
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  if (const std::string problem = unknown_name(*files, options); !problem.empty()) {
    std::cerr << "parley: " << problem << '\n';
    return kExitUsage;
  }
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  // Who talks here tries out the bot.
  const OpenPlace place = open_place(*files->program, {options.channel, options.roles}, kConsole);
  options.channel = place.channel;
  options.roles = place.roles;
  introduce(options);
  const ScratchFolder scratch;
  const SystemClock clock;
  const auto store = make_memory_store();
  const std::filesystem::path data =
      options.data.empty() ? scratch.path() : std::filesystem::path(options.data);
  Engine engine({1, data, {{options.channel, *bot}}, nullptr}, *store, clock);
  const auto talked = talk(engine, options, std::make_shared<Screen>(colour_wanted(STDOUT_FILENO)));
  engine.drain();
  store->close();
  return talked ? kExitDone : failed(talked.error().message);
}

}  // namespace

void add_chat(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("chat", "Talk to a bot in the terminal");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--channel", options->channel,
                   "Talk as on this channel (default: the one that most flows name)");
  verb->add_option("--user", options->user, "Your id on the channel")->capture_default_str();
  verb->add_option("--role", options->roles,
                   "A role you have; may be given again (default: every role that a flow names)");
  verb->add_option("--language", options->language, "Your language");
  verb->add_option("--data", options->data, "Keep the services' data here (default: forgotten afterwards)");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley chat bots/helpdesk --user e1001\n"
      "Type a button's number to press it; end with Ctrl-D.");
  verb->callback([options, &exit_code] { exit_code = chat(*options); });
}

}  // namespace parley::cli
