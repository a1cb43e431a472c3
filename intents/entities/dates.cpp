// Single days. A date that leaves its year, month or week open has two readings: the last such day before
// today, and the first from today on. "friday" said on a friday is today or a week ago.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using std::chrono::days;
using Made = std::optional<Meaning>;

constexpr int kYearsSearched = 8;    // for a 29th of February
constexpr int kMonthsSearched = 60;  // for a friday that is a 14th

int whole(const Parts& parts, std::string_view name) {
  const Meaning* part = parts.get(name);
  return part && part->number == std::floor(part->number) && std::fabs(part->number) < 1e6
             ? static_cast<int>(part->number)
             : 0;
}

Made dated(std::string timex, std::vector<Day> choices, Recurrence recurrence, int y, int m, int d) {
  Time time;
  time.recurrence = recurrence;
  time.year = y;
  time.month = m;
  time.day = d;
  for (const Day day : choices)
    time.readings.push_back({timex, seconds_of(day), seconds_of(day)});
  if (choices.empty()) {
    time.readings.push_back({timex, std::nullopt, std::nullopt});
    time.resolved = false;
  }
  return made(std::move(time));
}

Made exactly(Day day) {
  return dated(iso_date(day), {day}, Recurrence::kNever, year_of(day), month_of(day), day_of(day));
}

Made exactly(std::optional<Day> day) {
  return day ? exactly(*day) : std::nullopt;
}

/// The nearest days that `make(step)` gives for steps back and forth from today.
template <typename Make>
std::vector<Day> around(Day today, int steps, const Make& make) {
  std::vector<Day> found;
  for (int step = 0; step >= -steps && found.empty(); --step)
    if (const std::optional<Day> day = make(step); day && *day < today) found.push_back(*day);
  for (int step = 0; step <= steps; ++step)
    if (const std::optional<Day> day = make(step); day && *day >= today) {
      found.push_back(*day);
      break;
    }
  return found;
}

Made yearly(const Viewpoint& view, int m, int d) {
  const int now = year_of(view.today);
  return dated(open_date(0, m, d),
               around(view.today, kYearsSearched, [&](int step) { return make_day(now + step, m, d); }),
               Recurrence::kYearly, 0, m, d);
}

Made in_year(int y, int m, int d) {
  const auto day = make_day(y, m, d);
  return dated(open_date(y, m, d), day ? std::vector{*day} : std::vector<Day>{}, Recurrence::kNever, y, m, d);
}

/// Two digits of a year from 30 to 39 may mean either century.
Made in_short_year(int y, int m, int d) {
  if (y < 30) return in_year(2000 + y, m, d);
  if (y >= 40) return in_year(1900 + y, m, d);
  std::vector<Day> choices;
  for (const int century : {1900, 2000})
    if (const auto day = make_day(century + y, m, d)) choices.push_back(*day);
  return dated("XX" + open_date(y, m, d).substr(2), choices, Recurrence::kNever, 2000 + y, m, d);
}

Made month_day(const Parts& parts, int m, int d) {
  if (m < 1 || m > 12 || d < 1 || d > 31) return std::nullopt;
  const Meaning* year = said_year(parts);
  if (!year) return yearly(parts.view, m, d);
  return year->text == "short" ? in_short_year(static_cast<int>(year->number), m, d)
                               : in_year(static_cast<int>(year->number), m, d);
}

Made date_of(const Parts& parts) {
  return month_day(parts, whole(parts, "month"), whole(parts, "day_number"));
}

/// "5/12" as the country writes it; "25/12" has one reading wherever it is written.
Made numeric(const Parts& parts) {
  const Meaning* first = parts.get("small", 0);
  const Meaning* second = parts.get("small", 1);
  const int a = static_cast<int>(first->number);
  const int b = static_cast<int>(second->number);
  const bool month_first = parts.view.month_first ? a <= 12 : b > 12;
  return month_first ? month_day(parts, a, b) : month_day(parts, b, a);
}

/// Year first: then the month comes second.
Made numeric_from_year(const Parts& parts) {
  return month_day(parts, static_cast<int>(parts.get("small", 0)->number),
                   static_cast<int>(parts.get("small", 1)->number));
}

/// "20161016"
Made compact(const Parts& parts) {
  const std::string_view text = parts.text("digits");
  if (text.size() != 8 || (text[0] != '1' && text[0] != '2')) return std::nullopt;
  const auto piece = [&](std::size_t from, std::size_t size) {
    return static_cast<int>(digits(text.substr(from, size)));
  };
  const auto day = make_day(piece(0, 4), piece(4, 2), piece(6, 2));
  return exactly(day);
}

Made weekday(const Parts& parts) {
  const int wanted = whole(parts, "weekday");
  const Day today = parts.view.today;
  const int ahead = (wanted - weekday_of(today) + 7) % 7;
  return dated("XXXX-WXX-" + std::to_string(wanted), {today + days(ahead - 7), today + days(ahead)},
               Recurrence::kWeekly, 0, 0, 0);
}

