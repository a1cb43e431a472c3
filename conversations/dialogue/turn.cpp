#include "conversations/dialogue/turn.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/language.h"
#include "conversations/dialogue/noted_texts.h"
#include "conversations/flows/slot_types.h"

namespace parley::conversations {

namespace {

constexpr std::size_t kNotedTextMaxBytes =
    200;  // of a slot's value in the reasons; the text itself is in the ledger

DialogueState state_for_turn(const Program& program, const Event& event, const TurnContext& context,
                             const Json& before) {
  DialogueState state = state_from_json(before);
  state.language = language_of_turn(program, event, context, state);
  return state;
}

cel::Value user_value(const Person& person) {
  cel::MapValue user;
  cel::ListValue roles;
  for (const std::string& role : person.roles)
    roles.push_back(cel::Value::text(role));
  user.insert(cel::Value::text("id"), cel::Value::text(person.id));
  user.insert(cel::Value::text("name"), cel::Value::text(person.name));
  user.insert(cel::Value::text("roles"), cel::Value::list(std::move(roles)));
  return cel::Value::map(std::move(user));
}

/// What is known of the last text beside its meaning.
cel::Value turn_value(const Turn& turn) {
  cel::MapValue map;
  map.insert(cel::Value::text("negative"), cel::Value::boolean(turn.state.negative));
  return cel::Value::map(std::move(map));
}

cel::Bindings clock_bindings(const Turn& turn) {
  return {cel::instant_of_milliseconds(turn.context.now.time_since_epoch().count()), turn.program.timezone};
}

}  // namespace

Turn::Turn(const Program& the_program, const Event& the_event, const TurnContext& the_context,
           const Json& before)
    : program(the_program),
      event(the_event),
      context(the_context),
      state(state_for_turn(the_program, the_event, the_context, before)),
      phrases(phrases_of(state.language)),
      words(words_of(the_event.text)) {}

void Turn::note(const std::string& rule) {
  if (!out.reasons.contains("rule")) {
    out.reasons["rule"] = rule;
  } else {
    out.reasons["then"].push_back(rule);
  }
}

void Turn::note_private(const std::vector<Frame>& frames) {
  for (const Frame& frame : frames)
    for (const auto& [slot, value] : frame.slots)
      if (program.private_slots.contains(slot) && value.is_string()) out.private_values.push_back(value);
}

void Turn::note_filled(const std::string& slot, const Json& value) {
  if (program.private_slots.contains(slot) && value.is_string()) out.private_values.push_back(value);
  const bool long_text = value.is_string() && value.get_ref<const std::string&>().size() > kNotedTextMaxBytes;
  slots[slot] = long_text ? Json("...") : value;
}

const Flow& flow_of(const Turn& turn, const Frame& frame) {
  return turn.program.flows.at(frame.flow);
}

const Step& step_of(const Turn& turn, const Frame& frame) {
  const Flow& flow = flow_of(turn, frame);
  return flow.steps.at(static_cast<std::size_t>(flow.find_step(frame.step)));
}

cel::Bindings bindings_of(const Turn& turn, const Frame& frame) {
  cel::Bindings bindings = clock_bindings(turn);
  bindings.set("user", user_value(turn.context.person));
  bindings.set("turn", turn_value(turn));
  bindings.set("channel", cel::Value::text(turn.context.channel));
  bindings.set("language", cel::Value::text(turn.state.language));
  for (const auto& [name, json] : frame.slots) {
    const cel::Type* type = flow_of(turn, frame).scope.find(name);
    cel::Value value = type ? cel::from_json(json, *type) : cel::Value();
    if (!value.is_error())
      bindings.set(name, std::move(value));  // of a type it had in an older version: unset
  }
  return bindings;
}

namespace {

/// A condition without a value, say over a slot that is not filled, does not hold.
bool holds(const Variant& variant, const cel::Bindings& bindings) {
  if (!variant.condition) return false;
  const cel::Value value = variant.condition->evaluate(bindings);
  return value.is(cel::Kind::kBool) && value.as_bool();
}

std::vector<const MessageTemplate*> fitting(const Text& text, const cel::Bindings& bindings) {
  std::vector<const MessageTemplate*> preferred, others;
  for (const Variant& variant : text) {
    if (holds(variant, bindings)) preferred.push_back(&variant.message);
    if (!variant.condition) others.push_back(&variant.message);
  }
  return preferred.empty() ? others : preferred;
}

std::string said(Turn& turn, const MessageTemplate& text, const cel::Bindings& bindings) {
  note_text(turn, text);
  return format(turn, text, bindings);
}

}  // namespace

std::string line_of(Turn& turn, const Text& lines, int number, const cel::Bindings& bindings) {
  const auto list = fitting(lines, bindings);
  if (list.empty()) return "";
  const auto index = static_cast<std::size_t>(std::max(number, 1)) - 1;
  return said(turn, *list[std::min(index, list.size() - 1)], bindings);
}

std::size_t count_of_lines(const Text& lines, const cel::Bindings& bindings) {
  return fitting(lines, bindings).size();
}

std::string pick_text(Turn& turn, const Text& text, const cel::Bindings& bindings) {
  const auto variants = fitting(text, bindings);
  if (variants.empty()) return "";
  std::size_t pick = 0;
  if (turn.state.variants < 0) {  // -n: always the n-th, or the last
    pick = std::min(static_cast<std::size_t>(-(turn.state.variants + 1)), variants.size() - 1);
  } else if (variants.size() > 1) {
    pick = static_cast<std::size_t>(turn.state.variants++) % variants.size();
  }
  return said(turn, *variants[pick], bindings);
}

void note_text(Turn& turn, const MessageTemplate& text) {
  if (turn.state.variants < 0) turn.out.reasons["texts"].push_back(text.source());
}

std::string format(const Turn& turn, const MessageTemplate& text, const cel::Bindings& bindings) {
  return text.format(bindings, turn.state.language, turn.program.timezone);
}

std::string slot_title(const Turn& turn, const Slot& slot) {
  if (slot.title) return format(turn, *slot.title, cel::Bindings());
  std::string name = slot.name;
  std::replace(name.begin(), name.end(), '_', ' ');
  return name;
}

}  // namespace parley::conversations
