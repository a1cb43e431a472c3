#include "cli/drill/restart_drill.h"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>
#include <map>
#include <random>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/drill/copy_drills.h"
#include "cli/drill/drill_server.h"
#include "cli/scratch_folder.h"
#include "engine/replay.h"
#include "engine/storage/store.h"

namespace parley::cli {
namespace {

constexpr std::size_t kEventsMax = 20'000;       // of one conversation of a drill
constexpr std::size_t kViolationsMax = 20;       // that are told
constexpr std::size_t kMessagesBeforeKill = 30;  // at most

using Told = std::map<std::size_t, Sequence>;  // message -> the sequence of its receipt

class RestartDrill {
 public:
  RestartDrill(const BotPtr& bot, DrillPlan plan, std::uint64_t seed)
      : bot_(bot), plan_(std::move(plan)), choose_(seed) {}

  Result<RestartDrillReport> run(int kills) {
    if (folder_.path().empty()) return Error{ErrorCode::kUnavailable, "no scratch folder can be made"};
    for (int life = 0; life <= kills; ++life) {
      const std::size_t until =
          life < kills ? 1 + choose_() % most_before_kill(kills) : plan_.messages.size() + 1;
      if (const auto lived = live(until); !lived) return lived.error();
    }
    report_.acknowledged = told_.size();
    if (told_.size() < plan_.messages.size())
      blame("only " + std::to_string(told_.size()) + " of " + std::to_string(plan_.messages.size()) +
            " messages were acknowledged");
    if (const auto checked = check(); !checked) return checked.error();
    if (const auto copied = copy(); !copied) return copied.error();
    return std::move(report_);
  }

 private:
  /// So few that messages are left behind the last kill.
  std::size_t most_before_kill(int kills) const {
    return std::clamp<std::size_t>(plan_.messages.size() / (static_cast<std::size_t>(kills) + 1), 1,
                                   kMessagesBeforeKill);
  }

  Result<Done> copy() {
    const auto ledger = folder_.path() / "ledger.db";
    auto restore = drill_restore(ledger);
    if (!restore) return restore.error();
    auto erase = drill_erase(ledger, plan_.person.id);
    if (!erase) return erase.error();
    report_.restore = std::move(*restore);
    report_.erase = std::move(*erase);
    return Done{};
  }

  void blame(const std::string& violation) {
    if (report_.violations.size() < kViolationsMax) report_.violations.push_back(violation);
  }

  /// One life of the server, killed once it has told of so many messages.
  Result<Done> live(std::size_t until) {
    int ends[2];
    if (::pipe(ends) != 0)
      return Error{ErrorCode::kUnavailable, std::string("no pipe: ") + std::strerror(errno)};
    const std::size_t first = told_.empty() ? 0 : told_.rbegin()->first;  // the last one once more
    const pid_t child = ::fork();
    if (child < 0) return Error{ErrorCode::kUnavailable, std::string("no process: ") + std::strerror(errno)};
    if (child == 0) {
      ::close(ends[0]);
      run_drill_server(bot_, folder_.path(), plan_, first, ends[1]);
    }
    ::close(ends[1]);
    listen(ends[0], child, until);
    ::close(ends[0]);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL)
      ++report_.kills;
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
      blame("the server ended by itself");
    return Done{};
  }

  void listen(int from, pid_t child, std::size_t until) {
    std::string waiting;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(from, buffer, sizeof buffer)) > 0;) {
      waiting.append(buffer, static_cast<std::size_t>(size));
      for (std::size_t end = waiting.find('\n'); end != waiting.npos; end = waiting.find('\n')) {
        hear(waiting.substr(0, end));
        waiting.erase(0, end + 1);
        if (--until == 0) ::kill(child, SIGKILL);
        if (until == 0) return;
      }
    }
  }

  void hear(const std::string& line) {
    if (line.starts_with("! ")) return blame(line.substr(2));
    std::size_t message = 0;
    Sequence sequence = 0;
    const std::size_t space = line.find(' ');
    std::from_chars(line.data(), line.data() + space, message);
    std::from_chars(line.data() + space + 1, line.data() + line.size(), sequence);
    const auto [told, is_new] = told_.emplace(message, sequence);
    if (!is_new && told->second != sequence)
      blame(plan_.messages[message].client_id + " was told twice, as " + std::to_string(told->second) +
            " and as " + std::to_string(sequence));
  }

  Result<Done> check() {
    const auto reader = open_sqlite_reader(folder_.path() / "ledger.db");
    if (!reader) return reader.error();
    std::set<std::string> conversations;
    for (const auto& [message, sequence] : told_) {
      conversations.insert(plan_.messages[message].conversation);
      const auto stored =
          (*reader)->find_repeat(plan_.messages[message].conversation, plan_.messages[message].client_id);
      if (!stored) return stored.error();
      if (*stored != sequence)
        blame(plan_.messages[message].client_id + " was acknowledged and is not stored");
    }
    for (const std::string& id : conversations)
      if (const auto checked = check_conversation(**reader, id); !checked) return checked;
    return Done{};
  }

  Result<Done> check_conversation(StoreReader& reader, const std::string& id) {
    const auto events = events_of(reader, id, kEventsMax);
    if (!events) return events.error();
    check_answers(id, *events);
    const auto again = replay(reader, id, bot_);
    if (!again) return again.error();
    if (!again->equal()) blame(id + " comes out otherwise when it is replayed: " + again->difference);
    return Done{};
  }

  /// Each message has a reply, until a person takes over.
  void check_answers(const std::string& id, const std::vector<LedgerEvent>& events) {
    std::map<Sequence, Sequence> root;
    std::map<Sequence, std::size_t> replies;
    bool handed_off = false;
    for (const LedgerEvent& event : events) {
      root[event.sequence] = event.cause == 0 ? event.sequence : root[event.cause];
      if (event.kind == EventKind::kActivityIn && !handed_off) replies.emplace(event.sequence, 0);
      if (event.kind == EventKind::kHandoff) handed_off = true;
      const auto message = replies.find(root[event.sequence]);
      if (event.kind == EventKind::kActivityOut && message != replies.end()) ++message->second;
    }
    for (const auto& [sequence, count] : replies)
      if (count == 0) blame(id + ": message " + std::to_string(sequence) + " has no answer");
  }

  const BotPtr& bot_;
  const DrillPlan plan_;
  std::mt19937_64 choose_;
  ScratchFolder folder_;
  Told told_;
  RestartDrillReport report_;
};

}  // namespace

Result<RestartDrillReport> drill_restart(const BotPtr& bot, const DrillTalker& talker,
                                         const RestartDrillOptions& options) {
  DrillPlan plan{talker.channel, {"drill", "", talker.roles}, {}};
  plan.messages = drill_messages(talker.sentences, options.messages, kDrillConversations, options.seed);
  return RestartDrill(bot, std::move(plan), options.seed).run(options.kills);
}

}  // namespace parley::cli
