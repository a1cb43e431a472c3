#include "intents/entities/calendar.h"

#include <array>
#include <cmath>
#include <cstdio>

namespace parley::intents {
namespace {

using std::chrono::day;
using std::chrono::days;
using std::chrono::month;
using std::chrono::months;
using std::chrono::year;
using std::chrono::year_month_day;

template <typename... Values>
std::string text_of(const char* format, Values... values) {
  char text[64];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

bool in_calendar(year y) {
  return y >= year(1) && y <= year(kYearMax);
}

Day add_working_days(Day from, int count) {
  const int step = count < 0 ? -1 : 1;
  while (count != 0) {
    from += days(step);
    if (weekday_of(from) <= 5) count -= step;
  }
  return from;
}

}  // namespace

std::optional<Day> make_day(int y, int m, int d) {
  const year_month_day date(year(y), month(static_cast<unsigned>(m)), day(static_cast<unsigned>(d)));
  if (m < 1 || d < 1 || y < 1 || y > kYearMax || !date.ok()) return std::nullopt;
  return Day(date);
}

int year_of(Day at) {
  return static_cast<int>(year_month_day(at).year());
}
int month_of(Day at) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(at).month()));
}
int day_of(Day at) {
  return static_cast<int>(static_cast<unsigned>(year_month_day(at).day()));
}
int weekday_of(Day at) {
  return static_cast<int>(std::chrono::weekday(at).iso_encoding());
}
Day monday_of(Day at) {
  return at - days(weekday_of(at) - 1);
}
Day first_of_month(Day at) {
  const year_month_day date(at);
  return Day(date.year() / date.month() / 1);
}
Day first_of_year(Day at) {
  return Day(year_month_day(at).year() / 1 / 1);
}

// The anonymous Gregorian algorithm (Nature, 1876), as Meeus gives it.
Day easter(int y) {
  const int a = y % 19, b = y / 100, c = y % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  const int n = h + l - 7 * m + 114;
  return Day(year(y) / month(static_cast<unsigned>(n / 31)) / day(static_cast<unsigned>(n % 31 + 1)));
}

std::optional<Day> add_months(Day from, int count) {
  const year_month_day date = year_month_day(from) + months(count);
  if (!in_calendar(date.year())) return std::nullopt;
  return date.ok() ? Day(date) : Day(date.year() / date.month() / std::chrono::last);
}

std::optional<Day> add_units(Day from, char unit, int count) {
  if (std::abs(count) > static_cast<int>(kUnitsMax)) return std::nullopt;
  if (unit == 'M') return add_months(from, count);
  if (unit == 'Y') return add_months(from, 12 * count);
  if (unit == 'Q') return add_months(from, 3 * count);
  const Day at = unit == 'B' ? add_working_days(from, count) : from + days((unit == 'W' ? 7 : 1) * count);
  if (!in_calendar(year_month_day(at).year())) return std::nullopt;
  return at;
}

Day start_of_unit(Day at, char unit) {
  if (unit == 'W') return monday_of(at);
  if (unit == 'M') return first_of_month(at);
  if (unit == 'Y') return first_of_year(at);
  if (unit == 'Q') return *make_day(year_of(at), (month_of(at) - 1) / 3 * 3 + 1, 1);
  return at;
}

std::int64_t seconds_of(Day at) {
  return std::int64_t{at.time_since_epoch().count()} * kDaySeconds;
}
Day day_of_seconds(std::int64_t seconds) {
  return Day(
      days(static_cast<int>(std::floor(static_cast<double>(seconds) / static_cast<double>(kDaySeconds)))));
}

double unit_seconds(char unit) {
  static constexpr std::array<std::pair<char, double>, 8> kSeconds = {{{'s', 1},
                                                                       {'i', 60},
                                                                       {'h', 3'600},
                                                                       {'D', 86'400},
                                                                       {'B', 86'400},
                                                                       {'W', 604'800},
                                                                       {'M', 2'592'000},
                                                                       {'Y', 31'536'000}}};
  for (const auto& [name, seconds] : kSeconds)
    if (name == unit) return seconds;
  return 0;
}

std::string iso_date(Day at) {
  return text_of("%04d-%02d-%02d", year_of(at), month_of(at), day_of(at));
}

std::string iso_time(std::int64_t seconds) {
  const int s = static_cast<int>(((seconds % kDaySeconds) + kDaySeconds) % kDaySeconds);
  return text_of("%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
}

std::string iso_week(Day at) {
  const Day thursday = monday_of(at) + days(3);
  const int number = static_cast<int>((thursday - first_of_year(thursday)).count()) / 7 + 1;
  return text_of("%04d-W%02d", year_of(thursday), number);
}

std::string open_date(int y, int m, int d) {
  std::string text = y == 0 ? "XXXX" : text_of("%04d", y);
  text += m == 0 ? "-XX" : text_of("-%02d", m);
  return text + (d == 0 ? "-XX" : text_of("-%02d", d));
}

std::string iso_duration(double amount, char unit) {
  const bool clock = unit == 's' || unit == 'i' || unit == 'h';
  const std::string name = unit == 's'   ? "S"
                           : unit == 'i' ? "M"
                           : unit == 'h' ? "H"
                           : unit == 'B' ? "BD"
                                         : std::string(1, unit);
  return (clock ? "PT" : "P") + text_of("%.15G", amount) + name;
}

std::string clock_timex(int hour, int minute, int second) {
  std::string text = text_of("T%02d", hour);
  if (minute >= 0) text += text_of(":%02d", minute);
  if (second >= 0) text += text_of(":%02d", second);
  return text;
}

bool writes_month_first(std::string_view country) {
  return country == "US" || country == "PH" || country == "FM";
}

}  // namespace parley::intents
