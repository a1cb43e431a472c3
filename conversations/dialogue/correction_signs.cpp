// Which slot is meant is decided by the strongest sign there is:
//   "the last day is friday"     the slot that the text names for the value
//   "not monday but friday"      the slot that holds the first value
//   "change the end to friday"   the slot whose title or name is in the text
//   "from monday to friday"      the entities' roles; so several slots may change at once
//   "the other one"              the choice that was made last
//   "12 to 14 march"             as many slots of a kind as there are values
//   "I meant friday"             the slot of that kind that was filled last
// Where a slot is meant and has that value already, nothing changes and the question is asked again. After an
// answer that did not fit, "I mean friday" answers the same question, unless it names another slot.

#include "conversations/dialogue/correction_signs.h"

#include <algorithm>
#include <utility>

#include "conversations/dialogue/intent.h"
#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/slot_names.h"

namespace parley::conversations {

namespace {

struct Signs {
  bool clear = false;       // "I meant": a new value follows
  bool denial = false;      // "no, ..."
  bool doubt = false;       // "actually ..."
  bool change = false;      // "change the date"
  bool other = false;       // "the other one", and nothing else
  bool confirming = false;  // at a confirmation, where another value is sign enough
  bool naming = false;      // "the first day is friday", where it was another
  bool taking = false;      // "take the tent", and nothing else, where a sentence is asked for

  bool said() const { return clear || denial || doubt || change || other || taking; }
  bool any() const { return said() || confirming || naming; }
};

Signs signs_of(const Turn& turn, const Frame& asking) {
  Signs signs;
  signs.clear = contains_any(turn.words, turn.phrases.correction);
  signs.denial = starts_with_denial(turn);
  signs.doubt = contains_any(turn.words, turn.phrases.second_thoughts);
  signs.change = contains_any(turn.words, turn.phrases.change);
  signs.other = equals_any(turn.words, turn.phrases.other);
  signs.confirming = asking.waiting.what == Waiting::For::kConfirm;
  return signs;
}

class Correction {
 public:
  /// Of the answers in `frame` that are settled, or of those that are not; the question is that of `asking`.
  Correction(const Turn& turn, const Frame& frame, const Frame& asking, bool settled = false)
      : turn_(turn),
        frame_(frame),
        asking_(asking),
        flow_(flow_of(turn, frame)),
        signs_(signs_of(turn, asking)) {
    for (auto filled = frame.filled.rbegin(); filled != frame.filled.rend(); ++filled) {
      const bool is_settled =
          std::find(frame.settled.begin(), frame.settled.end(), filled->slot) != frame.settled.end();
      if (is_settled == settled && flow_.slots.contains(filled->slot) && frame.slots.contains(filled->slot))
        open_.push_back(*filled);
    }
    if (!settled && &frame == &asking) add_given_before();
    signs_.naming = names_new_value();
    signs_.taking = asks_for_text() && takes_value();
  }

  /// What an answer is changed to that can't be changed any more; a "no" alone may be meant for the question.
  std::optional<std::string> in_vain() const {
    if (!may_correct() || !is_meant() || open_.empty() || fits_question()) return std::nullopt;
    const Changes changes = find();
    return changes.values.empty() ? std::nullopt : std::optional(changes.values.front().slot);
  }

  std::vector<std::string> slots() const {
    std::vector<std::string> names;
    for (auto filled = open_.rbegin(); filled != open_.rend(); ++filled)
      names.push_back(filled->slot);
    return names;
  }

  Changes find() const {
    if (!may_correct()) return {};
    const bool over = !asking_.waits();  // a task that has ended: in_vain() has looked for signs
    if ((!signs_.any() && !over) || open_.empty()) return {};
    if (!signs_.said() && clearly_else(turn_)) return {};
    if (signs_.naming) return by_role();
    if (auto contrast = by_contrast()) return one(std::move(*contrast));
    auto named = by_name();
    if (named && signs_.change) return one(std::move(*named));
    if (Changes roles = by_role(); roles.meant) return roles;
    if (named) return one(std::move(*named));
    if (auto title = by_title()) return one(std::move(*title));
    if (auto other = by_other()) return one(std::move(*other));
    return by_kind();
  }

