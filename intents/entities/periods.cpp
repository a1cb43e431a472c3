// Periods put together: from one time to another, before or after one, its beginning or end.
//
// A range whose ends are both open has two readings, but only one when the earlier is still going on: in
// november "from october to january" is this winter.
#include <array>
#include <cmath>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using std::chrono::days;
using Made = std::optional<Meaning>;
using Times = std::shared_ptr<const Time>;

constexpr std::int64_t kHour = 3'600;
constexpr int kAdvancesMax = 64;  // years or weeks that an open end may lie after its beginning

std::string stamp(std::int64_t at) {
  return iso_date(day_of_seconds(at));
}

/// Where the range begins when `time` is its first end, or ends when it is the last one.
std::optional<std::int64_t> edge(const Time& time, const TimeReading& reading) {
  return time.mod == "end" ? reading.end : reading.start;
}

std::string edge_timex(const Time& time, const TimeReading& reading) {
  if (reading.timex == "PRESENT_REF") return stamp(*reading.start);
  if (!is_range(time.type)) return reading.timex;
  const bool open = reading.timex.starts_with("XXXX") && time.month != 0 && time.mod != "end";
  return open ? open_date(0, time.month, 1) : stamp(*edge(time, reading));
}

/// The same reading moved on until it is not before `from`; nullopt when it does not come round.
std::optional<TimeReading> advanced(const Time& time, TimeReading reading, std::int64_t from) {
  const char unit = time.recurrence == Recurrence::kWeekly    ? 'W'
                    : time.recurrence == Recurrence::kMonthly ? 'M'
                                                              : 'Y';
  const auto move = [&](std::optional<std::int64_t>& at, int count) {
    const auto day = at ? add_units(day_of_seconds(*at), unit, count) : std::nullopt;
    if (day) at = seconds_of(*day) + ((*at % kDaySeconds) + kDaySeconds) % kDaySeconds;
  };
  for (int i = 0; i < kAdvancesMax && edge(time, reading) && *edge(time, reading) < from; ++i) {
    if (time.recurrence == Recurrence::kNever) return std::nullopt;
    move(reading.start, 1);
    move(reading.end, 1);
  }
  return edge(time, reading) && *edge(time, reading) >= from ? std::optional(reading) : std::nullopt;
}

/// How long a range is, in the largest unit that both its ends share.
std::string length_of(const Time& a, const Time& b, std::int64_t begin, std::int64_t end) {
  if (has_clock(a.type) && has_clock(b.type)) {
    const std::int64_t hours = (end - begin) / kHour, minutes = (end - begin) / 60 % 60;
    std::string text = "PT";
    if (hours > 0) text += std::to_string(hours) + "H";
    return minutes > 0 ? text + std::to_string(minutes) + "M" : text;
  }
  const Day from = day_of_seconds(begin), to = day_of_seconds(end);
  const int months = 12 * (year_of(to) - year_of(from)) + month_of(to) - month_of(from);
  const bool units = is_range(a.type) && is_range(b.type);
  if (units && a.unit == 'Y' && b.unit == 'Y' && b.mod.empty()) return iso_duration(months / 12, 'Y');
  if (units && (a.unit == 'Y' || a.unit == 'M') && (b.unit == 'Y' || b.unit == 'M'))
    return iso_duration(months, 'M');
  return iso_duration(static_cast<double>((to - from).count()), 'D');
}

/// An open date in the year that the other end of its range was given, or in the year before.
std::optional<Time> in_year_of(const Time& open, const Time& closed, bool before) {
  if (open.recurrence != Recurrence::kYearly || open.month == 0) return std::nullopt;
  const std::int64_t limit = *edge(closed, closed.readings.back());
  for (int y = closed.year; y >= closed.year - 1; --y) {
    const auto begin = make_day(y, open.month, std::max(open.day, 1));
    if (!begin) continue;
    if (before && seconds_of(*begin) > limit) continue;
    Time time = open;
    time.recurrence = Recurrence::kNever;
    time.year = y;
    const Day end = open.day != 0 ? *begin : add_months(*begin, 1).value_or(*begin);
    time.readings = {{open.day != 0 ? iso_date(*begin) : iso_date(*begin).substr(0, 7), seconds_of(*begin),
                      seconds_of(end)}};
    return time;
  }
  return std::nullopt;
}

