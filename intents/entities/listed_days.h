// Days that share the month of the last one: "7, 9 and 11 december" are three dates, of which only one is
// written out.
//
// Thread rule: a plain function; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"

namespace parley::intents {

/// Puts a date in the place of each bare number from 1 to 31 that stands in a list before a date which begins
/// with its day: commas between them, and an "and" of `links` or "&" before the last. A number whose month
/// has no such day stays one, and so do those before it. `entities` stand in the order of their places and go
/// on doing so.
void add_listed_days(std::string_view original, const std::vector<std::string>& links,
                     std::vector<Entity>& entities);

}  // namespace parley::intents
