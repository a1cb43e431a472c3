// Dates as people say them, resolved against a day: "next monday", "3 march", "in two weeks", "de 15e".
//
// A week begins on Monday. A plain weekday is the next such day after today; "next friday" is the friday of
// next week; a day and month without a year is the next such date, today included.
//
// Thread rule: pure functions.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "intents/entities/grammar.h"

namespace parley::intents {

struct CalendarContext {
  std::chrono::sys_days today;  // in the person's time zone
  bool month_first = false;     // 3/4 is the fourth of March
};

struct CalendarDate {
  std::chrono::sys_days day;
  bool floating = false;  // the text left week, month or year open: a later date may be meant
};

std::optional<CalendarDate> resolve_date(const GrammarMatch& match, const Grammar& grammar,
                                         const CalendarContext& context);

/// "2026-03-03"
std::string iso_date(std::chrono::sys_days day);

/// Whether a country writes the month before the day.
bool writes_month_first(std::string_view country);

}  // namespace parley::intents