 private:
  /// Of a task that is over, the value alone is enough, but no clear request is a correction.
  bool is_meant() const {
    if (signs_.clear || signs_.change || signs_.naming) return true;
    if (asking_.waits()) return signs_.denial && !asks_yes_or_no();
    const bool bare = words_outside(turn_.event.text, entities()) == 0;
    return (signs_.denial || signs_.doubt || bare) && !clearly_else(turn_);
  }

  /// A text slot takes whole sentences; in them only a sign at the very beginning counts, or a value alone.
  bool may_correct() const {
    if (!asks_for_text()) return true;
    const Words words = without_interjections(turn_.words, turn_.phrases);
    return signs_.denial || signs_.taking || starts_with_any(words, turn_.phrases.correction) ||
           starts_with_any(words, turn_.phrases.change);
  }

  const Slot* slot_asked() const {
    const Flow& flow = flow_of(turn_, asking_);
    const auto asked = flow.slots.find(asking_.waiting.name);
    return asked == flow.slots.end() ? nullptr : &asked->second;
  }

  bool asks_for_text() const {
    const Slot* asked = slot_asked();
    return asking_.waiting.what == Waiting::For::kSlot && asked && asked->type == "text" &&
           asked->options.empty();
  }

  /// What was said before it was asked for may be corrected before it is asked for.
  void add_given_before() {
    for (const Step& step : flow_.steps) {
      const auto* collect = std::get_if<Collect>(&step.action);
      const auto* choose = std::get_if<Choose>(&step.action);
      if (choose) add_given(choose->slot, step.id);
      if (!collect) continue;
      for (const std::string& name : collect->slots)
        add_given(name, step.id);
    }
  }

  void add_given(const std::string& name, const std::string& step) {
    const auto is_it = [&](const Filled& one) { return one.slot == name; };
    const auto value = frame_.slots.find(name);
    if (value == frame_.slots.end() || value->second.is_null() || !flow_.slots.contains(name)) return;
    if (std::none_of(open_.begin(), open_.end(), is_it) &&
        std::none_of(frame_.filled.begin(), frame_.filled.end(), is_it))
      open_.push_back({name, step});
  }

  /// "The big one instead", "take the tent": nothing but a value of an answer that was given.
  bool takes_value() const {
    const Phrases& phrases = turn_.phrases;
    const Words words = without_interjections(turn_.words, phrases);
    for (const Words& take : phrases.takes) {
      if (!starts_with(words, take)) continue;
      const Words rest(words.begin() + static_cast<std::ptrdiff_t>(take.size()), words.end());
      if (is_value(without_signs(rest, phrases))) return true;
    }
    const bool said =
        contains_any(words, phrases.correction) || contains_any(turn_.words, phrases.second_thoughts);
    return said && is_value(without_signs(turn_.words, phrases));
  }

  bool is_value(const Words& bare) const {
    return !bare.empty() && std::any_of(open_.begin(), open_.end(), [&](const Filled& filled) {
      return is_value_of(filled, bare) || matching_choice(choices_for(filled), bare, turn_.phrases);
    });
  }

  bool is_value_of(const Filled& filled, const Words& bare) const {
    return std::any_of(entities().begin(), entities().end(), [&](const Entity& entity) {
      return !is_denied(turn_, entity) && value_for(filled, entity) &&
             without(words_of(entity.text), turn_.phrases.fillers) == bare;
    });
  }

  static Changes one(SlotValue value) { return {true, {std::move(value)}}; }
  const Slot& slot(const Filled& filled) const { return flow_.slots.at(filled.slot); }
  const Json& current(const Filled& filled) const { return frame_.slots.at(filled.slot); }
  const std::vector<Entity>& entities() const { return turn_.event.understanding.entities; }

  /// What the entity gives the slot, beside the other slots as they are.
  std::optional<Json> value_for(const Filled& filled, const Entity& entity) const {
    const Entity near = in_week_of(entity, current(filled));
    return value_of(slot(filled), read_for(turn_, flow_, frame_.slots, filled.slot, near));
  }

  bool holds(const Filled& filled, const Entity& entity) const {
    const auto same = [&](const Entity& read) { return value_of(slot(filled), read) == current(filled); };
    return value_for(filled, entity) == current(filled) || same(entity);
  }

