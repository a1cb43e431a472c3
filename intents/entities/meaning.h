// What a phrase means: a number, a word's value from a table, or a time. Phrases are put together from
// phrases (phrases.h), so meanings are what one rule hands to the next.
//
// A time keeps all its readings, past first: "friday" is the last one and the coming one, "at 3" is at night
// and in the afternoon. Which is meant depends on what was asked; resolution.h decides. Instants are seconds
// since 1970 on the person's own clock, clock times seconds since midnight; an end is exclusive.
//
// `timex` is the reading in the notation of TimeML's TIMEX3, as the Recognizers-Text specs write it:
// "XXXX-WXX-5" is a friday, "(2019-01-01,2019-04-01,P3M)" a quarter.
//
// Lifetime: `text` points into the tables of the grammar or into the folded text.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace parley::intents {

enum class TimeType : std::uint8_t {
  kDate,
  kTime,
  kDateTime,
  kDateRange,
  kTimeRange,
  kDateTimeRange,
  kDuration,
  kSet,
};

struct TimeReading {
  std::string timex;
  std::optional<std::int64_t> start;  // none: open, as in "before friday"
  std::optional<std::int64_t> end;    // of a point the same as its start
};

/// How often a date that was left open comes round.
enum class Recurrence : std::uint8_t { kNever, kWeekly, kMonthly, kYearly };

struct Time {
  TimeType type = TimeType::kDate;
  std::vector<TimeReading> readings;
  std::string mod;       // "before", "since", "approx"...; "" for none
  std::string source;    // what `mod` was applied to: "datetimepoint", "datetimerange" or ""
  bool resolved = true;  // false: understood, but no such date, or one that a calendar alone cannot tell
  Recurrence recurrence = Recurrence::kNever;
  int year = 0;  // parts of a date that the text gives; 0: left open
  int month = 0;
  int day = 0;
  double amount = 0;        // of a duration
  char unit = '\0';         // of a duration or a range: s, i (minute), h, D, W, M, Y; also B: working days
  bool half_known = false;  // of a clock time: morning or evening was said
  std::vector<std::string> list;            // days of a range of working days
  std::shared_ptr<const Time> first, last;  // what a range was made of
};

struct Meaning {
  double number = 0;  // not a number: a currency or a percent sign without an amount
  std::string_view text;
  std::shared_ptr<const Time> time;
};

/// The moment and country from which phrases are understood.
struct Viewpoint {
  std::chrono::sys_days today;  // in the person's time zone
  std::int64_t clock = 0;       // seconds since midnight there
  bool month_first = false;     // 3/4 is the fourth of March

  std::int64_t midnight() const { return std::int64_t{today.time_since_epoch().count()} * 86'400; }
  std::int64_t now() const { return midnight() + clock; }
};

}  // namespace parley::intents
