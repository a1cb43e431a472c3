#include "conversations/dialogue/several.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "conversations/dialogue/answer.h"
#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/listed.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/patterns.h"
#include "conversations/dialogue/reading.h"
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

std::string title_of(const Turn& turn, const Flow& flow, const std::string& what) {
  return what.empty() ? title_of(turn, flow) : title_of(turn, flow) + " (" + what + ")";
}

/// `wishes` wait from now on; the person is told, behind what is being done `first` ("": the answer), and
/// what is `left_out`.
void queue(Turn& turn, std::vector<Queued> wishes, const std::string& first, Json left_out = Json::array()) {
  std::vector<Queued>& queued = turn.state.queued;
  Json later = Json::array();
  for (Queued& wish : wishes) {
    const std::string title = title_of(turn, *flow_for(turn, wish.intent), wish.what);
    if (queued.size() == kQueuedMax) {
      left_out.push_back(title);
      continue;
    }
    later.push_back(title);
    turn.out.reasons["later"].push_back(wish.intent);
    queued.push_back(std::move(wish));
  }
  if (turn.idle() && left_out.empty()) return;  // the next one comes at once
  if (turn.idle()) later = Json::array();
  start_pattern(turn, "pattern_several", {{"first", first}, {"later", later}, {"left_out", left_out}},
                After::kAsk);
}

std::vector<Queued> wishes_of(const std::vector<Request>& requests) {
  std::vector<Queued> wishes;
  for (const Request& request : requests)
    wishes.push_back({request.intent, carried_entities(request.clause->entities), ""});
  return wishes;
}

/// The lists in a text whose first value a task has taken.
class Listed {
 public:
  Listed(const Turn& turn, const Frame& task) : turn_(turn), task_(task), flow_(flow_of(turn, task)) {
    std::vector<Entity> given = turn.event.understanding.entities;
    std::erase_if(given, [&](const Entity& entity) { return is_denied(turn, entity); });
    for (std::vector<Entity>& list : lists_of(turn, given)) {
      const std::vector<std::string> slots = slots_of(list.front().kind);
      if (slots.size() == 1 && holds(slots.front(), list.front())) lists_.push_back(std::move(list));
      if (slots.size() > 1) leave_out(list, slots);
    }
  }

  std::size_t wishes() const {
    std::size_t most = 1;
    for (const std::vector<Entity>& list : lists_)
      most = std::max(most, list.size());
    return most - 1;
  }

  /// What a wish needs that takes the list's value `index` for the first one.
  Json carried(std::size_t index) const {
    std::vector<Entity> entities = turn_.event.understanding.entities;
    for (const std::vector<Entity>& list : lists_) {
      const Entity& own = value_at(list, index);
      std::erase_if(entities,
                    [&](const Entity& one) { return one.kind == own.kind && one.begin != own.begin; });
    }
    return carried_entities(entities);
  }

  /// "garden room, friday"
  std::string words(std::size_t index) const {
    std::string text;
    for (const std::vector<Entity>& list : lists_)
      text += (text.empty() ? "" : ", ") + said(slots_of(list.front().kind).front(), value_at(list, index));
    return text;
  }

  /// Values for which the flow has no slot of their own.
  const Json& left_out() const { return left_out_; }

 private:
  static const Entity& value_at(const std::vector<Entity>& list, std::size_t index) {
    return list[index < list.size() ? index : 0];
  }

  std::vector<std::string> slots_of(const std::string& kind) const {
    static const std::set<std::string> kUncounted{"text", "bool", "int", "number"};
    std::vector<std::string> slots;
    for (const auto& [name, slot] : flow_.slots)
      if (slot.type == kind && !kUncounted.contains(kind)) slots.push_back(name);
    return slots;
  }

  std::optional<Json> value(const std::string& slot, const Entity& entity) const {
    return value_of(flow_.slots.at(slot), read_for(turn_, flow_, task_.slots, slot, entity));
  }

  bool holds(const std::string& slot, const Entity& entity) const {
    const auto filled = task_.slots.find(slot);
    return filled != task_.slots.end() && value(slot, entity) == filled->second;
  }

  std::string said(const std::string& slot, const Entity& entity) const {
    Frame frame = task_;
    frame.slots[slot] = value(slot, entity).value_or(entity.value);
    return value_text(turn_, frame, slot);
  }

  void leave_out(const std::vector<Entity>& list, const std::vector<std::string>& slots) {
    if (list.size() <= slots.size()) return;
    for (const Entity& entity : list) {
      const bool taken = std::any_of(slots.begin(), slots.end(),
                                     [&](const std::string& slot) { return holds(slot, entity); });
      if (!taken) left_out_.push_back(said(slots.front(), entity));
    }
  }

  const Turn& turn_;
  const Frame& task_;
  const Flow& flow_;
  std::vector<std::vector<Entity>> lists_;
  Json left_out_ = Json::array();
};

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
  if (pending && asks_yes_or_no(turn) && binds_yes(turn.words, turn.phrases)) return false;
  if (pending && requests.front().clause != &clauses.front() && taken(clauses.front(), answer)) {
    queue(turn, wishes_of(requests), "");
    return true;
  }
  if (requests.size() < 2 || !taken(*requests.front().clause, start)) return false;
  requests.erase(requests.begin());
  queue(turn, wishes_of(requests), task_title(turn));
  return true;
}

void queue_listed(Turn& turn, const std::string& intent) {
  const Frame* task = task_frame(turn);
  const Flow* flow = flow_for(turn, intent);
  if (!task || !flow || task->flow != flow->name || &turn.top() != task) return;
  const Listed listed(turn, *task);
  std::vector<Queued> wishes;
  for (std::size_t i = 1; i <= listed.wishes(); ++i)
    wishes.push_back({intent, listed.carried(i), listed.words(i)});
  if (wishes.empty() && listed.left_out().empty()) return;
  turn.note("several");
  const std::string first = wishes.empty() ? "" : title_of(turn, *flow, listed.words(0));
  queue(turn, std::move(wishes), first, listed.left_out());
}

bool lists_wishes(const Turn& turn, const std::string& slot) {
  const Flow& flow = flow_of(turn, turn.top());
  if (turn.top().origin != Origin::kTask || flow.when.empty()) return false;
  const std::string& type = flow.slots.at(slot).type;
  const auto alike = std::count_if(flow.slots.begin(), flow.slots.end(),
                                   [&](const auto& one) { return one.second.type == type; });
  const auto lists = lists_of(turn, turn.event.understanding.entities);
  return alike == 1 &&
         std::any_of(lists.begin(), lists.end(), [&](const auto& list) { return list.front().kind == type; });
}

bool bring_up_next(Turn& turn) {
  if (turn.state.handed_off) turn.state.queued.clear();
  while (turn.idle() && !turn.state.queued.empty()) {
    const Queued next = std::move(turn.state.queued.front());
    turn.state.queued.erase(turn.state.queued.begin());
    const Flow* flow = flow_for(turn, next.intent);
    if (!flow) continue;  // a newer version of the bot lacks it
    turn.note("next");
    start_pattern(
        turn, "pattern_next",
        {{"flow", title_of(turn, *flow, next.what)}, {"sure", next.what.empty() && !given_up(turn)}},
        After::kStay);
    if (turn.idle()) continue;
    turn.top().carried = {{"intent", next.intent}, {"entities", next.carried}};
    return true;
  }
  return false;
}

}  // namespace parley::conversations
