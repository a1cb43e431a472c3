// Values of one kind that a text lists: "a headset, a monitor and a keyboard".
//
// A flow takes one value for a slot. What the text lists beside it is another wish of the same kind, and
// waits its turn (several.h). Pure functions; any thread.
#pragma once

#include <vector>

#include "conversations/dialogue/options.h"
#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// More words between two values are no list any more; other values and fillers are not counted.
inline constexpr std::size_t kListedWordsMax = 3;

/// Each of at least two different values; lists and values in the order of the text. Only an "and", or a comma in a row that
/// has one, makes a list: "the laptop with the dock" is none.
std::vector<std::vector<Entity>> lists_of(const Turn& turn, const std::vector<Entity>& entities);

/// Whether the text lists several of the choices: "broken and too small".
bool lists_choices(const Turn& turn, const std::vector<Choice>& choices);

}  // namespace parley::conversations
