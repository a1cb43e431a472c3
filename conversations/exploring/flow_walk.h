// The walk of one flow: every situation that was met, how it was come to, and what was noticed on the way.
//
// Built by walk_flow() on one thread; then only read.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "conversations/exploring/coverage.h"
#include "conversations/exploring/exploration.h"

namespace parley::conversations {

inline constexpr std::size_t kNoNode = static_cast<std::size_t>(-1);

struct ExploredWay {
  std::size_t to = 0;
  bool forward = false;  // an answer, the end of a call, a time that had to pass
};

struct ExploredNode {
  Situation situation;
  std::size_t parent = kNoNode;
  Move move;  // that led here
  std::vector<Json> replies;
  std::size_t depth = 0;
  bool disturbed = false;  // something but usual ways led here
  std::string lacks;       // as Move::lacks, of a move on the way here
  bool open = false;       // the flow is under way
  bool thorough = false;   // all answers were tried
  std::vector<ExploredWay> ways;
};

/// A question, wherever in a conversation it is asked.
struct Question {
  std::string flow, step, name;
  auto operator<=>(const Question&) const = default;
};

struct AskedQuestion {
  std::size_t at = kNoNode;  // the first node that waits there
  std::size_t tried = 0, taken = 0;
  std::vector<std::string> refused;  // some answers that were
};

struct Crash {
  std::size_t node = kNoNode;
  std::string flow;
  StepIndex step = kFlowEnd;
  std::string why;
  std::string lacks;  // as ExploredNode's; "": it goes wrong with complete replies
};

struct WalkedFlow {
  const Flow* flow = nullptr;  // null: what is said while none is open
  std::deque<ExploredNode> nodes;
  std::map<Question, AskedQuestion> questions;  // of the bot's own flows
  std::map<std::string, Crash> crashes;         // by place, each at its shortest
  ExploredFlow figures;
};

WalkedFlow walk_flow(const ExploreSubject& subject, const Flow* flow, const ExploreBounds& bounds,
                     ExploredCoverage& coverage);

}  // namespace parley::conversations
