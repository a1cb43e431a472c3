#include "conversations/dialogue/answer.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/listed.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/render.h"
#include "conversations/dialogue/several.h"
#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/slot_names.h"
#include "conversations/dialogue/walk.h"

namespace parley::conversations {

namespace {

constexpr std::ptrdiff_t kWordsAroundChoice = 3;  // more of them are a request of their own

using For = Waiting::For;

const Slot* slot_asked(const Turn& turn) {
  const Frame& frame = turn.top();
  if (frame.waiting.what != For::kSlot && frame.waiting.what != For::kChoice) return nullptr;
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(frame.waiting.name);
  return slot == flow.slots.end() ? nullptr : &slot->second;
}

std::vector<Choice> choices_asked(const Turn& turn) {
  const Frame& frame = turn.top();
  if (frame.waiting.what == For::kCard) return {};
  return choices_of(turn, frame, step_of(turn, frame), frame.waiting.name);
}

/// The question has been answered; the frame may walk on.
void accept(Turn& turn) {
  turn.top().waiting.what = For::kNothing;
  if (turn.top().origin != Origin::kPattern) turn.state.fallbacks = 0;
  turn.note("answer");
  turn.out.reasons["flow"] = turn.top().flow;
  turn.out.reasons["step"] = turn.top().step;
}

void fill(Turn& turn, const std::string& slot, Json value) {
  turn.note_filled(slot, value);
  turn.top().replaced.erase(slot);
  turn.top().slots[slot] = std::move(value);
}

/// What was agreed to is about to be done, or has been.
void settle_answers(Frame& frame) {
  std::vector<std::string> names;
  for (const Filled& filled : frame.filled)
    names.push_back(filled.slot);
  settle(frame, names);
  frame.ran.clear();
}

void answer_with(Turn& turn, const Json& value) {
  accept(turn);
  Frame& frame = turn.top();
  const Step& step = step_of(turn, frame);
  const auto* confirm = std::get_if<Confirm>(&step.action);
  if (!confirm) return fill(turn, frame.waiting.name, value);
  const bool yes = value == true;
  if (yes) settle_answers(frame);
  go_to(turn, yes ? step.next : confirm->no);
}

bool holds_value(const Frame& frame, const Json& value) {
  return std::any_of(frame.slots.begin(), frame.slots.end(),
                     [&](const auto& slot) { return slot.second == value; });
}

/// "Yes, tomorrow", "yes and the jacket too", "yes, is it free?": agrees to more, or less, than was asked.
bool agrees_to_else(const Turn& turn) {
  static const std::vector<std::string> kMeaningless{"yesno", "number", "ordinal"};
  if (turn.top().waiting.what != For::kConfirm) return false;
  const std::vector<Entity>& entities = turn.event.understanding.entities;
  return turn.event.text.find('?') != std::string::npos ||
         std::any_of(entities.begin(), entities.end(), [&](const Entity& entity) {
           const bool says = entity.confidence == 1 && std::find(kMeaningless.begin(), kMeaningless.end(),
                                                                 entity.kind) == kMeaningless.end();
           return says && !holds_value(turn.top(), entity.value);
         });
}

bool answer_yes_no(Turn& turn) {
  std::optional<bool> answer = yes_or_no(turn.words, turn.phrases);
  if (!answer && words_outside(turn.event.text, turn.event.understanding.entities) == 0) {
    for (const Entity& entity : turn.event.understanding.entities) {
      if (entity.kind != "yesno" || !entity.value.is_boolean()) continue;
      if (answer && *answer != entity.value.get<bool>()) return false;  // "yes no"
      answer = entity.value.get<bool>();
    }
  }
  if (answer == true && agrees_to_else(turn)) return false;
  if (answer) answer_with(turn, *answer);
  return answer.has_value();
}

/// Whether the text gives a slot several values, more than slots of that kind are open: which one is meant
/// has to be asked.
bool is_undecided(const Turn& turn, const std::vector<Entity>& entities) {
  const Slot* asked = slot_asked(turn);
  if (!asked) return false;
  const Frame& frame = turn.top();
  const Flow& flow = flow_of(turn, frame);
  std::vector<Json> values;
  const Entity* last = nullptr;
  for (const Entity& entity : entities) {
    const bool other = entity.role != asked->name && flow.slots.contains(entity.role);
    const auto value = value_of(*asked, read_again(turn, frame, frame.slots, asked->name, entity));
    if (!value || other || (last && overlap(*last, entity))) continue;
    last = &entity;
    if (std::find(values.begin(), values.end(), *value) == values.end()) values.push_back(*value);
  }
  const auto open = std::count_if(flow.slots.begin(), flow.slots.end(), [&](const auto& one) {
    const auto value = frame.slots.find(one.first);
    return one.second.type == asked->type && (value == frame.slots.end() || value->second.is_null());
  });
  return values.size() > static_cast<std::size_t>(open) && !lists_wishes(turn, asked->name);
}

/// Fills from entities what the sentence brings: the asked slot, and others that are still open.
bool fill_from_entities(Turn& turn, const std::vector<std::string>& order) {
  const Frame& frame = turn.top();
  std::vector<Entity> entities = turn.event.understanding.entities;
  std::erase_if(entities, [&](const Entity& entity) { return is_denied(turn, entity); });
  if (is_undecided(turn, entities)) return false;
  const bool bare = words_outside(turn.event.text, entities) == 0;
  const std::vector<SlotValue> filled = fill_slots({flow_of(turn, frame), frame.slots, frame.waiting.name,
                                                    order, entities, bare, reader_for(turn, frame)});
  for (const SlotValue& one : filled)
    fill(turn, one.slot, one.value);
  return !filled.empty();
}

/// "The garden on friday" chooses the garden, and says when as well.
void fill_beside(Turn& turn, const Choice& chosen) {
  std::vector<Entity>& entities = turn.event.understanding.entities;
  const Words title = words_of(chosen.title);
  std::erase_if(entities, [&](const Entity& entity) {
    const Words said = words_of(entity.text);
    return entity.kind == "number" || entity.kind == "ordinal" ||
           std::all_of(said.begin(), said.end(),
                       [&](const std::string& word) { return contains_word(title, word); });
  });
  const Frame& frame = turn.top();
  if (!entities.empty()) fill_from_entities(turn, asking_order(flow_of(turn, frame), &step_of(turn, frame)));
}

/// An entity whose value is one of the choices.
bool answer_by_value(Turn& turn, const Slot& slot, const std::vector<Choice>& choices) {
  if (lists_choices(turn, choices) || is_undecided(turn, turn.event.understanding.entities)) return false;
  for (const Entity& entity : turn.event.understanding.entities) {
    const std::optional<Json> value = value_of(slot, entity);
    const bool offered = value && !is_denied(turn, entity) && !is_of_another(turn, entity, slot.name) &&
                         std::any_of(choices.begin(), choices.end(),
                                     [&](const Choice& choice) { return choice.value == *value; });
    if (!offered) continue;
    answer_with(turn, *value);
    return true;
  }
  return false;
}

/// The choice that the text means, by its title or by another word for what it is.
std::optional<std::size_t> choice_meant(const Turn& turn, const std::vector<Choice>& choices) {
  if (choices.size() == 1 && yes_or_no(turn.words, turn.phrases) == true) return 0;  // "Is it this one?"
  if (lists_choices(turn, choices)) return std::nullopt;
  const auto chosen = matching_choice(choices, turn.words, turn.phrases);
  return chosen ? chosen : synonymous_choice(turn, choices);
}

/// "I think the garden is nicer": hardly more than a choice that is offered, whatever else the words may
/// mean.
bool is_little_else(const Turn& turn, const std::vector<Choice>& choices) {
  const auto chosen = choice_meant(turn, choices);
  if (!chosen || asks_yes_or_no(turn) || turn.event.text.find('?') != std::string::npos) return false;
  const Words title = words_of(choices[*chosen].title);
  const auto others = std::count_if(turn.words.begin(), turn.words.end(), [&](const std::string& word) {
    return !contains_word(title, word) && !contains_word(turn.phrases.fillers, word);
  });
  return others <= kWordsAroundChoice;
}

/// "The same day": what the slot of the kind has that is named, or else the nearest that is asked for before.
std::optional<Json> same_as_another(const Turn& turn, const Slot& asked) {
  const Frame& frame = turn.top();
  const Flow& flow = flow_of(turn, frame);
  const Words bare = without(turn.words, turn.phrases.fillers);
  if (!starts_with_any(bare, turn.phrases.same)) return std::nullopt;
  const bool alone = equals_any(bare, turn.phrases.same);
  std::optional<Json> value;
  for (const std::string& name : asking_order(flow, nullptr)) {
    if (name == asked.name) break;
    const auto filled = frame.slots.find(name);
    const bool fits = filled != frame.slots.end() && flow.slots.at(name).type == asked.type;
    if (fits && (alone || names(turn, flow.slots.at(name)))) value = filled->second;
  }
  return value;
}

/// A submitted field as the slot's type wants it; null when the field was left empty.
std::optional<Json> field_value(const Turn& turn, const Slot& slot, const Json& fields) {
  const auto field = fields.find(slot.name);
  if (field == fields.end() || field->is_null() || *field == "") return Json();
  if (!field->is_string()) {
    const bool fits = slot.type == "bool" ? field->is_boolean() : field->is_number();
    return fits ? std::optional<Json>(*field) : std::nullopt;
  }
  static const std::vector<std::string> kParsed{"int", "number", "bool", "date", "time", "duration", "money"};
  const std::string text = valid_utf8(field->get<std::string>());
  if (std::find(kParsed.begin(), kParsed.end(), slot.type) == kParsed.end()) return text;
  return value_of_text(slot, text, turn.phrases);
}

}  // namespace

bool asks_yes_or_no(const Turn& turn) {
  const Slot* slot = slot_asked(turn);
  return turn.top().waiting.what == For::kConfirm || (slot && slot->type == "bool" && slot->options.empty());
}

bool answer_by_title(Turn& turn) {
  const std::vector<Choice> choices = choices_asked(turn);
  const std::optional<std::size_t> chosen = exact_choice(choices, turn.words);
  if (chosen && choices[*chosen].value == true && agrees_to_else(turn)) return false;  // "Yes?"
  if (chosen) answer_with(turn, choices[*chosen].value);
  return chosen.has_value();
}

bool is_title(const Turn& turn) {
  return exact_choice(choices_asked(turn), turn.words).has_value();
}

bool answer_by_kind(Turn& turn) {
  if (turn.top().waiting.what == For::kCard) return false;
  const std::vector<Choice> choices = choices_asked(turn);
  if (clearly_else(turn) && !is_little_else(turn, choices)) return false;
  if (asks_yes_or_no(turn)) return answer_yes_no(turn);
  if (const auto chosen = choice_meant(turn, choices)) {
    answer_with(turn, choices[*chosen].value);
    fill_beside(turn, choices[*chosen]);
    return true;
  }
  const Slot* slot = slot_asked(turn);
  if (!slot || slot->type == "text") return false;
  const Frame& frame = turn.top();
  if (frame.waiting.what == For::kChoice) return answer_by_value(turn, *slot, choices);
  if (fill_from_entities(turn, asking_order(flow_of(turn, frame), &step_of(turn, frame)))) {
    accept(turn);
    if (const Flow& flow = flow_of(turn, turn.top()); !flow.when.empty())
      queue_listed(turn, flow.when.front());
    return true;
  }
  std::optional<Json> typed = value_of_text(*slot, turn.event.text, turn.phrases);
  if (!typed) typed = same_as_another(turn, *slot);
  if (typed) answer_with(turn, *typed);
  return typed.has_value();
}

bool answer_by_text(Turn& turn) {
  const Slot* slot = slot_asked(turn);
  const bool open =
      slot && slot->type == "text" && slot->options.empty() && turn.top().waiting.what == For::kSlot;
  if (!open) return false;
  const bool question = turn.event.text.find('?') != std::string::npos;
  if (question && clearly_else(turn)) return false;
  const std::optional<Json> value = value_of_text(*slot, turn.event.text, turn.phrases);
  if (!value) return false;
  answer_with(turn, *value);
  const auto* collect = std::get_if<Collect>(&step_of(turn, turn.top()).action);
  if (collect) fill_from_entities(turn, collect->slots);
  return true;
}

bool answer_by_card(Turn& turn) {
  if (turn.top().waiting.what != For::kCard || !turn.event.value.is_object()) return false;
  const Step& step = step_of(turn, turn.top());
  const Flow& flow = flow_of(turn, turn.top());
  const std::vector<std::string>& into = std::get<Say>(step.action).card->into;
  std::map<std::string, Json> values;
  for (const std::string& name : into) {
    const Slot& slot = flow.slots.at(name);
    std::optional<Json> value = field_value(turn, slot, turn.event.value);
    if (!value || (value->is_null() && !slot.optional)) return false;
    values[name] = std::move(*value);
  }
  for (auto& [name, value] : values)
    fill(turn, name, std::move(value));
  const int failures = turn.top().waiting.failures;
  const std::string wrong = failed_check(turn, into);
  if (wrong.empty()) {
    accept(turn);
    go_to(turn, step.next);
    return true;
  }
  turn.top().waiting = {For::kCard, step.id, failures + 1};
  const Text& otherwise = flow.slots.at(wrong).otherwise;
  if (otherwise.empty()) return false;
  say_plainly(turn, line_of(turn, otherwise, failures + 1, bindings_of(turn, turn.top())));
  return true;
}

void count_failed_answer(Turn& turn) {
  Frame& frame = turn.top();
  turn.note("retry");
  turn.out.reasons["flow"] = frame.flow;
  turn.out.reasons["step"] = frame.step;
  ++frame.waiting.failures;
  frame.waiting.what = For::kNothing;
  turn.retrying = true;
}

}  // namespace parley::conversations
