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
#include "cli/why.h"
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
  bool why = false;
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

// Prints why each turn went as it did, as the ledger tells.
class Whys {
 public:
  Whys(Store& store, std::string conversation, bool wanted) : conversation_(std::move(conversation)) {
    if (auto reader = store.reader(); wanted && reader) reader_ = std::move(*reader);
  }

  void print_new() {
    if (!reader_) return;
    const auto events = reader_->events(conversation_, seen_, limits::kHistoryPageMax);
    if (!events) return;
    for (const LedgerEvent& event : *events) {
      seen_ = event.sequence;
      if (const std::string line = why(event); !line.empty()) std::cout << "why: " << line << '\n';
    }
  }

 private:
  const std::string conversation_;
  std::unique_ptr<StoreReader> reader_;
  Sequence seen_ = 0;
};

Result<> talk(Engine& engine, Store& store, const Options& options, std::shared_ptr<Screen> screen) {
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
  Whys whys(store, conversation, options.why);
  whys.print_new();
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
    whys.print_new();
  }
  if (interactive) std::cout << '\n';
  return Done{};
}

std::string unknown_language(const BotFiles& files, const std::string& language) {
  const std::vector<std::string>& known = files.manifest.languages;
  const std::string spoken = language.substr(0, language.find_first_of("-_"));
  if (language.empty() || std::find(known.begin(), known.end(), spoken) != known.end()) return "";
  return with_near_names("--language " + spoken + ": the bot does not speak it", spoken, known);
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
  const OpenPlace wanted{options.channel, options.roles};
  std::string problem = unknown_place(*files->program, wanted, kConsole);
  if (problem.empty()) problem = unknown_language(*files, options.language);
  if (!problem.empty()) return wrong_use(problem);
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  // Who talks here tries out the bot.
  const OpenPlace place = open_place(*files->program, wanted, kConsole);
  options.channel = place.channel;
  options.roles = place.roles;
  introduce(options);
  const ScratchFolder scratch;
  const SystemClock clock;
  const auto store = make_memory_store();
  const std::filesystem::path data =
      options.data.empty() ? scratch.path() : std::filesystem::path(options.data);
  Engine engine({1, data, {{options.channel, *bot}}, nullptr}, *store, clock);
  const auto talked = talk(engine, *store, options, std::make_shared<Screen>(colour_wanted(STDOUT_FILENO)));
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
  verb->add_flag(
      "--why", options->why,
      "After each reply, in one line: what was understood, the rule that was taken, the slots set");
  verb->footer(
      "Example: parley chat bots/helpdesk --user e1001\n"
      "Type a button's number to press it; end with Ctrl-D.");
  verb->callback([options, &exit_code] { exit_code = chat(*options); });
}

}  // namespace parley::cli
