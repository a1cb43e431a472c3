#include "conversations/exploring/situation.h"

#include <algorithm>

#include "conversations/dialogue/phrases.h"
#include "conversations/dialogue/state.h"
#include "conversations/flows/slot_types.h"
#include "engine/limits.h"

namespace parley::conversations {

namespace {

constexpr double kSure = 0.97;
constexpr std::size_t kFirstAnswers = 2;   // tried where not all are
constexpr std::size_t kFailuresTried = 2;  // of a call, where the flow does not tell them apart

// What the replies offer to press.
std::vector<std::string> buttons_of(const std::vector<Json>& activities) {
  std::vector<std::string> buttons;
  if (activities.empty()) return buttons;
  const Json actions =
      activities.back().value("suggestedActions", Json::object()).value("actions", Json::array());
  for (const Json& action : actions)
    if (action.value("type", "") != "openUrl") buttons.push_back(action.value("title", ""));
  return buttons;
}

Move plain(const std::string& text, MoveKind kind) {
  return saying(text, "", kind);
}

std::string phrase(const PhraseList& phrases) {
  std::string text;
  if (phrases.empty()) return text;
  for (const std::string& word : phrases.front())
    text += (text.empty() ? "" : " ") + word;
  return text;
}

/// The moves at one place, cut to the first few where not all are wanted.
class MoveList {
 public:
  MoveList(const Situation& situation, const MoveSources& sources, bool thorough)
      : situation_(situation),
        sources_(sources),
        state_(state_from_json(situation.state)),
        phrases_(phrases_of(state_.language)),
        thorough_(thorough) {}

  std::vector<Move> take() {
    if (state_.handed_off) return {};
    if (!situation_.calls.empty()) {
      add_outcomes(situation_.calls.front());
    } else if (!state_.frames.empty() && top().waits_for_answer()) {
      add_answers();
      if (thorough_) add_disturbances();
    }
    add_silence();
    for (const Parked& parked : state_.parked)
      add_events(parked.frames.back());
    return std::move(moves_);
  }

 private:
  const Frame& top() const { return state_.frames.back(); }
  const Flow& flow() const { return sources_.program.flows.at(top().flow); }

  void add_outcomes(const CallRequest& call) {
    const ServiceOperation* operation = sources_.services.find(call.service, call.operation);
    std::vector<Json> results =
        operation ? results_of(*operation, sources_.values) : std::vector<Json>{Json::object()};
    if (!thorough_ && results.size() > kFirstAnswers) results.resize(kFirstAnswers);
    for (Json& result : results)
      add_outcome(call, std::move(result), "");
    const bool told_apart = sources_.values.constants.names.contains(kFailureName);
    for (std::size_t i = 0; i < (told_apart ? failure_kinds().size() : kFailuresTried); ++i)
      add_outcome(call, nullptr, failure_kinds()[i]);
    if (!thorough_) return;
    if (operation) add_lacking(call, *operation);
    moves_.push_back(plain(kNonsense, MoveKind::kInvalid));
    add_request("cancel");
  }

  void add_lacking(const CallRequest& call, const ServiceOperation& operation) {
    for (LackingResult& result : lacking_results_of(operation, sources_.values)) {
      add_outcome(call, std::move(result.value), "");
      moves_.back().lacks = "'" + result.column + "' of " + call.service + "." + call.operation;
    }
  }

  void add_outcome(const CallRequest& call, Json value, const std::string& failure) {
    Move move;
    move.kind = MoveKind::kOutcome;
    move.event.kind = Event::Kind::kCallEnded;
    move.event.call = {call.id, failure.empty(), std::move(value), failure};
    move.fails = failure;
    moves_.push_back(std::move(move));
  }

  void add_answers() {
    const auto slot = flow().slots.find(top().waiting.name);
    const bool known = slot != flow().slots.end();
    if (top().waiting.what == Waiting::For::kCard) {
      add_submits();
    } else if (top().waiting.what == Waiting::For::kSlot && known && slot->second.options.empty() &&
               slot->second.type != "bool") {
      for (const Answer& answer : answers_for(slot->second, sources_.values))
        moves_.push_back(saying(answer.text, "", MoveKind::kAnswer, answer.entities));
    } else {
      for (const std::string& button : situation_.buttons)
        moves_.push_back(plain(button, MoveKind::kAnswer));
    }
    if (!thorough_ && moves_.size() > kFirstAnswers) moves_.resize(kFirstAnswers);
    if (!moves_.empty() && sources_.values.constants.names.contains("turn"))
      moves_.push_back(in_anger(moves_.front()));
  }

