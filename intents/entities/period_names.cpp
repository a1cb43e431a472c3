// Periods that have a name or a number: "next week", "march 2019", "the nineties", "q3", "the first week of
// may", "the last three days". Their end is exclusive.
#include <algorithm>
#include <array>
#include <cmath>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using std::chrono::days;
using Made = std::optional<Meaning>;

Time between(std::string timex, Day begin, Day end, char unit) {
  Time time;
  time.type = TimeType::kDateRange;
  time.unit = unit;
  time.readings.push_back({std::move(timex), seconds_of(begin), seconds_of(end)});
  return time;
}

std::string span_timex(Day begin, Day end, const std::string& length) {
  return "(" + iso_date(begin) + "," + iso_date(end) + "," + length + ")";
}

Made named(std::string timex, Day begin, Day end, char unit) {
  Time time = between(std::move(timex), begin, end, unit);
  if (unit == 'M' || unit == 'Y') time.year = year_of(begin);
  if (unit == 'M') time.month = month_of(begin);
  return made(std::move(time));
}

/// The unit `name` that begins on `begin`.
Made unit_from(std::string_view name, Day begin) {
  const auto end = [&](char unit, int count) { return add_units(begin, unit, count).value_or(begin); };
  if (name == "W") return named(iso_week(begin), begin, end('W', 1), 'W');
  if (name == "WW") return named(iso_week(begin), begin, end('D', 5), 'W');
  if (name == "WE") return named(iso_week(begin) + "-WE", begin + days(5), end('W', 1), 'w');
  if (name == "M") return named(iso_date(begin).substr(0, 7), begin, end('M', 1), 'M');
  if (name == "Y") return named(iso_date(begin).substr(0, 4), begin, end('Y', 1), 'Y');
  if (name == "Q") return named(span_timex(begin, end('Q', 1), "P3M"), begin, end('Q', 1), 'Q');
  if (name == "F") return named(span_timex(begin, end('W', 2), "P2W"), begin, end('W', 2), 'F');
  if (name == "T") return named(span_timex(begin, end('Y', 10), "P10Y"), begin, end('Y', 10), 'T');
  return std::nullopt;
}

std::optional<Day> unit_start(std::string_view name, Day today, int steps) {
  if (name == "T") return make_day(year_of(today) / 10 * 10 + 10 * steps, 1, 1);
  if (name == "F") return add_units(monday_of(today), 'W', 2 * steps);
  const char unit = name[0];
  return add_units(start_of_unit(today, unit), unit, steps);
}

/// "this week", "next month", "the weekend"; "the day" is today.
Made relative_unit(const Parts& parts) {
  const std::string_view name = parts.text("period_unit");
  const int steps = relative_steps(parts);
  if (name == "D") {
    const auto day = add_units(parts.view.today, 'D', steps);
    Time time;
    if (day) time.readings.push_back({iso_date(*day), seconds_of(*day), seconds_of(*day)});
    return day ? made(std::move(time)) : std::nullopt;
  }
  const auto begin = unit_start(name, parts.view.today, steps);
  return begin ? unit_from(name, *begin) : std::nullopt;
}

/// Moves of clock units count from now.
Made clock_span(const Parts& parts, const Time& length, bool ahead) {
  const std::int64_t seconds = *length.readings[0].start;
  const std::int64_t from = ahead ? parts.view.now() : parts.view.now() - seconds;
  const auto stamp = [](std::int64_t at) { return iso_date(day_of_seconds(at)) + "T" + iso_time(at); };
  if (seconds > 100 * 365 * kDaySeconds) return std::nullopt;
  Time time;
  time.type = TimeType::kDateTimeRange;
  time.readings.push_back(
      {"(" + stamp(from) + "," + stamp(from + seconds) + "," + length.readings[0].timex + ")", from,
       from + seconds});
  return made(std::move(time));
}

