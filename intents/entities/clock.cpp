// Times of day. An hour up to twelve has two readings unless morning or evening is said beside it; parts of
// the day are ranges with the hours that the Recognizers-Text specs give them.
#include <algorithm>
#include <array>
#include <cmath>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using Made = std::optional<Meaning>;

constexpr int kUnsaid = -1;

struct PartOfDay {
  std::string_view name;
  std::int64_t begin;  // seconds since midnight
  std::int64_t end;
};

constexpr std::array<PartOfDay, 9> kPartsOfDay = {{{"MO", 8 * 3'600, 12 * 3'600},
                                                   {"AF", 12 * 3'600, 16 * 3'600},
                                                   {"EV", 16 * 3'600, 20 * 3'600},
                                                   {"NI", 20 * 3'600, 24 * 3'600 - 1},
                                                   {"MEB", 8 * 3'600, 12 * 3'600},
                                                   {"MEL", 11 * 3'600, 13 * 3'600},
                                                   {"MED", 16 * 3'600, 20 * 3'600},
                                                   {"DT", 8 * 3'600, 18 * 3'600},
                                                   {"BH", 8 * 3'600, 18 * 3'600}}};

const PartOfDay* part_of_day(std::string_view name) {
  const auto* found = std::find_if(kPartsOfDay.begin(), kPartsOfDay.end(),
                                   [&](const PartOfDay& part) { return part.name == name; });
  return found == kPartsOfDay.end() ? nullptr : found;
}

int whole(const Meaning* part) {
  return part ? static_cast<int>(part->number) : kUnsaid;
}

/// The hours that `hour` may be, given the half of the day that was said ("" for none).
std::vector<int> hours_meant(int hour, std::string_view half) {
  const bool evening = half == "pm" || (half == "night" && hour >= 6);
  if (hour > 24) return {};
  if (hour > 12 || hour == 0) return {hour % 24};
  if (half.empty()) return hour == 12 ? std::vector{12, 0} : std::vector{hour, hour + 12};
  if (half == "night" && hour == 12) return {0};
  return {hour % 12 + (evening ? 12 : 0)};
}

Made clock_time(int hour, int minute, int second, std::string_view half) {
  Time time;
  time.type = TimeType::kTime;
  if (minute > 59 || second > 59) return std::nullopt;
  const std::vector<int> hours = hours_meant(hour, half);
  for (const int h : hours) {
    const std::int64_t at = h * 3'600 + std::max(minute, 0) * 60 + std::max(second, 0);
    time.readings.push_back({clock_timex(h, minute, second), at, at});
  }
  time.half_known = hours.size() == 1;
  return hours.empty() ? std::nullopt : made(std::move(time));
}