  /// The usual value in each field, then other values in one field at a time.
  void add_submits() {
    const StepIndex index = flow().find_step(top().step);
    const auto* say =
        index == kFlowEnd ? nullptr : std::get_if<Say>(&flow().steps[static_cast<std::size_t>(index)].action);
    if (!say || !say->card) return;
    std::map<std::string, std::vector<Answer>> fields;
    Json usual = Json::object();
    for (const std::string& name : say->card->into) {
      const Slot& slot = flow().slots.at(name);
      fields[name] = field_answers(slot);
      usual[name] = fields[name].empty() ? Json() : best(slot, fields[name]);
    }
    add_submit(usual);
    for (const auto& [name, answers] : fields) {
      for (const Answer& answer : answers) {
        Json other = usual;
        other[name] = answer.value;
        add_submit(std::move(other));
      }
    }
  }

  std::vector<Answer> field_answers(const Slot& slot) const {
    if (slot.type == "bool") return {{"", {}, true}, {"", {}, false}};
    std::vector<Answer> answers;
    for (const Option& option : slot.options)
      answers.push_back({"", {}, option.value});
    return slot.options.empty() ? answers_for(slot, sources_.values) : answers;
  }

  /// The first that passes the slot's own check.
  Json best(const Slot& slot, const std::vector<Answer>& answers) const {
    for (const Answer& answer : answers) {
      if (!slot.check) break;
      cel::Bindings bindings;
      if (const cel::Type* type = flow().scope.find(slot.name))
        bindings.set(slot.name, cel::from_json(answer.value, *type));
      if (slot.check->evaluate(bindings).is_true()) return answer.value;
    }
    return answers.front().value;
  }

  void add_submit(Json fields) {
    Move move;
    move.kind = MoveKind::kAnswer;
    move.event.value = std::move(fields);
    moves_.push_back(std::move(move));
  }

  /// What may happen at any question.
  void add_disturbances() {
    moves_.push_back(plain(kNonsense, MoveKind::kInvalid));
    if (top().origin == Origin::kPattern) return;
    for (const char* request : {"cancel", "help", "handoff"})
      add_request(request);
    if (!sources_.digression.empty())
      moves_.push_back(saying(sentence_for(sources_.values.lexicon, sources_.digression), sources_.digression,
                              MoveKind::kDigression));
    add_correction();
  }

  void add_request(const std::string& name) {
    const auto known = phrases_.requests.find(name);
    if (known != phrases_.requests.end()) moves_.push_back(plain(phrase(known->second), MoveKind::kRequest));
  }

  /// "no, i meant ...": the answer before this question becomes another.
  void add_correction() {
    if (top().filled.empty()) return;
    const auto slot = flow().slots.find(top().filled.back().slot);
    if (slot == flow().slots.end()) return;
    const auto now = top().slots.find(slot->first);
    for (const Answer& answer : answers_for(slot->second, sources_.values)) {
      if (answer.entities.empty() || (now != top().slots.end() && now->second == answer.value)) continue;
      const std::string opening = phrase(phrases_.no) + ", " + phrase(phrases_.correction) + " ";
      std::vector<Entity> entities = answer.entities;
      for (Entity& entity : entities) {
        entity.begin += opening.size();
        entity.end += opening.size();
      }
      moves_.push_back(saying(opening + answer.text, "", MoveKind::kCorrection, entities));
      return;
    }
  }

  /// The event that the frame waits for, with the values at hand in each field that is asked about.
  void add_events(const Frame& frame) {
    const Flow& waiting = sources_.program.flows.at(frame.flow);
    const StepIndex index = waiting.find_step(frame.step);
    const auto* wait = index == kFlowEnd
                           ? nullptr
                           : std::get_if<Wait>(&waiting.steps[static_cast<std::size_t>(index)].action);
    if (!wait || wait->event.empty()) return;
    std::vector<Json> values{"Example"};
    for (const auto& [name, value] : frame.slots)
      if (value.is_primitive() && !value.is_null()) values.push_back(value);
    for (const Json& value : values) {
      Move move;
      move.kind = MoveKind::kEvent;
      move.event.kind = Event::Kind::kCustom;
      move.event.outside = true;
      move.event.name = wait->event;
      move.event.value = Json::object();
      for (const std::string& name : sources_.values.constants.deciding)
        move.event.value[name] = value;
      moves_.push_back(std::move(move));
    }
  }

