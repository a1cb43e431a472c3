// Which slot is meant is decided by the strongest sign there is:
//   "not monday but friday"      the slot that holds the first value
//   "until friday"               the entity's role
//   "change the end to friday"   the slot whose name is in the text
//   "I meant friday"             the slot of that kind that was filled last
// After an answer that did not fit, "I mean friday" answers the same question, unless it names another slot.

#include "conversations/dialogue/correction.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "conversations/dialogue/options.h"
#include "conversations/dialogue/reading.h"
#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/stack.h"

namespace parley::conversations {

namespace {

struct Signs {
  bool clear = false;       // "I meant": a new value follows
  bool denial = false;      // "no, ..."
  bool doubt = false;       // "actually ..."
  bool change = false;      // "change the date"
  bool confirming = false;  // at a confirmation, where another value is sign enough

  bool any() const { return clear || denial || doubt || change || confirming; }
};

Signs signs_of(const Turn& turn, const Frame& frame) {
  Signs signs;
  signs.clear = contains_any(turn.words, turn.phrases.correction);
  signs.denial = starts_with_any(turn.words, turn.phrases.no);
  signs.doubt = contains_any(turn.words, turn.phrases.second_thoughts);
  signs.change = contains_any(turn.words, turn.phrases.change);
  signs.confirming = frame.waiting.what == Waiting::For::kConfirm;
  return signs;
}

/// A text slot takes whole sentences; in them only a sign at the very beginning counts.
bool may_correct(const Turn& turn, const Frame& frame) {
  if (frame.waiting.what != Waiting::For::kSlot) return frame.waits_for_answer();
  const Flow& flow = flow_of(turn, frame);
  const auto slot = flow.slots.find(frame.waiting.name);
  const bool text = slot != flow.slots.end() && slot->second.type == "text" && slot->second.options.empty();
  return !text || starts_with_any(turn.words, turn.phrases.correction) ||
         starts_with_any(turn.words, turn.phrases.change) || starts_with_any(turn.words, turn.phrases.no);
}

class Correction {
 public:
  Correction(Turn& turn, Frame& frame)
      : turn_(turn), frame_(frame), flow_(flow_of(turn, frame)), signs_(signs_of(turn, frame)) {
    for (auto filled = frame.filled.rbegin(); filled != frame.filled.rend(); ++filled) {
      const bool settled =
          std::find(frame.settled.begin(), frame.settled.end(), filled->slot) != frame.settled.end();
      if (!settled && flow_.slots.contains(filled->slot) && frame.slots.contains(filled->slot))
        open_.push_back(*filled);
    }
  }

  /// The slot to change, with its new value; null to ask for it again.
  std::optional<SlotValue> find() const {
    if (!signs_.any() || open_.empty()) return std::nullopt;
    if (auto contrast = by_contrast()) return contrast;
    if (auto named = by_name(); named && signs_.change) return named;
    if (auto role = by_role()) return role;
    if (auto named = by_name()) return named;
    if (auto title = by_title()) return title;
    return by_kind();
  }

 private:
  const Slot& slot(const Filled& filled) const { return flow_.slots.at(filled.slot); }
  const Json& current(const Filled& filled) const { return frame_.slots.at(filled.slot); }
  const std::vector<Entity>& entities() const { return turn_.event.understanding.entities; }

  /// What the entity gives the slot, beside the other slots as they are.
  std::optional<Json> value_for(const Filled& filled, const Entity& entity) const {
    return value_of(slot(filled), read_for(turn_, flow_, frame_.slots, filled.slot, entity));
  }

  /// The last entity that gives the slot another value than it has; of one span the first reading counts.
  std::optional<SlotValue> new_value(const Filled& filled) const {
    std::optional<SlotValue> found;
    const Entity* read = nullptr;
    for (const Entity& entity : entities()) {
      const std::optional<Json> value = value_for(filled, entity);
      if (!value || entity.kind == "yesno" || (read && overlap(*read, entity))) continue;
      read = &entity;
      if (*value != current(filled)) found = SlotValue{filled.slot, *value};
    }
    return found;
  }

