// Real conversations through a candidate bot: what would it have said instead?

#include <charconv>
#include <iostream>
#include <nlohmann/json.hpp>

#include "cli/load_bot.h"
#include "cli/since.h"
#include "cli/terminal.h"
#include "cli/verbs.h"
#include "conversations/testing/replay_report.h"
#include "engine/clock.h"
#include "engine/storage/ledger_walk.h"

namespace parley::cli {
namespace {

struct Options {
  std::string bot, ledger, since, conversation;
  std::string bar = "0%";
  std::string cache = default_cache_folder().string();
  bool json = false;
};

/// "5%" or "5".
std::optional<double> percent_of(std::string_view text) {
  if (text.ends_with('%')) text.remove_suffix(1);
  double percent = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), percent);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (!whole || !(percent >= 0 && percent <= 100)) return std::nullopt;
  return percent;
}

class Replayer {
 public:
  Replayer(StoreReader& reader, const Bot& bot) : reader_(reader), bot_(bot) {}

  Result<Done> add(const std::string& id) {
    const auto recorded = conversations::read_conversation(reader_, id);
    if (!recorded) return recorded.error();
    const auto replayed = conversations::replay_through(*recorded, bot_);
    if (!replayed) return replayed.error();
    report_.add(*replayed);
    return Done{};
  }

  /// Those of the bot that went on since then, one after the other.
  Result<Done> add_all(TimePoint since) {
    std::size_t total = 0, seen = 0;
    const std::string& bot = bot_.manifest.name;
    const auto counted = for_each_conversation(reader_, bot, since, [&](const ConversationRecord&) {
      ++total;
      return Result(Done{});
    });
    if (!counted) return counted;
    ProgressLine line("replaying");
    return for_each_conversation(reader_, bot, since, [&](const ConversationRecord& conversation) {
      line.update(static_cast<double>(seen++) / static_cast<double>(total), "conversations");
      return add(conversation.id);
    });
  }

  const conversations::ReplayReport& report() const { return report_; }

 private:
  StoreReader& reader_;
  const Bot& bot_;
  conversations::ReplayReport report_;
};

int replay_ledger(const Options& options) {
  const TimePoint now = SystemClock().now();
  const auto since = options.since.empty() ? TimePoint{} : time_of(options.since, now);
  if (!since) return wrong_use("--since takes a day such as 2026-10-01, or a number of days such as 7d");
  const auto bar = percent_of(options.bar);
  if (!bar) return wrong_use("--bar takes a share of the conversations such as 5%");
  const auto files = read_good_bot(options.bot);
  if (!files) return kExitFailed;
  const auto reader = open_sqlite_reader(options.ledger);
  if (!reader) return failed(reader.error().message);
  const auto bot = make_bot(*files, options.cache);
  if (!bot) return failed(bot.error().message);
  Replayer replayer(**reader, **bot);
  const auto added =
      options.conversation.empty() ? replayer.add_all(*since) : replayer.add(options.conversation);
  if (!added) return failed(added.error().message);
  const conversations::ReplayReport& report = replayer.report();
  if (report.conversations() == 0)
    return failed(options.ledger + " has no conversation of the bot '" + files->manifest.name + "'" +
                  (options.since.empty() ? "" : " since " + options.since));
  if (options.json)
    std::cout << report.to_json().dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
  else
    std::cout << report.to_text(files->manifest.name);
  return report.changed_percent() <= *bar ? kExitDone : kExitFailed;
}

}  // namespace

void add_replay(CLI::App& app, int& exit_code) {
  const auto options = std::make_shared<Options>();
  CLI::App* verb = app.add_subcommand("replay", "Run real conversations through a bot and see what changes");
  verb->add_option("BOT", options->bot, "The folder of the candidate")
      ->required()
      ->check(CLI::ExistingDirectory);
  verb->add_option("--ledger", options->ledger, "ledger.db of a server, also while it runs; it is only read")
      ->required()
      ->check(CLI::ExistingFile);
  CLI::Option* since = verb->add_option(
      "--since", options->since,
      "Only conversations that went on from this day on: 2026-10-01, or 7d for the last 7 days");
  verb->add_option("--conversation", options->conversation, "Only the conversation of this id")
      ->excludes(since);
  verb->add_option("--bar", options->bar, "Fail when more of the conversations than this change")
      ->capture_default_str();
  verb->add_flag("--json", options->json, "Print the report as JSON");
  verb->add_option("--cache", options->cache, "Where trained models are kept")->capture_default_str();
  verb->footer(
      "Example: parley replay bots/helpdesk --ledger data/ledger.db --since 7d --bar 5%\n"
      "Calls are answered as the ledger says they were: nothing reaches a service.\n"
      "Exits with 1 when more of the conversations change than --bar allows.");
  verb->callback([options, &exit_code] { exit_code = replay_ledger(*options); });
}

}  // namespace parley::cli