  void add_silence() {
    const auto next =
        std::min_element(situation_.timers.begin(), situation_.timers.end(),
                         [](const auto& left, const auto& right) { return left.second < right.second; });
    if (next == situation_.timers.end()) return;
    Move move;
    move.kind = MoveKind::kSilence;
    move.event.kind = Event::Kind::kTimer;
    move.event.name = next->first;
    moves_.push_back(std::move(move));
  }

  const Situation& situation_;
  const MoveSources& sources_;
  const DialogueState state_;
  const Phrases& phrases_;
  const bool thorough_;
  std::vector<Move> moves_;
};

}  // namespace

Situation take(const Dialogue& dialogue, const Situation& before, const Move& move, Advance& advance) {
  Situation after;
  after.context = before.context;
  after.begun = before.begun;
  after.timers = before.timers;
  after.calls = before.calls;
  if (move.event.kind == Event::Kind::kTimer) {
    const auto timer = after.timers.find(move.event.name);
    if (timer != after.timers.end()) {
      after.context.now = std::max(after.context.now, timer->second);
      after.timers.erase(timer);
    }
  }
  std::erase_if(after.calls, [&](const CallRequest& call) { return call.id == move.event.call.call_id; });
  advance = dialogue.advance(before.state, move.event, after.context);
  for (const TimerRequest& timer : advance.timers) {
    if (timer.due)
      after.timers[timer.id] = *timer.due;
    else
      after.timers.erase(timer.id);
  }
  after.calls.insert(after.calls.end(), advance.calls.begin(), advance.calls.end());
  after.buttons = advance.activities.empty() ? before.buttons : buttons_of(advance.activities);
  after.state = advance.state;
  return after;
}

std::vector<Move> moves_at(const Situation& situation, const MoveSources& sources, bool thorough) {
  return MoveList(situation, sources, thorough).take();
}

std::vector<Move> moves_at_rest(const Situation& situation, const MoveSources& sources) {
  std::vector<Move> moves;
  const DialogueState state = state_from_json(situation.state);
  if (state.handed_off) {
    Move handback;
    handback.kind = MoveKind::kRequest;
    handback.event.kind = Event::Kind::kCustom;
    handback.event.name = kHandbackEvent;
    handback.event.outside = true;
    return {handback};
  }
  if (!state.frames.empty()) return moves;
  for (const auto& [name, list] : phrases_of(state.language).requests)
    moves.push_back(plain(phrase(list), MoveKind::kRequest));
  moves.push_back(plain(kNonsense, MoveKind::kInvalid));
  moves.push_back(plain(std::string(limits::kTextMaxChars + 1, 'a'), MoveKind::kInvalid));
  std::vector<IntentScore> close;
  for (const auto& [intent, flows] : sources.program.flows_of_intent) {
    moves.push_back(saying(sentence_for(sources.values.lexicon, intent), intent, MoveKind::kStart));
    if (close.size() < 2) close.push_back({intent, 0.5});
  }
  if (close.size() == 2) {
    Move unsure = saying(sentence_for(sources.values.lexicon, close.front().intent), "", MoveKind::kStart);
    unsure.event.understanding.intents = close;
    unsure.event.understanding.in_scope = kSure;
    moves.push_back(std::move(unsure));
  }
  return moves;
}

Move saying(const std::string& text, const std::string& intent, MoveKind kind,
            const std::vector<Entity>& entities) {
  Move move;
  move.kind = kind;
  move.event.text = text;
  move.event.understanding.entities = entities;
  if (intent.empty()) return move;
  move.event.understanding.intents = {{intent, kSure}};
  move.event.understanding.in_scope = kSure;
  return move;
}

Move in_anger(Move move) {
  move.event.understanding.negative = kSure;
  return move;
}

std::string sentence_for(const Lexicon& lexicon, const std::string& intent) {
  const auto known = lexicon.sentences.find(intent);
  return known == lexicon.sentences.end() ? intent : known->second;
}

}  // namespace parley::conversations
