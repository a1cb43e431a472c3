// The days between which a period lies, where the text shortens one of them: in "from 7 to 10 december" and
// "december 7 to 10" only one date is written out, yet a flow that asks for a first and a last day wants
// both.
//
// Thread rule: a plain function; any thread.
#pragma once

#include <string_view>
#include <vector>

#include "engine/understanding.h"
#include "intents/normalize.h"

namespace parley::intents {

/// Adds the missing date to `entities`, which stand in the order of their places and go on doing so: of each
/// period that holds one date only, when that date is its first or its last day and the other is a word or
/// number on the other side of it. Of "7-10 december", where "7-10" was read as a date, both are made anew.
void add_period_borders(std::string_view original, const FoldedText& text, std::vector<Entity>& entities);

}  // namespace parley::intents