  /// The last entity that gives the slot another value than it has; of one span the first reading counts.
  std::optional<SlotValue> new_value(const Filled& filled) const {
    std::optional<SlotValue> found;
    const Entity* read = nullptr;
    for (const Entity& entity : entities()) {
      const std::optional<Json> value = value_for(filled, entity);
      if (!value || entity.kind == "yesno" || (read && overlap(*read, entity))) continue;
      if (is_denied(turn_, entity)) continue;
      read = &entity;
      if (!holds(filled, entity)) found = SlotValue{filled.slot, *value};
    }
    return found;
  }

  /// "not X but Y": a slot that holds X. "not X" alone: it is asked for again.
  std::optional<SlotValue> by_contrast() const {
    for (const Filled& filled : open_) {
      const bool held = std::any_of(entities().begin(), entities().end(),
                                    [&](const Entity& entity) { return holds(filled, entity); });
      const bool spoken = signs_.clear || signs_.change || negated();
      if (!held || !spoken) continue;
      if (auto value = new_value(filled)) return value;
      if (negated()) return SlotValue{filled.slot, nullptr};
    }
    return std::nullopt;
  }

  bool names_new_value() const {
    return std::any_of(entities().begin(), entities().end(), [&](const Entity& entity) {
      if (!is_named(turn_, entity)) return false;
      return std::any_of(open_.begin(), open_.end(), [&](const Filled& filled) {
        return entity.role == filled.slot && value_for(filled, entity) && !holds(filled, entity);
      });
    });
  }

  bool negated() const {
    return std::any_of(turn_.words.begin(), turn_.words.end(),
                       [](const std::string& word) { return is_negation(word); });
  }

  Changes by_role() const {
    Changes changes;
    for (const Entity& entity : entities()) {
      for (const Filled& filled : open_) {
        if (entity.role != filled.slot || is_changed(changes, filled.slot) || is_denied(turn_, entity))
          continue;
        const std::optional<Json> value = value_for(filled, entity);
        if (!value) continue;
        changes.meant = true;
        if (!holds(filled, entity)) changes.values.push_back({filled.slot, *value});
      }
    }
    return changes;
  }

  static bool is_changed(const Changes& changes, const std::string& slot) {
    return std::any_of(changes.values.begin(), changes.values.end(),
                       [&](const SlotValue& one) { return one.slot == slot; });
  }

  std::optional<SlotValue> by_name() const {
    for (const Filled& filled : open_) {
      if (signs_.confirming && asks_for_another(turn_, slot(filled))) return SlotValue{filled.slot, nullptr};
      if (!names(turn_, slot(filled))) continue;
      if (auto value = new_value(filled)) return value;
      const bool alone = signs_.confirming && only_names(turn_, slot(filled));
      if (signs_.change || negated() || alone) return SlotValue{filled.slot, nullptr};
    }
    return std::nullopt;
  }

  std::vector<Choice> choices_for(const Filled& filled) const {
    const StepIndex index = flow_.find_step(filled.step);
    if (index == kFlowEnd || slot(filled).type == "bool") return {};
    return choices_of(turn_, frame_, flow_.steps[static_cast<std::size_t>(index)], filled.slot);
  }

  /// A slot with choices, one of which is picked: by its title, or by what is left of the text besides the
  /// signs ("no, the first one after all").
  std::optional<SlotValue> by_title() const {
    const Words bare = without_signs(turn_.words, turn_.phrases);
    for (const Filled& filled : open_) {
      const std::vector<Choice> choices = choices_for(filled);
      auto chosen = named_choice(choices, turn_.words, turn_.phrases);
      if (!chosen && bare.size() < turn_.words.size()) chosen = matching_choice(choices, bare, turn_.phrases);
      if (!chosen) chosen = synonymous_choice(turn_, choices);
      if (chosen && choices[*chosen].value != current(filled))
        return SlotValue{filled.slot, choices[*chosen].value};
    }
    return std::nullopt;
  }

  /// "I meant the other one": of two choices the other, of more the question again.
  std::optional<SlotValue> by_other() const {
    const Words bare = without_signs(turn_.words, turn_.phrases);
    if (!contains_any(bare, turn_.phrases.other)) return std::nullopt;
    for (const Filled& filled : open_) {
      const std::vector<Choice> choices = choices_for(filled);
      if (choices.size() < 2) continue;
      if (choices.size() > 2) return SlotValue{filled.slot, nullptr};
      return SlotValue{filled.slot, choices[choices[0].value == current(filled) ? 1 : 0].value};
    }
    return std::nullopt;
  }

