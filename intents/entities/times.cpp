#include "intents/entities/times.h"

#include <array>
#include <charconv>

#include "intents/entities/chart.h"

namespace parley::intents {

std::optional<Meaning> made(Time time) {
  return Meaning{0, {}, std::make_shared<const Time>(std::move(time))};
}

int relative_steps(const Parts& parts) {
  if (parts.has("next") || parts.has("coming")) return 1;
  if (parts.has("last") || parts.has("past")) return -1;
  if (parts.has("after_next")) return 2;
  return parts.has("before_last") ? -2 : 0;
}

double first_number(const Parts& parts) {
  for (const Phrase* phrase : parts.phrases)
    if (phrase->meaning.number != 0) return phrase->meaning.number;
  return 0;
}

double digits(std::string_view text) {
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

const Meaning* said_year(const Parts& parts) {
  for (const std::string_view name : {"year", "spoken_year", "two_digit_year"})
    if (const Meaning* year = parts.get(name)) return year;
  return nullptr;
}

int ordinal_of(const Parts& parts) {
  const Meaning* said = parts.has("ordinal_entity") ? parts.get("ordinal_entity") : parts.get("ordinal");
  return said && said->number > 0 && said->number < 1e6 ? static_cast<int>(said->number) : 0;
}

std::optional<Meaning> instant(std::int64_t seconds) {
  Time time;
  time.type = TimeType::kDateTime;
  const Day day = day_of_seconds(seconds);
  if (year_of(day) < 1 || year_of(day) > kYearMax) return std::nullopt;
  time.half_known = true;
  time.readings.push_back({iso_date(day) + "T" + iso_time(seconds), seconds, seconds});
  return made(std::move(time));
}

std::string_view type_name(TimeType type) {
  constexpr std::array<std::string_view, 8> kNames = {"date",      "time",          "datetime", "daterange",
                                                      "timerange", "datetimerange", "duration", "set"};
  return kNames[static_cast<std::size_t>(type)];
}

bool is_range(TimeType type) {
  return type == TimeType::kDateRange || type == TimeType::kTimeRange || type == TimeType::kDateTimeRange;
}

bool has_clock(TimeType type) {
  return type != TimeType::kDate && type != TimeType::kDateRange;
}

namespace {

/// "XXXX-WXX-3" + "(T10,T16,PT6H)" -> "(XXXX-WXX-3T10,XXXX-WXX-3T16,PT6H)"
std::string joined_timex(const std::string& date, const std::string& clock, const std::string& next_date) {
  if (clock.empty() || clock[0] != '(') return date + clock;
  const std::size_t comma = clock.find(',');
  return "(" + date + clock.substr(1, comma) + next_date + clock.substr(comma + 1);
}

/// The timex of the day after, where it can be told.
std::string day_after(const TimeReading& date) {
  if (date.timex.starts_with("XXXX-WXX-"))
    return "XXXX-WXX-" + std::to_string((date.timex.back() - '0') % 7 + 1);
  return iso_date(day_of_seconds(*date.start) + std::chrono::days(1));
}

}  // namespace

std::optional<Time> on_day(const Time& date, const Time& clock) {
  if (date.type != TimeType::kDate || !date.resolved || !clock.resolved ||
      (clock.type != TimeType::kTime && clock.type != TimeType::kTimeRange))
    return std::nullopt;
  Time time;
  time.type = clock.type == TimeType::kTime ? TimeType::kDateTime : TimeType::kDateTimeRange;
  time.mod = clock.mod;
  time.half_known = clock.half_known;
  time.recurrence = date.recurrence;
  for (const TimeReading& hour : clock.readings)
    for (const TimeReading& day : date.readings) {
      const bool overnight = hour.end && *hour.end > kDaySeconds;
      TimeReading reading{
          joined_timex(day.timex, hour.timex, overnight ? day_after(day) : day.timex), {}, {}};
      if (hour.start) reading.start = *day.start + *hour.start;
      if (hour.end) reading.end = *day.start + *hour.end;
      time.readings.push_back(std::move(reading));
    }
  time.first = std::make_shared<const Time>(date);
  time.last = std::make_shared<const Time>(clock);
  return time;
}

}  // namespace parley::intents