  /// "not X but Y": a slot that holds X.
  std::optional<SlotValue> by_contrast() const {
    if (entities().size() < 2) return std::nullopt;
    for (const Filled& filled : open_) {
      const bool held = std::any_of(entities().begin(), entities().end(), [&](const Entity& entity) {
        return value_for(filled, entity) == std::optional<Json>(current(filled));
      });
      const bool spoken = signs_.clear || signs_.change || negated();
      if (held && spoken) {
        if (auto value = new_value(filled)) return value;
      }
    }
    return std::nullopt;
  }

  bool negated() const {
    return std::any_of(turn_.words.begin(), turn_.words.end(),
                       [&](const std::string& word) { return contains_word(turn_.phrases.negations, word); });
  }

  std::optional<SlotValue> by_role() const {
    for (const Entity& entity : entities()) {
      for (const Filled& filled : open_) {
        if (entity.role != filled.slot) continue;
        const std::optional<Json> value = value_for(filled, entity);
        if (value && *value != current(filled)) return SlotValue{filled.slot, *value};
      }
    }
    return std::nullopt;
  }

  std::optional<SlotValue> by_name() const {
    for (const Filled& filled : open_) {
      if (find_phrase(turn_.words, words_of(spaced(filled.slot))) == std::string::npos) continue;
      if (auto value = new_value(filled)) return value;
      if (signs_.change) return SlotValue{filled.slot, nullptr};
    }
    return std::nullopt;
  }

  static std::string spaced(std::string name) {
    std::replace(name.begin(), name.end(), '_', ' ');
    return name;
  }

  /// A slot with choices, one of whose titles is in the text.
  std::optional<SlotValue> by_title() const {
    for (const Filled& filled : open_) {
      const StepIndex index = flow_.find_step(filled.step);
      if (index == kFlowEnd || slot(filled).type == "bool") continue;
      const Step& step = flow_.steps[static_cast<std::size_t>(index)];
      const std::vector<Choice> choices = choices_of(turn_, frame_, step, filled.slot);
      const auto chosen = named_choice(choices, turn_.words, turn_.phrases);
      if (chosen && choices[*chosen].value != current(filled)) {
        return SlotValue{filled.slot, choices[*chosen].value};
      }
    }
    return std::nullopt;
  }

  /// The slot filled last that takes the new value, where the question at hand could not be meant.
  std::optional<SlotValue> by_kind() const {
    const bool sure = frame_.waiting.failures == 0 && (signs_.clear || signs_.denial || signs_.change);
    if (!sure && fits_question()) return std::nullopt;
    for (const Filled& filled : open_) {
      if (auto value = new_value(filled)) return value;
    }
    return std::nullopt;
  }

  bool fits_question() const {
    const auto asked = flow_.slots.find(frame_.waiting.name);
    return asked != flow_.slots.end() && frame_.waiting.what == Waiting::For::kSlot &&
           std::any_of(entities().begin(), entities().end(),
                       [&](const Entity& entity) { return value_of(asked->second, entity).has_value(); });
  }

  Turn& turn_;
  const Frame& frame_;
  const Flow& flow_;
  const Signs signs_;
  std::vector<Filled> open_;  // latest first
};

}  // namespace

bool correct(Turn& turn) {
  Frame* frame = task_frame(turn);
  if (!frame || !may_correct(turn, *frame)) return false;
  const std::optional<SlotValue> change = Correction(turn, *frame).find();
  if (!change) return false;
  drop_patterns(turn);
  Frame& corrected = turn.top();
  const std::string before = value_text(turn, corrected, change->slot);
  const auto filled = std::find_if(corrected.filled.begin(), corrected.filled.end(),
                                   [&](const Filled& one) { return one.slot == change->slot; });
  corrected.step = filled->step;
  corrected.waiting = {};
  turn.state.fallbacks = 0;
  turn.note("correct");
  turn.note_filled(change->slot, change->value);
  turn.out.reasons["flow"] = corrected.flow;
  if (change->value.is_null()) {
    corrected.slots.erase(change->slot);
    return true;
  }
  corrected.slots[change->slot] = change->value;
  const std::string after = value_text(turn, corrected, change->slot);
  start_pattern(turn, "pattern_corrected", {{"slot", change->slot}, {"before", before}, {"after", after}},
                After::kAsk);
  return true;
}

}  // namespace parley::conversations