/// "friday the 14th": the nearest months in which the 14th is a friday.
Made weekday_day(const Parts& parts) {
  const int wanted = whole(parts, "weekday");
  const int number = whole(parts, "day_number");
  const Day first = first_of_month(parts.view.today);
  const auto make = [&](int step) -> std::optional<Day> {
    const auto month = add_months(first, step);
    const auto day = month ? make_day(year_of(*month), month_of(*month), number) : std::nullopt;
    return day && weekday_of(*day) == wanted ? day : std::nullopt;
  };
  if (const auto now = make(0)) return exactly(now);
  return dated("XXXX-WXX-" + std::to_string(wanted), around(parts.view.today, kMonthsSearched, make),
               Recurrence::kNever, 0, 0, 0);
}

Made day_of_month(const Parts& parts) {
  const int number = whole(parts, parts.has("nth_day") ? "nth_day" : "day_number");
  const Day first = first_of_month(parts.view.today);
  return dated(open_date(0, 0, number),
               around(parts.view.today, 12,
                      [&](int step) -> std::optional<Day> {
                        const auto month = add_months(first, step);
                        return month ? make_day(year_of(*month), month_of(*month), number) : std::nullopt;
                      }),
               Recurrence::kMonthly, 0, 0, number);
}

Made relative_day(const Parts& parts) {
  return exactly(add_units(parts.view.today, 'D', whole(parts, "day")));
}

/// "next friday" is the friday of next week, "this friday" of this one; "coming" the first after today.
Made relative_weekday(const Parts& parts) {
  const int wanted = whole(parts, "weekday");
  const Day today = parts.view.today;
  if (parts.has("coming")) return exactly(today + days((wanted - weekday_of(today) + 6) % 7 + 1));
  if (parts.has("past")) return exactly(today - days((weekday_of(today) - wanted + 6) % 7 + 1));
  return exactly(monday_of(today) + days(7 * relative_steps(parts) + wanted - 1));
}

/// "tuesday next week": a weekday inside a week that was named.
Made weekday_in_week(const Parts& parts) {
  const Time* week = parts.time("daterange");
  if (week->unit != 'W' || week->readings.size() != 1 || !week->readings[0].start) return std::nullopt;
  return exactly(day_of_seconds(*week->readings[0].start) + days(whole(parts, "weekday") - 1));
}

/// "the 15th of next month": a day inside a month that was named.
Made day_in_month(const Parts& parts) {
  const Time* month = parts.time("daterange");
  if (month->unit != 'M' || month->readings.size() != 1 || month->year == 0) return std::nullopt;
  const Day first = day_of_seconds(*month->readings[0].start);
  return exactly(make_day(year_of(first), month_of(first), whole(parts, "day_number")));
}

/// "in 3 days", "2 hours ago", "3 days after friday": `sign` forward or back, from `base` (now when null).
Made moved(const Parts& parts, int sign, const Time* base) {
  const Time* by = parts.time("duration");
  const double amount = by->amount * sign;
  const bool by_clock = by->unit == 's' || by->unit == 'i' || by->unit == 'h';
  if (by->readings.size() != 1 || by->unit == '\0' || std::fabs(amount) > kUnitsMax) return std::nullopt;
  if (base && !by->mod.empty()) return std::nullopt;  // "more than 2 days before ..." is a period
  const std::int64_t from = base ? base->readings.back().start.value_or(0) : parts.view.now();
  if (by_clock && (!base || base->type == TimeType::kDateTime))
    return instant(from + static_cast<std::int64_t>(std::llround(amount * unit_seconds(by->unit))));
  if (by_clock || (base && base->type != TimeType::kDate)) return std::nullopt;
  if (amount != std::floor(amount))
    return exactly(day_of_seconds(from + static_cast<std::int64_t>(amount * unit_seconds(by->unit))));
  return exactly(add_units(day_of_seconds(from), by->unit, static_cast<int>(amount)));
}

/// "tuesday two months from today": the first such weekday on or after that day.
Made weekday_from(const Parts& parts) {
  const auto date = parts.any_time();
  if (date->readings.empty()) return std::nullopt;
  const Day from = day_of_seconds(date->readings.back().start.value_or(parts.view.now()));
  return exactly(from + days((whole(parts, "weekday") - weekday_of(from) + 7) % 7));
}

/// The day of a holiday in a year: "12-25", "easter+1", "11-4/4" (month, weekday, the nth
/// one, -1 the last; "+1": the day after it).
std::optional<Day> holiday_in(std::string_view rule, int y) {
  if (y < 1 || y > kYearMax) return std::nullopt;
  if (rule.starts_with("easter")) {
    int distance = 0;
    const std::string_view number = rule.substr(rule.size() > 6 && rule[6] == '+' ? 7 : 6);
    std::from_chars(number.data(), number.data() + number.size(), distance);
    return easter(y) + days(distance);
  }
  int m = 0, second = 0, nth = 0, later = 0;
  const int read = std::sscanf(std::string(rule).c_str(), "%d-%d/%d+%d", &m, &second, &nth, &later);
  if (read < 3) return make_day(y, m, second);
  const Day first = *make_day(y, m, 1);
  const Day from = nth > 0 ? first + days(7 * (nth - 1)) : *add_months(first, 1) - days(7);
  return from + days((second - weekday_of(from) + 7) % 7 + later);
}

