#include "intents/entities/calendar.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "intents/entities/numbers.h"

namespace parley::intents {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr double kUnitsMax = 10'000;  // "in 9999999 years" is no date

int to_int(std::string_view text) {
  int value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

/// What a rule needs: the match, the tables and the day it is seen from.
struct Reader {
  const GrammarMatch& match;
  const Grammar& grammar;
  sys_days today;
  bool month_first;

  int table_number(std::string_view table) const {
    const std::string* value = grammar.look_up(table, match.get(table));
    return value ? to_int(*value) : 0;
  }
  int weekday_distance() const {  // from today's weekday to the one named, -6 to 6
    const auto today_index = static_cast<int>(std::chrono::weekday(today).iso_encoding());
    return table_number("weekday") - today_index;
  }
  sys_days monday() const { return today - days(std::chrono::weekday(today).iso_encoding() - 1); }
  std::optional<int> day_number() const { return parse_ordinal(match.get("day_number"), grammar); }
  std::optional<int> written_year() const {
    std::string_view text = match.get("year");
    if (text.empty()) return std::nullopt;
    if (text[0] == '\'') text.remove_prefix(1);
    return text.size() <= 2 ? 2000 + to_int(text) : to_int(text);
  }
};

using Resolved = std::optional<CalendarDate>;

Resolved exact(int y, int m, int d) {
  const year_month_day date(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
  if (m < 1 || d < 1 || y < 1000 || y > 9999 || !date.ok()) return std::nullopt;
  return CalendarDate{sys_days(date), false};
}

/// The first such date from today on; the 29th of February may be years away.
Resolved upcoming(sys_days today, int m, int d) {
  const int first_year = static_cast<int>(year_month_day(today).year());
  for (int y = first_year; y <= first_year + 8; ++y) {
    const Resolved date = exact(y, m, d);
    if (date && date->day >= today) return CalendarDate{date->day, true};
  }
  return std::nullopt;
}

Resolved month_day(const Reader& reader, int m, int d) {
  const auto written = reader.written_year();
  return written ? exact(*written, m, d) : upcoming(reader.today, m, d);
}

/// A date some months from `from`, moved back to the month's last day where it has fewer days.
sys_days add_months(sys_days from, int count) {
  const year_month_day date = year_month_day(from) + months(count);
  return date.ok() ? sys_days(date) : sys_days(date.year() / date.month() / std::chrono::last);
}

Resolved add_units(const Reader& reader, std::string_view unit, int count) {
  if (unit == "day") return CalendarDate{reader.today + days(count)};
  if (unit == "week") return CalendarDate{reader.today + days(7 * count)};
  if (unit == "fortnight") return CalendarDate{reader.today + days(14 * count)};
  if (unit == "month") return CalendarDate{add_months(reader.today, count)};
  if (unit == "year") return CalendarDate{add_months(reader.today, 12 * count)};
  return std::nullopt;
}

std::string_view unit_of(const Reader& reader) {
  const std::string* unit = reader.grammar.look_up("unit", reader.match.get("unit"));
  return unit ? std::string_view(*unit) : std::string_view();
}

Resolved counted_units(const Reader& reader, int sign) {
  const auto count = parse_count(reader.match.get("count"), reader.grammar);
  if (!count || *count > kUnitsMax || *count != std::floor(*count)) return std::nullopt;
  return add_units(reader, unit_of(reader), sign * static_cast<int>(*count));
}

Resolved plain_weekday(const Reader& reader) {
  const int distance = reader.weekday_distance();
  return CalendarDate{reader.today + days(distance > 0 ? distance : distance + 7), true};
}

Resolved weekday_in(const Reader& reader, int weeks) {
  return CalendarDate{reader.monday() + days(7 * weeks + reader.table_number("weekday") - 1)};
}

Resolved weekday_before(const Reader& reader) {
  const int distance = reader.weekday_distance();
  return CalendarDate{reader.today + days(distance < 0 ? distance : distance - 7)};
}

Resolved day_of_month(const Reader& reader) {
  const auto number = reader.day_number();
  if (!number) return std::nullopt;
  const year_month_day today(reader.today);
  for (int ahead = 0; ahead < 12; ++ahead) {
    const auto in = today.year() / today.month() / 1 + months(ahead);
    const auto date =
        exact(static_cast<int>(in.year()), static_cast<int>(static_cast<unsigned>(in.month())), *number);
    if (date && date->day >= reader.today) return CalendarDate{date->day, true};
  }
  return std::nullopt;
}

Resolved day_of_next_month(const Reader& reader) {
  const year_month_day today(reader.today);
  const auto in = today.year() / today.month() / 1 + months(1);
  return exact(static_cast<int>(in.year()), static_cast<int>(static_cast<unsigned>(in.month())),
               reader.day_number().value_or(0));
}

Resolved next_unit(const Reader& reader) {
  const std::string_view unit = unit_of(reader);
  const year_month_day today(reader.today);
  if (unit == "day") return CalendarDate{reader.today + days(1)};
  if (unit == "week") return CalendarDate{reader.monday() + days(7)};
  if (unit == "month") return CalendarDate{sys_days(today.year() / today.month() / 1 + months(1))};
  if (unit == "year") return CalendarDate{sys_days((today.year() + years(1)) / 1 / 1)};
  return std::nullopt;
}

Resolved numeric_date(const Reader& reader) {
  const int first = to_int(reader.match.get("first"));
  const int second = to_int(reader.match.get("second"));
  const Resolved usual =
      reader.month_first ? month_day(reader, first, second) : month_day(reader, second, first);
  // 25/12 has only one reading, whatever the country.
  return usual                ? usual
         : reader.month_first ? month_day(reader, second, first)
                              : month_day(reader, first, second);
}

struct Meaning {
  std::string_view name;
  Resolved (*resolve)(const Reader&);
};

constexpr std::array<Meaning, 18> kMeanings = {{
    {"day", [](const Reader& r) -> Resolved { return CalendarDate{r.today + days(r.table_number("day"))}; }},
    {"weekday", plain_weekday},
    {"weekday_next_week", [](const Reader& r) { return weekday_in(r, 1); }},
    {"weekday_week_after", [](const Reader& r) { return weekday_in(r, 2); }},
    {"weekday_before", weekday_before},
    {"month_day",
     [](const Reader& r) { return month_day(r, r.table_number("month"), r.day_number().value_or(0)); }},
    {"day_of_month", day_of_month},
    {"day_of_next_month", day_of_next_month},
    {"in_units", [](const Reader& r) { return counted_units(r, 1); }},
    {"units_ago", [](const Reader& r) { return counted_units(r, -1); }},
    {"next_unit", next_unit},
    {"week_after_next", [](const Reader& r) -> Resolved { return CalendarDate{r.monday() + days(14)}; }},
    {"weekend", [](const Reader& r) -> Resolved { return CalendarDate{r.monday() + days(5)}; }},
    {"month_end",
     [](const Reader& r) -> Resolved {
       const year_month_day today(r.today);
       return CalendarDate{sys_days(today.year() / today.month() / std::chrono::last)};
     }},
    {"new_year", [](const Reader& r) { return upcoming(r.today, 1, 1); }},
    {"christmas", [](const Reader& r) { return upcoming(r.today, 12, 25); }},
    {"year_month_day",
     [](const Reader& r) {
       return exact(to_int(r.match.get("year")), to_int(r.match.get("first")), to_int(r.match.get("second")));
     }},
    {"numeric_date", numeric_date},
}};

}  // namespace

std::optional<CalendarDate> resolve_date(const GrammarMatch& match, const Grammar& grammar,
                                         const CalendarContext& context) {
  for (const auto& [name, resolve] : kMeanings)
    if (name == match.rule->meaning) return resolve({match, grammar, context.today, context.month_first});
  return std::nullopt;
}

std::string iso_date(sys_days date_day) {
  const year_month_day date(date_day);
  char text[16];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(date.year()) % 10'000,
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text;
}

bool writes_month_first(std::string_view country) {
  return country == "US" || country == "PH" || country == "FM";
}

}  // namespace parley::intents