std::optional<TimeReading> joined(const Time& a, const TimeReading& from, const Time& b) {
  const auto begin = edge(a, from);
  if (!begin) return std::nullopt;
  std::optional<TimeReading> to;
  for (const TimeReading& reading : b.readings) {
    to = advanced(b, reading, *begin);
    if (to) break;
  }
  if (!to) return std::nullopt;
  const std::int64_t end = *edge(b, *to);
  if (end == *begin) return std::nullopt;
  return TimeReading{
      "(" + edge_timex(a, from) + "," + edge_timex(b, *to) + "," + length_of(a, b, *begin, end) + ")", begin,
      end};
}

Made day_range(const Viewpoint& view, const Times& first, const Times& last) {
  Time a = *first;
  if (a.year == 0 && last->year != 0)
    if (auto closed = in_year_of(a, *last, true)) a = *closed;
  Time time;
  time.type =
      has_clock(first->type) || has_clock(last->type) ? TimeType::kDateTimeRange : TimeType::kDateRange;
  for (const TimeReading& reading : a.readings) {
    auto range = joined(a, reading, *last);
    if (!range) continue;
    const bool going_on = *range->end >= seconds_of(view.today);
    time.readings.push_back(std::move(*range));
    if (going_on) break;
  }
  if (time.readings.empty()) return std::nullopt;
  time.recurrence = a.recurrence;
  time.first = std::make_shared<const Time>(a);
  time.last = last;
  return made(std::move(time));
}

/// The latest reading of `a` that is before `at`.
const TimeReading* latest_before(const Time& a, std::int64_t at) {
  const TimeReading* best = nullptr;
  for (const TimeReading& reading : a.readings)
    if (*reading.start < at && (!best || *reading.start > *best->start)) best = &reading;
  return best;
}

TimeReading clock_reading(const Time& a, const TimeReading& from, const Time& b, const TimeReading& to,
                          std::int64_t end) {
  return {"(" + from.timex + "," + to.timex + "," + length_of(a, b, *from.start, end) + ")", *from.start,
          end};
}

/// "5 to 7": both in the morning or both in the afternoon; "from 5 to 6pm": the six says which five.
std::optional<Time> clock_range(const Time& a, const Time& b) {
  Time time;
  time.type = TimeType::kTimeRange;
  time.first = std::make_shared<const Time>(a);
  time.last = std::make_shared<const Time>(b);
  if (b.half_known) {
    const TimeReading& to = b.readings.back();
    const TimeReading* from = latest_before(a, *to.start);
    const bool overnight = from == nullptr;
    if (overnight) from = &a.readings.back();
    time.half_known = true;
    time.readings.push_back(clock_reading(a, *from, b, to, *to.start + (overnight ? kDaySeconds : 0)));
    return time;
  }
  for (const TimeReading& from : a.readings) {
    const TimeReading* to = nullptr;
    std::int64_t end = 0;
    for (const TimeReading& reading : b.readings)
      for (const std::int64_t at : {*reading.start, *reading.start + kDaySeconds})
        if (at > *from.start && (!to || at < end)) {
          to = &reading;
          end = at;
        }
    time.readings.push_back(clock_reading(a, from, b, *to, end));
  }
  time.half_known = a.half_known;
  return time;
}

bool is_point_or_unit(const Time& time) {
  return time.resolved && time.type != TimeType::kDuration && time.type != TimeType::kSet &&
         !time.readings.empty() &&
         (time.mod.empty() || time.mod == "end" || time.mod == "start" || time.mod == "mid") &&
         time.readings[0].start;
}

Made on_day_range(const Time& date, const std::optional<Time>& clock) {
  auto time = clock ? on_day(date, *clock) : std::nullopt;
  return time ? made(std::move(*time)) : std::nullopt;
}

