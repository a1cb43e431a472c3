// The walk is a search in breadth over situations, first only along the usual ways (answers, ends of calls,
// time), and when these are exhausted along those that a disturbance begins with: nonsense, a correction, a
// digression, cancelling. At each question disturbances are tried once, not in each state that waits there:
// what they lead to is a matter of the question, and all states times all disturbances would be the square.
//
// Cost: some hundred to some thousand turns a flow, at tens of microseconds each.
#include "conversations/exploring/flow_walk.h"

#include <algorithm>
#include <unordered_map>

#include "conversations/cel/time.h"
#include "conversations/dialogue/state.h"
#include "conversations/exploring/openings.h"
#include "conversations/exploring/state_key.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kMovesAtRestMax = 4;  // of a conversation in which no flow is open
constexpr std::size_t kAnswersShown = 3;
constexpr std::size_t kCircleSteps = 100;  // of one turn: only a circle has so many

cel::CalendarDate first_day(const Program& program) {
  const auto local = cel::in_zone(cel::instant_of_milliseconds(kExploringBegins.time_since_epoch().count()),
                                  program.timezone);
  return local ? local->date : cel::CalendarDate();
}

bool is_forward(const Situation& before, MoveKind kind) {
  if (kind == MoveKind::kAnswer || kind == MoveKind::kOutcome || kind == MoveKind::kEvent) return true;
  if (kind != MoveKind::kSilence) return false;
  const DialogueState state = state_from_json(before.state);
  return state.frames.empty() || !state.frames.back().waits_for_answer();
}

Json fresh_state(const std::string& language) {
  DialogueState state;
  state.language = language;
  state.variants = -1;  // as in tests: always the first
  return to_json(state);
}

/// Whether the question that `asking` waited for was asked again, with one failure more.
bool is_refused(const Frame& asking, std::size_t place, const DialogueState& after) {
  if (place >= after.frames.size()) return false;
  const Frame& now = after.frames[place];
  const bool stuck = after.frames.size() > place + 1;  // the failures count anew
  return now.flow == asking.flow && now.step == asking.step && now.waiting.name == asking.waiting.name &&
         (now.waiting.failures > asking.waiting.failures || stuck);
}

class FlowWalk {
 public:
  FlowWalk(const ExploreSubject& subject, const Flow* flow, const ExploreBounds& bounds,
           ExploredCoverage& coverage)
      : subject_(subject),
        bounds_(bounds),
        coverage_(coverage),
        constants_(flow ? constants_of(subject.program, *flow) : Constants()),
        sources_{subject.program,
                 subject.services,
                 {constants_, subject.lexicon, first_day(subject.program)},
                 ""} {
    walked_.flow = flow;
    walked_.figures.flow = flow ? flow->name : "";
  }

  WalkedFlow run() {
    const std::vector<TurnContext> contexts = contexts_for(subject_.program, walked_.flow, constants_);
    if (walked_.flow) sources_.digression = digression_for(subject_.program, walked_.flow, contexts.front());
    for (const TurnContext& context : contexts)
      begin(context);
    expand_all(usual_);
    expand_all(disturbed_);
    return std::move(walked_);
  }

 private:
  std::deque<ExploredNode>& nodes() { return walked_.nodes; }

  void begin(const TurnContext& context) {
    Situation nothing;
    nothing.context = context;
    nothing.begun = context.now;
    nothing.state = fresh_state(context.language);
    ExploredNode start;
    start.move.kind = MoveKind::kStart;
    start.move.event.kind = Event::Kind::kStarted;
    Advance advance;
    start.situation = take(subject_.dialogue, nothing, start.move, advance);
    coverage_.note(advance);
    nodes().push_back(std::move(start));
    const std::size_t root = nodes().size() - 1;
    if (!walked_.flow) return usual_.push_back(root);
    for (const Move& move : openings_of(*walked_.flow, sources_.values))
      try_move(root, move);
  }

  void expand_all(std::deque<std::size_t>& queue) {
    for (; !queue.empty(); queue.pop_front()) {
      if (walked_.figures.states >= bounds_.states_per_flow) {
        walked_.figures.cut_off = true;
        return;
      }
      expand(queue.front());
    }
  }

  void expand(std::size_t index) {
    ++walked_.figures.states;
    ExploredNode& node = nodes()[index];
    if (node.depth >= bounds_.moves_per_conversation) {
      walked_.figures.cut_off = true;
      return;
    }
    const bool first = note_place(node.situation);
    node.thorough = first || !node.disturbed;
    std::vector<Move> moves = moves_at(node.situation, sources_, node.thorough);
    if (!first)
      std::erase_if(moves, [&](const Move& move) {
        return move.kind != MoveKind::kSilence && !is_forward(node.situation, move.kind);
      });
    if (!walked_.flow && node.depth < kMovesAtRestMax)
      for (Move& move : moves_at_rest(node.situation, sources_))
        moves.push_back(std::move(move));
    for (const Move& move : moves)
      try_move(index, move);
  }

  /// True: what waits there is met for the first time, after so many failed answers.
  bool note_place(const Situation& situation) {
    const DialogueState state = state_from_json(situation.state);
    std::string place;
    for (const Frame& frame : state.frames)
      place += frame.origin == Origin::kTask ? "+" : "";
    if (!state.frames.empty()) {
      const Frame& top = state.frames.back();
      place += top.flow + "/" + top.step + "/" + std::to_string(top.waiting.failures);
      if (top.waits_for_answer()) place += "/" + top.waiting.name;
    }
    return places_.insert(place).second;
  }

