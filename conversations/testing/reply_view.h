// Replies as a person sees them, and as a test writes them: texts, buttons, cards, images.
//
// A card is told as flows write it: {title, text, image, buttons} or {adaptive}. Pure; any thread.
#pragma once

#include <string>
#include <vector>

#include "engine/message.h"

namespace parley::conversations {

/// Something that is shown to the person; not a sign of typing, not an event for the page.
bool is_reply(const Json& activity);

/// Its text, or else what a card or image of it says.
std::string reply_text(const Json& activity);

/// Its buttons, those of cards behind those under it: card actions {type, title, value}.
Json actions_of(const Json& activity);

std::vector<Json> cards_of(const Json& activity);
std::vector<Json> images_of(const Json& activity);

/// A text as expected, or matched by the pattern between slashes.
bool matches(const std::string& expected, const std::string& actual);
bool is_pattern(const std::string& text);

/// Values as a test writes them: 3 and "3" are the same, a date is its text.
bool same_value(const Json& expected, const Json& actual);

/// Every member that is expected is there; of a list each item, in order; a text may be a pattern, and stands
/// for a map of that title or url.
bool is_part(const Json& expected, const Json& actual);

}  // namespace parley::conversations