  /// The slot filled last that takes the new value, where the question at hand could not be meant; several
  /// slots of a kind, where there are as many values.
  Changes by_kind() const {
    const bool denied = std::any_of(entities().begin(), entities().end(),
                                    [&](const Entity& entity) { return is_denied(turn_, entity); });
    const bool denies_answer = signs_.denial && !denied;  // what is denied here is no answer: by_contrast()
    const bool sure = asking_.waiting.failures == 0 && (signs_.clear || denies_answer || signs_.change);
    if (!sure && fits_question()) return {};
    if (Changes all = refilled(); all.meant) return all;
    for (const bool checked : {true, false}) {
      for (const Filled& filled : open_) {
        auto value = new_value(filled);
        if (value && (!checked || passes_all(*value))) return one(std::move(*value));
      }
    }
    return {denied || says_again() || signs_.taking, {}};
  }

  /// Whether all checks hold with the new value: of "tomorrow" a last day next week is no use.
  bool passes_all(const SlotValue& change) const {
    std::map<std::string, Json> values = frame_.slots;
    values[change.slot] = change.value;
    return checks_hold(turn_, flow_, values);
  }

  /// The open slots filled anew, as if they were all empty; nothing where fewer than two would be.
  Changes refilled() const {
    std::map<std::string, Json> present = frame_.slots;
    std::vector<std::string> order = asking_order(flow_, nullptr);
    for (const Filled& filled : open_)
      present.erase(filled.slot);
    std::erase_if(order, [&](const std::string& name) {
      return std::none_of(open_.begin(), open_.end(), [&](const Filled& one) { return one.slot == name; });
    });
    std::vector<Entity> given = entities();
    std::erase_if(given, [&](const Entity& entity) { return is_denied(turn_, entity); });
    std::vector<SlotValue> values =
        fill_slots({flow_, present, "", order, given, false, reader_for(turn_, flow_)});
    std::erase_if(values, [&](const SlotValue& one) { return !order_has(order, one.slot); });
    if (values.size() < 2) return {};
    std::erase_if(values, [&](const SlotValue& one) { return one.value == frame_.slots.at(one.slot); });
    return {true, std::move(values)};
  }

  static bool order_has(const std::vector<std::string>& order, const std::string& slot) {
    return std::find(order.begin(), order.end(), slot) != order.end();
  }

  /// "No, the laptop", where it is the laptop already: in a text slot's answer that would be lost.
  bool says_again() const {
    if (!signs_.clear && !signs_.denial) return false;
    const Words bare = without_signs(turn_.words, turn_.phrases);
    return std::any_of(open_.begin(), open_.end(), [&](const Filled& filled) {
      return std::any_of(entities().begin(), entities().end(), [&](const Entity& entity) {
        return holds(filled, entity) && words_of(entity.text) == bare;
      });
    });
  }

  bool asks_yes_or_no() const {
    const Slot* asked = slot_asked();
    return asking_.waiting.what == Waiting::For::kConfirm || (asked && asked->type == "bool");
  }

  bool fits_question() const {
    const Slot* asked = slot_asked();
    return asked && asking_.waiting.what == Waiting::For::kSlot &&
           std::any_of(entities().begin(), entities().end(), [&](const Entity& entity) {
             return !is_denied(turn_, entity) && value_of(*asked, entity).has_value();
           });
  }

  const Turn& turn_;
  const Frame& frame_;
  const Frame& asking_;
  const Flow& flow_;
  Signs signs_;
  std::vector<Filled> open_;  // latest first
};

}  // namespace

bool starts_with_denial(const Turn& turn) {
  const Words words = without_interjections(turn.words, turn.phrases);
  const bool negation = words.size() > 1 && is_negation(words.front());
  return negation || starts_with_any(words, turn.phrases.no);
}

std::vector<std::string> changeable_slots(const Turn& turn, const Frame& frame) {
  return Correction(turn, frame, frame).slots();
}

Changes find_changes(const Turn& turn, const Frame& frame, const Frame& asking) {
  return Correction(turn, frame, asking).find();
}

std::optional<std::string> find_settled(const Turn& turn, const Frame& frame) {
  return Correction(turn, frame, frame, true).in_vain();
}

}  // namespace parley::conversations
