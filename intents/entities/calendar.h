// Calendar arithmetic over the Gregorian calendar, in plain days and seconds, and the names that TIMEX3 gives
// to days and units.
//
// Years outside 1 to 9999 are no dates here. A week begins on Monday; ISO 8601 numbers weeks.
//
// Thread rule: pure functions.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::intents {

using Day = std::chrono::sys_days;

inline constexpr std::int64_t kDaySeconds = 86'400;
inline constexpr int kYearMax = 9999;
inline constexpr double kUnitsMax = 100'000;  // "in 9999999 years" is no date

/// nullopt: there is no such day.
std::optional<Day> make_day(int year, int month, int day);
int year_of(Day day);
int month_of(Day day);
int day_of(Day day);
int weekday_of(Day day);  // Monday is 1
Day monday_of(Day day);
Day first_of_month(Day day);
Day first_of_year(Day day);
Day easter(int year);

/// Moved back to the month's last day where it has fewer days; nullopt outside the calendar.
std::optional<Day> add_months(Day from, int count);
/// Units D, W, M, Y, and B: Monday to Friday. nullopt outside the calendar.
std::optional<Day> add_units(Day from, char unit, int count);
/// The first day of the unit (W, M, Y, Q: quarter) that `day` lies in.
Day start_of_unit(Day day, char unit);

std::int64_t seconds_of(Day day);
Day day_of_seconds(std::int64_t seconds);
/// Seconds of one unit: s, i (minute), h, D, W, M (30 days), Y (365 days).
double unit_seconds(char unit);

/// "2026-03-03"
std::string iso_date(Day day);
/// "14:30:00"
std::string iso_time(std::int64_t seconds);
/// "2026-W10"
std::string iso_week(Day day);
/// "XXXX-03-01": 0 stands for a part that was left open.
std::string open_date(int year, int month, int day);
/// "P3D", "PT1.5H"
std::string iso_duration(double amount, char unit);
/// "T14", "T14:30", "T14:30:05": as exact as it was said.
std::string clock_timex(int hour, int minute, int second);

/// Whether a country writes the month before the day.
bool writes_month_first(std::string_view country);

}  // namespace parley::intents