Made range_of(const Viewpoint& view, const Times& a, const Times& b) {
  if (!a || !b || !is_point_or_unit(*a) || !is_point_or_unit(*b)) return std::nullopt;
  if (a->type == TimeType::kTime && b->type == TimeType::kTime) {
    const auto clock = clock_range(*a, *b);
    return clock ? made(*clock) : std::nullopt;
  }
  if (a->type == TimeType::kDateTime && b->type == TimeType::kTime && a->first)
    return on_day_range(*a->first, clock_range(*a->last, *b));
  if (a->type == TimeType::kTime && b->type == TimeType::kDateTime && b->first)
    return on_day_range(*b->first, clock_range(*a, *b->last));
  const bool mixed = a->type == TimeType::kTime || b->type == TimeType::kTime ||
                     a->type == TimeType::kTimeRange || b->type == TimeType::kTimeRange;
  return mixed ? std::nullopt : day_range(view, a, b);
}

Made range(const Parts& parts) {
  return range_of(parts.view, parts.any_time(0), parts.any_time(1));
}

/// A day of the same month and year as `like`.
Times day_like(const Viewpoint& view, const Time& like, int day) {
  Time time = like;
  time.type = TimeType::kDate;
  time.day = day;
  std::erase_if(time.readings, [&](TimeReading& reading) {
    const Day base = day_of_seconds(*reading.start);
    const auto at = make_day(year_of(base), month_of(base), day);
    if (at) reading = {open_date(like.year, like.month, day), seconds_of(*at), seconds_of(*at)};
    return !at;
  });
  (void)view;
  return time.readings.empty() ? nullptr : std::make_shared<const Time>(std::move(time));
}

/// "from 3 to 12 september": the first day is of the same month.
Made days_then_date(const Parts& parts) {
  const auto date = parts.any_time();
  if (!date || date->day == 0 || date->month == 0 || !date->resolved) return std::nullopt;
  const int day = static_cast<int>(parts.get("day_number")->number);
  const auto first = day_like(parts.view, *date, day);
  return first && day < date->day ? range_of(parts.view, first, date) : std::nullopt;
}

/// "november 18 to 19", "from april 27th to the third": the next such day.
Made date_then_day(const Parts& parts) {
  const auto date = parts.any_time();
  if (!date || date->day == 0 || date->month == 0 || !date->resolved) return std::nullopt;
  const int day = static_cast<int>(parts.get("day_number")->number);
  if (day > date->day) return range_of(parts.view, date, day_like(parts.view, *date, day));
  Time last = *date;
  last.month = date->month % 12 + 1;
  last.readings.clear();
  for (const TimeReading& reading : date->readings) {
    const auto month = add_months(first_of_month(day_of_seconds(*reading.start)), 1);
    const auto at = month ? make_day(year_of(*month), month_of(*month), day) : std::nullopt;
    if (at)
      last.readings.push_back({open_date(date->year, last.month, day), seconds_of(*at), seconds_of(*at)});
  }
  return range_of(parts.view, date, std::make_shared<const Time>(std::move(last)));
}

/// "5/1-5/7, 2020": the year after both is meant for both.
Made range_with_year(const Parts& parts) {
  const auto a = parts.any_time(0);
  const auto b = parts.any_time(1);
  const Meaning* year = parts.get("year");
  if (!a || !b || a->year != 0 || b->recurrence != Recurrence::kYearly || b->day == 0) return std::nullopt;
  const auto day = make_day(static_cast<int>(year->number), b->month, b->day);
  if (!day) return std::nullopt;
  Time last = *b;
  last.year = year_of(*day);
  last.recurrence = Recurrence::kNever;
  last.readings = {{iso_date(*day), seconds_of(*day), seconds_of(*day)}};
  return range_of(parts.view, a, std::make_shared<const Time>(std::move(last)));
}

TimeType range_type(TimeType type) {
  if (type == TimeType::kDate) return TimeType::kDateRange;
  if (type == TimeType::kTime) return TimeType::kTimeRange;
  return type == TimeType::kDateTime ? TimeType::kDateTimeRange : type;
}