/// The working days of a range, each named.
std::vector<std::string> working_days(Day begin, Day end) {
  std::vector<std::string> list;
  for (Day day = begin; day < end && list.size() < 60; day += days(1))
    if (weekday_of(day) <= 5) list.push_back(iso_date(day));
  return list;
}

/// Whole units counted from tomorrow, or back from today; decades from their own beginnings.
Made counted(const Parts& parts, bool ahead, bool from_today) {
  const auto length = parts.any_time();
  if (!length || length->unit == '\0' || !length->mod.empty() || length->amount > kUnitsMax)
    return std::nullopt;
  const char unit = length->unit;
  if (unit == 's' || unit == 'i' || unit == 'h') return clock_span(parts, *length, ahead);
  const int count = static_cast<int>(length->amount);
  if (length->amount != count) return std::nullopt;
  const Day today = parts.view.today;
  const std::optional<Day> begin = !ahead       ? add_units(today, unit, -count)
                                   : from_today ? std::optional(today)
                                                : add_units(today, unit == 'B' ? 'B' : 'D', 1);
  auto end = !ahead  ? std::optional(today)
             : begin ? add_units(*begin, unit, unit == 'B' ? count - 1 : count)
                     : begin;
  if (!begin || !end) return std::nullopt;
  if (unit == 'B' && ahead) *end += days(1);
  Time time = between(span_timex(*begin, *end, length->readings[0].timex), *begin, *end, unit);
  if (unit == 'B') time.list = working_days(*begin, *end);
  return made(std::move(time));
}