Made holiday(const Parts& parts) {
  const std::string_view rule = parts.text("holiday");
  const int now = year_of(parts.view.today);
  const auto in = [&](int step) { return holiday_in(rule, now + step); };
  if (const Meaning* year = parts.get("year"))
    return exactly(holiday_in(rule, static_cast<int>(year->number)));
  if (const Time* range = parts.time("daterange"))
    return range->unit == 'Y' && range->year != 0 ? exactly(holiday_in(rule, range->year)) : std::nullopt;
  const std::vector<Day> choices = around(parts.view.today, 1, in);
  if (parts.has("next") || parts.has("coming")) return exactly(choices.back());
  if (parts.has("last")) return exactly(choices.front());
  if (parts.has("this")) return exactly(in(0));
  const bool fixed = rule.find('/') == std::string_view::npos && !rule.starts_with("easter");
  return dated(fixed ? "XXXX-" + iso_date(choices.back()).substr(5) : "XXXX-" + std::string(rule), choices,
               Recurrence::kYearly, 0, fixed ? month_of(choices.back()) : 0,
               fixed ? day_of(choices.back()) : 0);
}

/// "this friday 5/12": one date said twice; the second one says which.
Made said_twice(const Parts& parts) {
  const Time* said = parts.time("date", 1);
  const Time* first = parts.time("date", 0);
  if (said->recurrence != Recurrence::kYearly || first->recurrence != Recurrence::kNever) return std::nullopt;
  const int y = year_of(day_of_seconds(first->readings.front().start.value_or(parts.view.now())));
  const auto day = make_day(y, said->month, said->day);
  if (!day) return std::nullopt;
  return dated(open_date(0, said->month, said->day), {*day}, Recurrence::kNever, 0, said->month, said->day);
}

Made upcoming_date(const Parts& parts) {
  Time time = *parts.time("date");
  if (time.readings.size() < 2) return std::nullopt;
  time.readings.erase(time.readings.begin());
  return made(std::move(time));
}

/// A day number: 1 to 31.
Made day_number(const Parts& parts) {
  const double number = parts.phrases.empty() ? 0 : first_number(parts);
  if (number < 1 || number > 31 || number != std::floor(number)) return std::nullopt;
  return Meaning{number, {}, nullptr};
}

Made small_number(const Parts& parts) {
  const Meaning* digits = parts.get("digits");
  if (digits->text.size() > 2 || digits->number > 31) return std::nullopt;
  return Meaning{digits->number, {}, nullptr};
}

Made year(const Parts& parts) {
  const Meaning* digits = parts.get("digits");
  if (digits && digits->text.size() == 4 && digits->number >= 1000 && digits->number < 3000)
    return Meaning{digits->number, {}, nullptr};
  const Meaning* words = parts.get("cardinal");
  if (words && words->text.empty() && words->number >= 1100 && words->number < 2100)
    return Meaning{words->number, {}, nullptr};
  return std::nullopt;
}

Made short_year(const Parts& parts) {
  const Meaning* digits = parts.get("digits");
  if (digits->text.size() != 2) return std::nullopt;
  return Meaning{digits->number, "short", nullptr};
}

Made same_date(const Parts& parts) {
  const auto date = parts.any_time();
  return date ? std::optional(Meaning{0, {}, date}) : std::nullopt;
}

constexpr std::array<NamedMeaning, 27> kMeanings = {{
    {"date_of", date_of},
    {"numeric_date", numeric},
    {"year_first_date", numeric_from_year},
    {"compact_date", compact},
    {"weekday", weekday},
    {"weekday_day", weekday_day},
    {"day_of_month", day_of_month},
    {"relative_day", relative_day},
    {"relative_weekday", relative_weekday},
    {"weekday_in_week", weekday_in_week},
    {"day_in_month", day_in_month},
    {"from_now", [](const Parts& p) { return moved(p, 1, nullptr); }},
    {"ago", [](const Parts& p) { return moved(p, -1, nullptr); }},
    {"after_date", [](const Parts& p) { return moved(p, 1, p.any_time(1).get()); }},
    {"before_date", [](const Parts& p) { return moved(p, -1, p.any_time(1).get()); }},
    {"weekday_from", weekday_from},
    {"today", [](const Parts& p) { return exactly(p.view.today); }},
    {"day_after", [](const Parts& p) { return exactly(p.view.today + days(1)); }},
    {"day_before", [](const Parts& p) { return exactly(p.view.today - days(1)); }},
    {"holiday", holiday},
    {"said_twice", said_twice},
    {"upcoming_date", upcoming_date},
    {"day_number", day_number},
    {"small_number", small_number},
    {"year", year},
    {"short_year", short_year},
    {"same", same_date},
}};

}  // namespace

std::span<const NamedMeaning> date_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
