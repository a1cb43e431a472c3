// Where a text calls a slot by its name: "the last day is thursday".
//
// The name is no value, though it may sound like one ("the last day" is yesterday, "the first day" the first
// of the month), and a value beside it is that slot's, whatever was asked. A name is the slot's title or its
// name in words, articles aside, in any inflection. What is longer than the name is no name: "the last day of
// may". Only what a language knows by itself can be taken for a name; a word of the vocabulary stays a value.
// Pure functions; any thread.
#pragma once

#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// Takes the slots' names out of `entities` of the turn's text, gives values beside a name the role of its
/// slot, and notes them in Turn::named.
void name_slots(Turn& turn, const Flow& flow, std::vector<Entity>& entities);

/// Whether the text gives the entity to a slot by name.
bool is_named(const Turn& turn, const Entity& entity);
/// Whether it is another slot's by name.
bool is_of_another(const Turn& turn, const Entity& entity, const std::string& slot);

/// Whether the text calls the slot by its name.
bool names(const Turn& turn, const Slot& slot);
/// Whether it does, and says nothing else but signs of a correction.
bool only_names(const Turn& turn, const Slot& slot);
/// Whether it asks for another value by the name or a part of it: "a different order" for an order number.
bool asks_for_another(const Turn& turn, const Slot& slot);

}  // namespace parley::conversations