/// "before friday", "since 2010": one end stays open.
Made open_ended(const Times& of, std::string mod, bool keep_start, bool after_all) {
  if (!of || !is_point_or_unit(*of) || (of->first && of->type == TimeType::kDateRange)) return std::nullopt;
  Time time = *of;
  time.type = range_type(of->type);
  time.source = is_range(of->type) ? "datetimerange" : "datetimepoint";
  time.mod = of->mod == "start" || of->mod == "end" ? mod + "-" + of->mod : mod;
  time.unit = '\0';
  for (TimeReading& reading : time.readings) {
    const auto start = of->mod == "end" ? reading.end : reading.start;
    const auto at = after_all && of->mod.empty() ? reading.end : start;
    reading.start = keep_start ? at : std::nullopt;
    reading.end = keep_start ? std::nullopt : at;
  }
  return made(std::move(time));
}

/// "more than 2 days before yesterday"
Made open_moved(const Parts& parts, bool after) {
  Time time = *parts.any_time();
  time.type = TimeType::kDateRange;
  time.mod = after ? "after" : "before";
  for (TimeReading& reading : time.readings) {
    if (!after) reading.start.reset();
    if (after) reading.end.reset();
  }
  return made(std::move(time));
}

/// "less than 3 days after tomorrow"
Made within_after(const Parts& parts) {
  const Time* length = parts.time("duration");
  const Time* date = parts.time("date");
  if (length->unit == '\0' || has_clock(date->type) || date->readings.empty() || !date->readings.back().start)
    return std::nullopt;
  const Day begin = day_of_seconds(*date->readings.back().start);
  const auto end = add_units(begin, length->unit, static_cast<int>(length->amount));
  if (!end || unit_seconds(length->unit) < kDaySeconds) return std::nullopt;
  Time time;
  time.type = TimeType::kDateRange;
  time.readings.push_back(
      {"(" + iso_date(begin) + "," + iso_date(*end) + "," + length->readings[0].timex + ")",
       seconds_of(begin), seconds_of(*end)});
  return made(std::move(time));
}

/// "to date"
Made until_now(const Parts& parts) {
  Time time;
  time.type = TimeType::kDateRange;
  time.mod = "before";
  time.readings.push_back({"PRESENT_REF", std::nullopt, seconds_of(parts.view.today)});
  return made(std::move(time));
}

/// "for 3 hours from 10 am", "1 week from 20 december"
Made length_from(const Parts& parts) {
  const Time* length = parts.time("duration");
  const auto from = parts.any_time(0).get() == length ? parts.any_time(1) : parts.any_time(0);
  if (!from || is_range(from->type) || !is_point_or_unit(*from) || length->unit == '\0') return std::nullopt;
  const bool clock = length->unit == 's' || length->unit == 'i' || length->unit == 'h';
  if (clock != has_clock(from->type)) return std::nullopt;
  Time time = *from;
  time.type = range_type(from->type);
  if (!clock && time.readings.size() > 1) time.readings.erase(time.readings.begin());
  for (TimeReading& reading : time.readings) {
    const std::int64_t seconds = *length->readings[0].start;
    const auto day =
        add_units(day_of_seconds(*reading.start), length->unit, static_cast<int>(length->amount));
    if (!clock && !day) return std::nullopt;
    const std::int64_t end = clock ? *reading.start + seconds : seconds_of(*day);
    const std::string begin = clock ? reading.timex : stamp(*reading.start);
    const std::string last =
        !clock ? stamp(end) : (from->type == TimeType::kTime ? "" : stamp(end)) + "T" + iso_time(end);
    reading = {"(" + begin + "," + last + "," + length->readings[0].timex + ")", reading.start, end};
  }
  return made(std::move(time));
}

constexpr std::array<NamedMeaning, 13> kMeanings = {{
    {"range", range},
    {"days_then_date", days_then_date},
    {"date_then_day", date_then_day},
    {"range_with_year", range_with_year},
    {"before", [](const Parts& p) { return open_ended(p.any_time(), "before", false, false); }},
    {"after", [](const Parts& p) { return open_ended(p.any_time(), "after", true, true); }},
    {"since", [](const Parts& p) { return open_ended(p.any_time(), "since", true, false); }},
    {"until", [](const Parts& p) { return open_ended(p.any_time(), "until", false, true); }},
    {"open_before", [](const Parts& p) { return open_moved(p, false); }},
    {"open_after", [](const Parts& p) { return open_moved(p, true); }},
    {"length_from", length_from},
    {"until_now", until_now},
    {"within_after", within_after},
}};

}  // namespace

std::span<const NamedMeaning> period_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
