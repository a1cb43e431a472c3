// The drill `restart`: a server of the bot is killed again and again with conversations under way, and must
// lose and double nothing.
//
// A child process runs the engine over a ledger of its own, in a scratch folder, and says the bot's example
// sentences to it; it is ended by SIGKILL while messages are on their way, and started anew on the same
// ledger. The new one repeats what was acknowledged last. At the end each acknowledged message must be
// stored once, under the sequence that was told, and be answered, and a replay must come to the same replies.
// SQL services run on scratch files; HTTP services are never called: their calls fail as unavailable.
//
// Thread rule: call it while the process has one thread, for it forks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/bot.h"
#include "engine/result.h"

namespace parley::cli {

struct RestartDrillOptions {
  std::size_t messages = 200;  // at least kDrillConversations
  int kills = 5;               // fewer than messages, so that each comes while some are on their way
  std::uint64_t seed = 1;      // chooses sentences and the moments of the kills
};
inline constexpr std::size_t kDrillConversations = 4;
/// Below these a drill proves little, and is no evidence.
inline constexpr std::size_t kEvidenceMessages = 100;
inline constexpr int kEvidenceKills = 3;

struct RestartDrillReport {
  std::size_t acknowledged = 0;  // different messages
  int kills = 0;                 // that came while messages were on their way
  std::vector<std::string> violations;
  std::vector<std::string> restore, erase;  // what those drills, on its ledger, found (copy_drills.h)

  bool passed() const { return violations.empty(); }
  bool is_evidence() const { return acknowledged >= kEvidenceMessages && kills >= kEvidenceKills; }
};

/// Who talks in a drill, where, and with which words: `sentences` must not be empty.
struct DrillTalker {
  std::string channel;
  std::vector<std::string> roles;  // all that the flows ask for
  std::vector<std::string> sentences;
};

/// The drills `restore` and `erase` follow, on the ledger that is left. Errors: the scratch folder or the
/// child can't be made.
Result<RestartDrillReport> drill_restart(const BotPtr& bot, const DrillTalker& talker,
                                         const RestartDrillOptions& options);

}  // namespace parley::cli