/// "the next two decades", "the coming three quarters": whole ones of the calendar.
Made counted_calendar_units(const Parts& parts) {
  const std::string_view name = parts.text("calendar_unit");
  const Meaning* number = parts.get("number");
  const double few = !number && !parts.has("few") ? 1
                     : number                     ? number->number
                     : parts.has("few")           ? parts.get("few")->number
                                                  : 0;
  if (few < 1 || few > 1'000 || few != std::floor(few)) return std::nullopt;
  const int count = static_cast<int>(few);
  const int steps = relative_steps(parts);
  const auto begin = unit_start(name, parts.view.today, steps > 0 ? 1 : -count);
  const auto end = unit_start(name, parts.view.today, steps > 0 ? 1 + count : 0);
  if (!begin || !end || steps == 0 || (name != "T" && name != "Q")) return std::nullopt;
  return named(
      span_timex(*begin, *end, iso_duration(count * (name == "T" ? 10 : 3), name == "T" ? 'Y' : 'M')), *begin,
      *end, 'T');
}

/// A range that comes round each year: the last one that began before today, and the coming one.
Made each_year(const Parts& parts, int m, int length_months, const std::string& timex, char unit) {
  const int now = year_of(parts.view.today);
  const Day month = first_of_month(parts.view.today);
  const int future = *make_day(now, m, 1) < month ? now + 1 : now;
  Time time;
  time.type = TimeType::kDateRange;
  time.unit = unit;
  time.month = m;
  time.recurrence = Recurrence::kYearly;
  for (const int y : {future - 1, future})
    if (const auto begin = make_day(y, m, 1))
      time.readings.push_back({timex, seconds_of(*begin), seconds_of(*add_months(*begin, length_months))});
  return made(std::move(time));
}

int year_said(const Parts& parts) {
  if (const Meaning* year = said_year(parts)) {
    const int number = static_cast<int>(year->number);
    return year->text == "short" ? (number < 40 ? 2000 : 1900) + number : number;
  }
  const Time* range = parts.time("daterange");
  return range && range->unit == 'Y' ? range->year : 0;
}

Made month(const Parts& parts) {
  const int m =
      static_cast<int>(parts.has("month") ? parts.get("month")->number : parts.get("small")->number);
  int y = year_said(parts);
  if (m < 1 || m > 12 || (parts.has("daterange") && y == 0)) return std::nullopt;
  const Day today = parts.view.today;
  const bool relative = parts.has("this") || parts.has("next") || parts.has("last") || parts.has("coming");
  if (relative) {
    y = year_of(today) + relative_steps(parts);
    if (parts.has("coming") && m > month_of(today)) --y;
  }
  if (y == 0) return each_year(parts, m, 1, open_date(0, m, 0).substr(0, 7), 'M');
  const auto begin = make_day(y, m, 1);
  return begin ? unit_from("M", *begin) : std::nullopt;
}

Made whole_year(const Parts& parts) {
  const int y = year_said(parts);
  const auto begin = make_day(y, 1, 1);
  const auto meaning = begin ? unit_from("Y", *begin) : std::nullopt;
  if (!meaning) return std::nullopt;
  Time time = *meaning->time;
  time.amount = 1;  // a year by its number, not "this year"
  return made(std::move(time));
}

/// "the nineties", "the 1990s": of two digits the last century and this one.
Made decade(const Parts& parts) {
  const Meaning* word = parts.get("decade");
  const Meaning* said = word ? word : parts.get("digits");
  const int number = static_cast<int>(said->number);
  const bool four = !word && said->text.size() == 4;
  if (number % 10 != 0 || (!word && !four && said->text.size() != 2) || number > 2900) return std::nullopt;
  if (four) return unit_from("T", *make_day(std::max(number, 1), 1, 1));
  Time time;
  time.type = TimeType::kDateRange;
  time.unit = 'T';
  char timex[48];
  std::snprintf(timex, sizeof timex, "(XX%02d-01-01,XX%02d-01-01,P10Y)", number % 100, (number + 10) % 100);
  for (const int century : {1900, 2000})
    time.readings.push_back({timex, seconds_of(*make_day(century + number % 100, 1, 1)),
                             seconds_of(*make_day(century + number % 100 + 10, 1, 1))});
  return made(std::move(time));
}

Made century(const Parts& parts) {
  const double number = ordinal_of(parts);
  if (number < 2 || number > 90) return std::nullopt;
  const auto begin = make_day(static_cast<int>(number - 1) * 100, 1, 1);
  const auto end = make_day(static_cast<int>(number) * 100, 1, 1);
  return named(span_timex(*begin, *end, "P100Y"), *begin, *end, 'C');
}

/// "q3", "the first quarter of 2019"
Made quarter(const Parts& parts) {
  const Meaning* name = parts.get("quarter_name");
  const int q = name ? static_cast<int>(name->number) : ordinal_of(parts);
  const int y = year_said(parts);
  if (q < 1 || q > 4 || (parts.has("daterange") && y == 0)) return std::nullopt;
  const int m = 3 * q - 2;
  if (y != 0) return unit_from("Q", *make_day(y, m, 1));
  const std::string end = q == 4 ? "XXXX-01-01" : open_date(0, m + 3, 1);
  return each_year(parts, m, 3, "(" + open_date(0, m, 1) + "," + end + ",P3M)", 'Q');
}

/// ISO 8601: the first week is the one with the year's first thursday.
Day first_week(Day begin) {
  return monday_of(begin + days(3));
}

Made week_number(const Parts& parts) {
  const Meaning* said = parts.has("small") ? parts.get("small") : parts.get("digits");
  const int number = said ? static_cast<int>(std::min(said->number, 99.0)) : ordinal_of(parts);
  const int y = year_said(parts) != 0 ? year_said(parts) : year_of(parts.view.today);
  const auto begin = make_day(y, 1, 1);
  if (!begin || number < 1 || number > 53) return std::nullopt;
  return unit_from("W", first_week(*begin) + days(7 * (number - 1)));
}

/// "the last week of december": a week belongs to the month of its thursday.
Made week_of_month(const Parts& parts) {
  const Time* month = parts.time("daterange");
  if (!month) return week_number(parts);
  const int nth = parts.has("last") ? -1 : ordinal_of(parts);
  if (month->unit == 'Y' && nth > 0) return week_number(parts);
  if (month->unit != 'M' || nth > 5 || nth == 0) return std::nullopt;
  Time time;
  time.type = TimeType::kDateRange;
  time.unit = 'W';
  for (const TimeReading& reading : month->readings) {
    const Day begin = first_week(day_of_seconds(*reading.start));
    const Day last = first_week(day_of_seconds(*reading.end)) - days(7);
    const Day monday = nth < 0 ? last : begin + days(7 * (nth - 1));
    const int number = static_cast<int>((monday - begin).count()) / 7 + 1;
    time.readings.push_back(
        {reading.timex + "-W0" + std::to_string(number), seconds_of(monday), seconds_of(monday + days(7))});
  }
  return made(std::move(time));
}

/// "the week of april 10th"
Made week_with(const Parts& parts) {
  const Time* date = parts.time("date");
  Time time;
  time.type = TimeType::kDateRange;
  time.unit = 'W';
  for (const TimeReading& reading : date->readings) {
    if (!reading.start) return std::nullopt;
    const Day monday = monday_of(day_of_seconds(*reading.start));
    time.readings.push_back({reading.timex, seconds_of(monday), seconds_of(monday + days(7))});
  }
  return made(std::move(time));
}

/// The weekend nearest to a day that lies in its week.
Made weekend_of(const Parts& parts) {
  const Time* date = parts.time("date");
  const auto start = date->readings.back().start;
  return start ? unit_from("WE", monday_of(day_of_seconds(*start))) : std::nullopt;
}

/// The year that is said, by number or seen from today; 0 for none.
int year_meant(const Parts& parts) {
  const bool relative = parts.has("this") || parts.has("next") || parts.has("last") || parts.has("coming");
  return relative ? year_of(parts.view.today) + relative_steps(parts) : year_said(parts);
}

/// Seasons and fiscal years differ from place to place: named, but given no dates.
Made season(const Parts& parts) {
  Time time;
  time.type = TimeType::kDateRange;
  time.resolved = false;
  const int y = year_meant(parts);
  const std::string year = y == 0 ? "" : std::to_string(y) + "-";
  time.readings.push_back({year + std::string(parts.text("season")), {}, {}});
  return made(std::move(time));
}

Made special_year(const Parts& parts) {
  Time time;
  time.type = TimeType::kDateRange;
  time.resolved = false;
  const int y = year_meant(parts);
  time.readings.push_back(
      {std::string(parts.text("special_year")) + (y == 0 ? "XXXX" : std::to_string(y)), {}, {}});
  return made(std::move(time));
}

/// "the rest of the week": from today to its last day.
Made rest_of(const Parts& parts) {
  const auto range = parts.any_time();
  if (!range || range->type != TimeType::kDateRange || range->readings.size() != 1) return std::nullopt;
  const Day end = day_of_seconds(*range->readings[0].end) - days(1);
  const Day today = parts.view.today;
  if (end < today) return std::nullopt;
  return named(span_timex(today, end, iso_duration(static_cast<double>((end - today).count()), 'D')), today,
               end, 'D');
}

/// "the year to date"
Made to_date(const Parts& parts) {
  const auto range = parts.any_time();
  if (!range || range->type != TimeType::kDateRange || !range->readings[0].start) return std::nullopt;
  Time time = *range;
  time.readings[0].end = seconds_of(parts.view.today);
  return made(std::move(time));
}

constexpr std::array<NamedMeaning, 18> kMeanings = {{
    {"relative_unit", relative_unit},
    {"next_units", [](const Parts& p) { return counted(p, true, false); }},
    {"last_units", [](const Parts& p) { return counted(p, false, false); }},
    {"within_units", [](const Parts& p) { return counted(p, true, true); }},
    {"calendar_units", counted_calendar_units},
    {"month", month},
    {"whole_year", whole_year},
    {"decade", decade},
    {"century", century},
    {"quarter", quarter},
    {"week_number", week_number},
    {"week_of_month", week_of_month},
    {"week_with", week_with},
    {"weekend_of", weekend_of},
    {"season", season},
    {"special_year", special_year},
    {"rest_of", rest_of},
    {"to_date", to_date},
}};

}  // namespace

std::span<const NamedMeaning> period_name_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
