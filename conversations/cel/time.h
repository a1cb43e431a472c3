// Points and spans of time as CEL has them: nanoseconds, years 1 to 9999, and the calendar in any IANA time
// zone.
//
// RFC 3339 for timestamps, Go's form ("1h30m", "-1.5s", "100ms") for durations. Zones by ICU:
// "Europe/Amsterdam", "UTC", or a fixed offset "+02:00", "02:00", "-00:30". Values only; any thread.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace parley::cel {

/// Since 1970-01-01T00:00:00Z; `nanos` is 0 to 999'999'999 also before it.
struct Instant {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
  auto operator<=>(const Instant&) const = default;
};

/// Int64 nanoseconds hold 292 years either way; more is out of range, as CEL's conformance cases want it.
struct Span {
  std::int64_t nanoseconds = 0;
  auto operator<=>(const Span&) const = default;
};

struct CalendarDate {
  int year = 1970, month = 1, day = 1;
  auto operator<=>(const CalendarDate&) const = default;
};

/// The wall clock in some zone.
struct CalendarTime {
  CalendarDate date;
  int hour = 0, minute = 0, second = 0;
  int day_of_week = 0;  // 0: Sunday
  int day_of_year = 0;  // 0: 1 January
};

inline constexpr std::int64_t kSecondsPerDay = 86'400;
inline constexpr std::int64_t kInstantMinSeconds = -62'135'596'800;  // 0001-01-01T00:00:00Z
inline constexpr std::int64_t kInstantMaxSeconds = 253'402'300'799;  // 9999-12-31T23:59:59Z
inline constexpr std::int64_t kNanosPerSecond = 1'000'000'000;

/// Nullopt from any of these: malformed, or outside the years 1 to 9999, or the range of a span.
std::optional<Instant> parse_instant(std::string_view rfc3339);
std::optional<CalendarDate> parse_date(std::string_view text);  // "2026-03-03"
std::optional<Span> parse_span(std::string_view text);
std::optional<CalendarDate> make_date(std::int64_t year, std::int64_t month, std::int64_t day);
std::optional<Instant> add(Instant instant, Span span);
std::optional<Instant> subtract(Instant instant, Span span);
std::optional<Span> between(Instant from, Instant to);
std::optional<Span> add(Span left, Span right);
std::optional<Span> subtract(Span left, Span right);

std::string to_string(Instant instant);  // "2026-03-03T09:00:00.5Z"
std::string to_string(CalendarDate date);
std::string to_string(Span span);  // "3600s", "-0.5s"

std::int64_t days_since_1970(CalendarDate date);
CalendarDate date_of_days(std::int64_t days_since_1970);
Instant midnight_utc(CalendarDate date);

/// Nullopt: no such zone.
std::optional<CalendarTime> in_zone(Instant instant, std::string_view zone);

}  // namespace parley::cel
