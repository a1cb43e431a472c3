// Talking to a bot in the terminal: the real engine, dialogue, understander and services, over a ledger in
// memory.

#include <condition_variable>
#include <future>
#include <iostream>
#include <mutex>
#include <unistd.h>

#include "cli/load_bot.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "engine/engine.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, language;
  std::string channel = "console";
  std::string user = "visitor";
  std::vector<std::string> roles;
  std::string data;
  std::string cache = default_cache_folder().string();
};

// Removed with all that is in it.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "parley-chat-XXXXXX").string();
    if (mkdtemp(pattern.data()) != nullptr) path_ = pattern;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// Prints replies as they come, and knows when the bot has said all it will say for now: the engine says
// "typing" before it waits for a service.
class Screen final : public Outbox {
 public:
  explicit Screen(bool colour) : colour_(colour) {}

  void deliver(const std::vector<StoredActivity>& activities) override {
    const std::lock_guard lock(mutex_);
    for (const StoredActivity& stored : activities) {
      if (stored.activity.value("/from/role"_json_pointer, "") == "bot") print(stored.activity);
      seen_ = stored.sequence;
    }
    typing_ = false;
    changed_.notify_all();
  }

  void deliver_transient(const Json& activity) override {
    const std::lock_guard lock(mutex_);
    typing_ = typing_ || activity.value("type", "") == "typing";
  }

  /// Until the activity with this sequence has been shown, and what answers it.
  void wait_for(Sequence sequence) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return seen_ >= sequence && !typing_; });
  }

  /// The value behind a button's number, or the text itself.
  std::string resolve(const std::string& text) {
    const std::lock_guard lock(mutex_);
    const bool number =
        !text.empty() && text.find_first_not_of("0123456789") == std::string::npos && text.size() < 4;
    const std::size_t chosen = number ? std::stoul(text) : 0;
    return chosen >= 1 && chosen <= buttons_.size() ? buttons_[chosen - 1] : text;
  }

 private:
  void print(const Json& activity) {
    const char* begin = colour_ ? "\x1b[36m" : "";
    const char* end = colour_ ? "\x1b[0m" : "";
    if (const std::string text = activity.value("text", ""); !text.empty())
      std::cout << begin << "bot: " << text << end << '\n';
    for (const Json& attachment : activity.value("attachments", Json::array()))
      std::cout << begin << "bot: [" << attachment.value("contentType", "?") << "] "
                << attachment.value("/content/title"_json_pointer, attachment.value("name", "")) << end
                << '\n';
    buttons_.clear();
    for (const Json& action : activity.value("/suggestedActions/actions"_json_pointer, Json::array())) {
      buttons_.push_back(action.value("value", action.value("title", "")));
      std::cout << "  " << buttons_.size() << ") " << action.value("title", "") << '\n';
    }
    std::cout << std::flush;
  }

  const bool colour_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::string> buttons_;
  Sequence seen_ = 0;
  bool typing_ = false;
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

int chat(const Options& options) {
  config::Findings findings;
  const BotFiles files = read_bot(options.bot, findings);
  if (findings.has_errors()) {
    print_findings(findings, false);
    return kExitFailed;
  }
  const auto bot = make_bot(files, options.cache);
  if (!bot) {
    std::cerr << "parley: " << bot.error().message << '\n';
    return kExitFailed;
  }
  const ScratchFolder scratch;
  const SystemClock clock;
  const auto store = make_memory_store();
  const std::filesystem::path data =
      options.data.empty() ? scratch.path() : std::filesystem::path(options.data);
  Engine engine({1, data, {{options.channel, *bot}}, nullptr}, *store, clock);
  const auto talked = talk(engine, options, std::make_shared<Screen>(colour_wanted(STDOUT_FILENO)));
  engine.drain();
  store->close();
  if (talked) return kExitDone;
  std::cerr << "parley: " << talked.error().message << '\n';
  return kExitFailed;
}

}  // namespace

void add_chat(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("chat", "Talk to a bot in the terminal");
  verb->add_option("BOT", options->bot, "The bot's folder")->required()->check(CLI::ExistingDirectory);
  verb->add_option("--channel", options->channel, "Talk as on this channel")->capture_default_str();
  verb->add_option("--user", options->user, "Your id on the channel")->capture_default_str();
  verb->add_option("--role", options->roles, "A role you have; may be given again");
  verb->add_option("--language", options->language, "Your language");
  verb->add_option("--data", options->data, "Keep the services' data here (default: forgotten afterwards)");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley chat bots/helpdesk --channel helpdesk --user e1001 --role employee\n"
      "Type a button's number to press it; end with Ctrl-D.");
  verb->callback([options, &exit_code] { exit_code = chat(*options); });
}

}  // namespace parley::cli