/// A time that was found already, with the half of the day said beside it.
Made with_half(const Time& time, std::string_view half) {
  if (half.empty()) return made(time);
  if (time.half_known) return std::nullopt;
  const auto seconds = *time.readings.front().start;
  const std::string& timex = time.readings.front().timex;
  const int hour = static_cast<int>(seconds / 3'600);
  return clock_time(hour == 0 ? 12 : hour, timex.size() > 3 ? static_cast<int>(seconds / 60 % 60) : kUnsaid,
                    timex.size() > 6 ? static_cast<int>(seconds % 60) : kUnsaid, half);
}

Made clock(const Parts& parts) {
  if (const auto time = parts.any_time()) return with_half(*time, parts.text("half"));
  const int minute = whole(parts.get("minute"));
  const int hour = whole(parts.get("hour"));
  // 0730 and "at 08:00": nobody writes the nought of an afternoon.
  return clock_time(hour, minute, whole(parts.get("minute", 1)), parts.text("half"));
}

/// "0730", "1530"
Made clock_compact(const Parts& parts) {
  const std::string_view text = parts.text("digits");
  if (text.size() != 4) return std::nullopt;
  return clock_time(static_cast<int>(digits(text.substr(0, 2))), static_cast<int>(digits(text.substr(2))),
                    kUnsaid, parts.text("half"));
}

/// An hour moved by minutes: "ten past nine", "half drie".
Made clock_moved(const Parts& parts, int minutes) {
  const int hour = whole(parts.get("hour"));
  if (hour < 0 || hour > 24 || std::abs(minutes) >= 60) return std::nullopt;
  const int moved = minutes < 0 ? (hour == 0 ? 23 : hour == 1 ? 12 : hour - 1) : hour;
  return clock_time(moved, minutes < 0 ? 60 + minutes : minutes, kUnsaid, parts.text("half"));
}

int minutes_of(const Parts& parts) {
  const Meaning* part = parts.get("minutes");
  return part ? static_cast<int>(part->number) : 0;
}

Made moment(const Parts& parts) {
  const std::string_view text = parts.text("moment");
  Made meaning = clock_time(static_cast<int>(digits(text)), kUnsaid, kUnsaid, "");
  if (!meaning) return meaning;
  Time time = *meaning->time;
  std::erase_if(time.readings,
                [&](const TimeReading& reading) { return reading.timex != "T" + std::string(text); });
  time.half_known = true;
  return time.readings.empty() ? std::nullopt : made(std::move(time));
}

Time day_part_time(const PartOfDay& part) {
  Time time;
  time.type = TimeType::kTimeRange;
  time.half_known = true;
  time.readings.push_back({"T" + std::string(part.name), part.begin, part.end});
  return time;
}

Made part(const Parts& parts) {
  const PartOfDay* found = part_of_day(parts.text("part"));
  return found ? made(day_part_time(*found)) : std::nullopt;
}

/// A day so many days from today, as a date.
Time day_from(const Parts& parts, int distance) {
  const auto day = add_units(parts.view.today, 'D', distance).value_or(parts.view.today);
  Time date;
  date.readings.push_back({iso_date(day), seconds_of(day), seconds_of(day)});
  return date;
}

Made on(const Time& date, const Time& clock) {
  auto time = on_day(date, clock);
  return time ? made(std::move(*time)) : std::nullopt;
}

/// "tonight": its word gives day and part, "0 NI".
Made day_part(const Parts& parts) {
  const std::string_view text = parts.text("day_part");
  const PartOfDay* found = part_of_day(text.substr(text.find(' ') + 1));
  return found ? on(day_from(parts, static_cast<int>(digits(text))), day_part_time(*found)) : std::nullopt;
}

/// "this evening", "last night", "next morning".
Made relative_part(const Parts& parts) {
  const PartOfDay* found = part_of_day(parts.text("part"));
  return found ? on(day_from(parts, relative_steps(parts)), day_part_time(*found)) : std::nullopt;
}

Made date_and_clock(const Parts& parts) {
  const auto a = parts.any_time(0);
  const auto b = parts.any_time(1);
  if (!a || !b) return std::nullopt;
  const bool date_first = a->type == TimeType::kDate;
  if (!(date_first ? a : b)->mod.empty()) return std::nullopt;
  return date_first ? on(*a, *b) : on(*b, *a);
}

/// The reading of a clock time (or range of them) that lies in a part of the day.
std::optional<Time> inside(const Time& clock, const Time& part) {
  if (part.readings.empty() || !part.readings[0].start) return std::nullopt;
  const std::int64_t begin = *part.readings[0].start % kDaySeconds;
  Time time = clock;
  time.half_known = true;
  const bool morning = begin < 12 * 3'600 - 3'600;
  if (time.readings.size() > 1)
    std::erase_if(time.readings, [&](const TimeReading& reading) {
      const std::int64_t at = reading.start.value_or(reading.end.value_or(0)) % kDaySeconds;
      return (at < 12 * 3'600) != morning;
    });
  if (time.readings.empty()) return std::nullopt;
  return time;
}

/// "10, tonight", "from 7 to 9 tomorrow evening": the part of the day says which ten, and which day.
Made clock_in_part(const Parts& parts) {
  auto clock = parts.any_time(0);
  auto day = parts.any_time(1);
  if (!clock || !day) return std::nullopt;
  if (is_range(clock->type) && clock->first && !is_range(day->type)) std::swap(clock, day);
  if (day->type != TimeType::kDateTimeRange) std::swap(clock, day);
  if (day->type != TimeType::kDateTimeRange || !day->first || !day->last ||
      day->first->type != TimeType::kDate)
    return std::nullopt;
  if (day->last->type != TimeType::kTimeRange || day->last->first) return std::nullopt;
  const auto narrowed = inside(*clock, *day->last);
  return narrowed ? on(*day->first, *narrowed) : std::nullopt;
}

/// "from 5 to 6 in the afternoon"
Made narrowed(const Parts& parts) {
  const auto clock = parts.any_time(0);
  const auto part = parts.any_time(1);
  if (!clock || !part || clock->half_known) return std::nullopt;
  const auto time = inside(*clock, *part);
  return time ? made(*time) : std::nullopt;
}

/// "end of the day"
Made end_of_day(const Parts& parts) {
  Time end;
  end.type = TimeType::kTime;
  end.half_known = true;
  end.readings.push_back({"T23:59:59", kDaySeconds - 1, kDaySeconds - 1});
  const auto date = parts.any_time();
  return on(date ? *date : day_from(parts, 0), end);
}

Made now(const Parts& parts) {
  Time time;
  time.type = TimeType::kDateTime;
  time.half_known = true;
  time.readings.push_back({"PRESENT_REF", parts.view.now(), parts.view.now()});
  return made(std::move(time));
}

Made hour(const Parts& parts) {
  const Meaning* digits_part = parts.get("digits");
  const Meaning* part = digits_part ? digits_part : parts.get("cardinal");
  if ((digits_part && digits_part->text.size() > 2) || part->number > 24 ||
      (!digits_part && part->number < 1))
    return std::nullopt;
  return Meaning{part->number, {}, nullptr};
}

Made minute(const Parts& parts) {
  const Meaning* digits_part = parts.get("digits");
  if (digits_part ? digits_part->text.size() != 2 || digits_part->number > 59
                  : parts.get("cardinal")->number > 59)
    return std::nullopt;
  return Meaning{first_number(parts), {}, nullptr};
}

Made minutes(const Parts& parts) {
  const double count = first_number(parts);
  if (count < 1 || count > 59 || count != std::floor(count)) return std::nullopt;
  return Meaning{count, {}, nullptr};
}

/// "around 1pm"
Made about(const Parts& parts) {
  Time time = *parts.any_time();
  if (!time.mod.empty()) return std::nullopt;
  time.mod = "approx";
  return made(std::move(time));
}

constexpr std::array<NamedMeaning, 21> kMeanings = {{
    {"clock", clock},
    {"clock_compact", clock_compact},
    {"clock_past", [](const Parts& p) { return clock_moved(p, minutes_of(p)); }},
    {"clock_to", [](const Parts& p) { return clock_moved(p, -minutes_of(p)); }},
    {"clock_half_to", [](const Parts& p) { return clock_moved(p, -30); }},
    {"clock_before_half", [](const Parts& p) { return clock_moved(p, -30 - minutes_of(p)); }},
    {"clock_after_half", [](const Parts& p) { return clock_moved(p, -30 + minutes_of(p)); }},
    {"clock_quarter_before", [](const Parts& p) { return clock_moved(p, -45); }},
    {"moment", moment},
    {"part", part},
    {"day_part", day_part},
    {"relative_part", relative_part},
    {"date_and_clock", date_and_clock},
    {"clock_in_part", clock_in_part},
    {"narrowed", narrowed},
    {"end_of_day", end_of_day},
    {"now", now},
    {"hour", hour},
    {"minute", minute},
    {"minutes", minutes},
    {"about", about},
}};

}  // namespace

std::span<const NamedMeaning> clock_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
