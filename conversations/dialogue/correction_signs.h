// Which answers a text changes: the signs of a correction, and the slot that it means. Pure functions; any
// thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// What a text changes: null values are to be asked for again.
struct Changes {
  bool meant = false;  // the text is about an answer that was given, though it may change nothing
  std::vector<SlotValue> values;
};

/// "No, ...", "not the tent, ...", "oh no, ...".
bool starts_with_denial(const Turn& turn);

/// What the text at the question of `asking` changes among the answers of `frame` that are not settled:
/// `asking` itself, or a sub-flow that it ran.
Changes find_changes(const Turn& turn, const Frame& frame, const Frame& asking);

/// The slots that were asked for and may still be changed, in order of filling.
std::vector<std::string> changeable_slots(const Turn& turn, const Frame& frame);

/// The settled slot that the text would change, if it clearly would.
std::optional<std::string> find_settled(const Turn& turn, const Frame& frame);

}  // namespace parley::conversations
