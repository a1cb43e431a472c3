// Which slots a text fills: entities of the right kind, those with a slot's name as their role first, then in
// the order in which the flow would ask.
//
// "book leave from monday to friday" brings two dates with roles start and end; "monday, friday" two without:
// they go to the slots in order. A `text` slot takes a whole answer, never a piece of a sentence; a `bool`
// slot only when asked. Pure functions; any thread.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conversations/dialogue/phrases.h"
#include "conversations/flows/flow.h"
#include "engine/message.h"

namespace parley::conversations {

struct SlotValue {
  std::string slot;
  Json value;
};

/// What `entity` gives a slot, or nullopt: wrong kind, not whole for an int, not one of the slot's options,
/// or only guessed from its place: a list stays what its author made it.
std::optional<Json> value_of(const Slot& slot, const Entity& entity);

/// What a value typed in full gives a slot: "12", "2026-03-03", "14:30", "yes"; any text for a text slot.
/// Used for form fields and for answers in which no entity was found.
std::optional<Json> value_of_text(const Slot& slot, const std::string& text, const Phrases& phrases);

/// The flow's slots in the order in which it would ask, those of `step` first; each once.
std::vector<std::string> asking_order(const Flow& flow, const Step* step);

struct FillRequest {
  const Flow& flow;
  const std::map<std::string, Json>& present;  // filled slots: left alone
  std::string asked;                           // the slot a question is pending about, or ""
  std::vector<std::string> order;
  const std::vector<Entity>& entities;
  bool bare = false;  // the text is nothing but its entity: the asked slot takes it, whatever its role
  /// The entity as a slot reads it, given the values so far (reading.h); empty: as it is.
  std::function<Entity(const std::map<std::string, Json>&, const std::string&, const Entity&)> read{};
};
std::vector<SlotValue> fill_slots(const FillRequest& request);

bool overlap(const Entity& left, const Entity& right);
/// Words of `text` outside the spans of all entities.
std::size_t words_outside(const std::string& text, const std::vector<Entity>& entities);

}  // namespace parley::conversations
