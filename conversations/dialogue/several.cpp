#include "conversations/dialogue/several.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {

namespace {

/// A clause that asks for something that is not under way already.
struct Request {
  const Clause* clause = nullptr;
  std::string intent;
};

std::vector<Request> requests_in(const Turn& turn, const std::vector<Clause>& clauses) {
  std::vector<Request> requests;
  for (const Clause& clause : clauses) {
    const IntentChoice choice = choose_intent(turn, clause.intents, clause.in_scope);
    if (choice.kind != IntentChoice::Kind::kTaken) continue;
    const std::string& intent = choice.intents.front();
    const Flow* flow = flow_for(turn, intent);
    const bool again = std::any_of(requests.begin(), requests.end(),
                                   [&](const Request& one) { return flow_for(turn, one.intent) == flow; });
    if (flow && !again && !is_courtesy(intent) && !find_open(turn, flow->name))
      requests.push_back({&clause, intent});
  }
  return requests;
}

/// The turn's text becomes this clause of it.
void narrow(Turn& turn, const Clause& clause) {
  Event& event = turn.event;
  event.understanding.intents = clause.intents;
  event.understanding.in_scope = clause.in_scope;
  event.understanding.entities = clause.entities;
  for (Entity& entity : event.understanding.entities) {
    entity.begin -= clause.begin;
    entity.end -= clause.begin;
  }
  event.text = event.text.substr(clause.begin, clause.end - clause.begin);
  turn.words = words_of(event.text);
}

/// Whether what came before was given up: then it is not sure that the next is still wanted.
bool given_up(const Turn& turn) {
  static const std::vector<std::string> kReasons{"cancelled", "abandoned", "stuck", "error", "failed"};
  return !turn.out.ends.empty() &&
         std::find(kReasons.begin(), kReasons.end(), turn.out.ends.back().reason) != kReasons.end();
}

Json titles(const Turn& turn, const std::vector<Queued>& queued, std::size_t from) {
  Json list = Json::array();
  for (std::size_t i = from; i < queued.size(); ++i)
    list.push_back(title_of(turn, *flow_for(turn, queued[i].intent)));
  return list;
}

/// `requests` wait from now on; the person is told, behind what is being done `first` ("": the answer).
void queue(Turn& turn, const std::vector<Request>& requests, const std::string& first) {
  std::vector<Queued>& queued = turn.state.queued;
  const std::size_t before = queued.size();
  Json left_out = Json::array();
  for (const Request& request : requests) {
    if (queued.size() < kQueuedMax) {
      queued.push_back({request.intent, carried_entities(request.clause->entities)});
      turn.out.reasons["later"].push_back(request.intent);
    } else {
      left_out.push_back(title_of(turn, *flow_for(turn, request.intent)));
    }
  }
  if (turn.idle() && left_out.empty()) return;  // the next one comes at once
  const Json later = turn.idle() ? Json::array() : titles(turn, queued, before);
  start_pattern(turn, "pattern_several", {{"first", first}, {"later", later}, {"left_out", left_out}},
                After::kAsk);
}

}  // namespace

bool take_clauses(Turn& turn, const std::function<bool(Turn&)>& answer,
                  const std::function<bool(Turn&)>& start) {
  const std::vector<Clause> clauses = turn.event.understanding.clauses;
  if (clauses.size() < 2) return false;
  std::vector<Request> requests = requests_in(turn, clauses);
  if (requests.empty()) return false;
  const Event whole = turn.event;
  const auto taken = [&](const Clause& clause, const std::function<bool(Turn&)>& take) {
    narrow(turn, clause);
    if (take(turn)) return true;
    turn.event = whole;
    turn.words = words_of(whole.text);
    return false;
  };
  const bool pending = !turn.idle() && turn.top().waits_for_answer();
  if (pending && requests.front().clause != &clauses.front() && taken(clauses.front(), answer)) {
    queue(turn, requests, "");
    return true;
  }
  if (requests.size() < 2 || !taken(*requests.front().clause, start)) return false;
  requests.erase(requests.begin());
  queue(turn, requests, task_title(turn));
  return true;
}

bool bring_up_next(Turn& turn) {
  if (turn.state.handed_off) turn.state.queued.clear();
  while (turn.idle() && !turn.state.queued.empty()) {
    const Queued next = std::move(turn.state.queued.front());
    turn.state.queued.erase(turn.state.queued.begin());
    const Flow* flow = flow_for(turn, next.intent);
    if (!flow) continue;  // a newer version of the bot lacks it
    turn.note("next");
    start_pattern(turn, "pattern_next", {{"flow", title_of(turn, *flow)}, {"sure", !given_up(turn)}},
                  After::kStay);
    if (turn.idle()) continue;
    turn.top().carried = {{"intent", next.intent}, {"entities", next.carried}};
    return true;
  }
  return false;
}

}  // namespace parley::conversations
