// What the rules of times share: making a meaning, the words "next" and "last", readings put together.
//
// Thread rule: pure functions.
#pragma once

#include <optional>
#include <string>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"

namespace parley::intents {

std::optional<Meaning> made(Time time);

/// How many units on: `next` 1, `last` -1, `this` or none of them 0, `after_next` 2.
int relative_steps(const Parts& parts);

/// The number of the first part that has one.
double first_number(const Parts& parts);

double digits(std::string_view text);

/// The year that the text gives, in four digits or in two; nullptr for none.
const Meaning* said_year(const Parts& parts);
/// Of an ordinal in any form, 0 for none.
int ordinal_of(const Parts& parts);

/// An exact moment, written with its seconds.
std::optional<Meaning> instant(std::int64_t seconds);

/// "daterange": also the name that rules use for such a phrase.
std::string_view type_name(TimeType type);
bool is_range(TimeType type);
bool has_clock(TimeType type);

/// Every reading of a day with every reading of a clock time (or part of a day).
std::optional<Time> on_day(const Time& date, const Time& clock);

}  // namespace parley::intents