  void try_move(std::size_t from, const Move& move) {
    Advance advance;
    ExploredNode node;
    node.situation = take(subject_.dialogue, nodes()[from].situation, move, advance);
    ++walked_.figures.turns;
    coverage_.note(advance);
    const bool forward = move.lacks.empty() && is_forward(nodes()[from].situation, move.kind);
    node.parent = from;
    node.move = move;
    node.replies = advance.activities;
    node.depth = nodes()[from].depth + 1;
    node.disturbed = nodes()[from].disturbed || (!forward && move.kind != MoveKind::kStart);
    node.lacks = move.lacks.empty() ? nodes()[from].lacks : move.lacks;
    if (move.kind == MoveKind::kAnswer && node.lacks.empty()) judge_answer(from, node);
    keep(std::move(node), forward, advance);
  }

  void keep(ExploredNode node, bool forward, const Advance& advance) {
    const std::string key = state_key(subject_.program, node.situation, sources_.values);
    const auto [known, is_new] = known_.emplace(key, nodes().size());
    nodes()[node.parent].ways.push_back({known->second, forward});
    const bool crashed = advance.reasons.contains("error");
    if (!is_new && !crashed) return;
    const DialogueState state = state_from_json(node.situation.state);
    node.open = is_open(state);
    const bool under_way = !state.frames.empty() || !state.parked.empty();
    const bool goes_on = !walked_.flow || (under_way && !state.handed_off);
    if (is_new && goes_on) (node.disturbed ? disturbed_ : usual_).push_back(nodes().size());
    nodes().push_back(std::move(node));  // a known one again only to show how it goes wrong
    if (crashed) note_crash(advance, nodes().size() - 1);
  }

  bool is_open(const DialogueState& state) const {
    const auto has_flow = [&](const std::vector<Frame>& frames) {
      return std::any_of(frames.begin(), frames.end(), [&](const Frame& frame) {
        return walked_.flow && frame.flow == walked_.flow->name;
      });
    };
    return has_flow(state.frames) ||
           std::any_of(state.parked.begin(), state.parked.end(),
                       [&](const Parked& parked) { return has_flow(parked.frames); });
  }

  void judge_answer(std::size_t from, const ExploredNode& after) {
    const DialogueState before = state_from_json(nodes()[from].situation.state);
    if (before.frames.empty()) return;
    const Frame& asking = before.frames.back();
    if (subject_.program.flows.at(asking.flow).built_in) return;
    AskedQuestion& asked = walked_.questions[{asking.flow, asking.step, asking.waiting.name}];
    if (asked.at == kNoNode) asked.at = from;
    ++asked.tried;
    if (!is_refused(asking, before.frames.size() - 1, state_from_json(after.situation.state))) {
      ++asked.taken;
    } else if (asked.refused.size() < kAnswersShown) {
      const std::string& text = after.move.event.text;
      asked.refused.push_back(text.empty() ? after.move.event.value.dump() : text);
    }
  }

  /// The place is the last step before the flow that tells the person; of a circle its first step.
  void note_crash(const Advance& advance, std::size_t node) {
    Crash crash;
    crash.node = node;
    crash.why = advance.reasons.value("error", "");
    crash.lacks = nodes()[node].lacks;
    const Json path = advance.reasons.value("path", Json::array());
    for (std::size_t i = path.size(); i-- > 0;) {
      const std::string place = path[i].get<std::string>();
      const std::size_t slash = place.find('/');
      const auto flow = subject_.program.flows.find(place.substr(0, slash));
      if (flow == subject_.program.flows.end() || flow->first == "pattern_error") continue;
      const StepIndex step = flow->second.find_step(place.substr(slash + 1));
      if (crash.flow.empty()) crash.step = step;
      crash.flow = flow->first;
      const bool circle = i > kCircleSteps;
      if (!circle) break;
      crash.step = std::min(crash.step, step);
    }
    const std::string key = crash.flow + "/" + std::to_string(crash.step);
    const auto [known, is_new] = walked_.crashes.emplace(key, crash);
    if (!is_new && is_plainer(crash, known->second)) known->second = crash;
  }

  /// A crash with complete replies says more than one that needs a reply without a value.
  bool is_plainer(const Crash& left, const Crash& right) {
    if (left.lacks.empty() != right.lacks.empty()) return left.lacks.empty();
    return nodes()[left.node].depth < nodes()[right.node].depth;
  }

  const ExploreSubject& subject_;
  const ExploreBounds& bounds_;
  ExploredCoverage& coverage_;
  const Constants constants_;
  MoveSources sources_;
  std::deque<std::size_t> usual_, disturbed_;
  std::unordered_map<std::string, std::size_t> known_;  // state_key -> node
  std::set<std::string> places_;
  WalkedFlow walked_;
};

}  // namespace

WalkedFlow walk_flow(const ExploreSubject& subject, const Flow* flow, const ExploreBounds& bounds,
                     ExploredCoverage& coverage) {
  return FlowWalk(subject, flow, bounds, coverage).run();
}

}  // namespace parley::conversations
