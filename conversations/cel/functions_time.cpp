// The parts of timestamps and durations: getFullYear, getHours and the others, in UTC or in a zone.
#include "conversations/cel/functions.h"

namespace parley::cel {
namespace {

using std::int64_t;

constexpr int64_t kNanosPerMillisecond = 1'000'000;

template <auto Part>
Value of_timestamp(Arguments a, CallContext&) {
  const auto time = in_zone(a[0].as_instant(), a.size() > 1 ? a[1].as_text() : "UTC");
  if (!time) return Value::error("unknown time zone: " + a[1].as_text());
  return Value::integer(Part(*time));
}

// The zone moves no milliseconds, but must exist.
Value milliseconds(Arguments a, CallContext&) {
  if (a.size() > 1 && !in_zone(a[0].as_instant(), a[1].as_text()))
    return Value::error("unknown time zone: " + a[1].as_text());
  return Value::integer(a[0].as_instant().nanos / kNanosPerMillisecond);
}

template <int64_t Nanoseconds>
Value of_duration(Arguments a, CallContext&) {
  return Value::integer(a[0].as_duration().nanoseconds / Nanoseconds);
}

Value duration_milliseconds(Arguments a, CallContext&) {
  return Value::integer(a[0].as_duration().nanoseconds % kNanosPerSecond / kNanosPerMillisecond);
}

void add_part(FunctionTable& table, std::string_view name, Body body) {
  table.add_receiver(name, {Kind::kTimestamp}, Kind::kInt, body);
  table.add_receiver(name, {Kind::kTimestamp, Kind::kString}, Kind::kInt, body);
}

int64_t year(const CalendarTime& time) {
  return time.date.year;
}
int64_t month_from_0(const CalendarTime& time) {
  return time.date.month - 1;
}
int64_t day_from_1(const CalendarTime& time) {
  return time.date.day;
}
int64_t day_from_0(const CalendarTime& time) {
  return time.date.day - 1;
}
int64_t day_of_week(const CalendarTime& time) {
  return time.day_of_week;
}
int64_t day_of_year(const CalendarTime& time) {
  return time.day_of_year;
}
int64_t hour(const CalendarTime& time) {
  return time.hour;
}
int64_t minute(const CalendarTime& time) {
  return time.minute;
}
int64_t second(const CalendarTime& time) {
  return time.second;
}

}  // namespace

void add_time_functions(FunctionTable& table) {
  add_part(table, "getFullYear", of_timestamp<year>);
  add_part(table, "getMonth", of_timestamp<month_from_0>);
  add_part(table, "getDate", of_timestamp<day_from_1>);
  add_part(table, "getDayOfMonth", of_timestamp<day_from_0>);
  add_part(table, "getDayOfWeek", of_timestamp<day_of_week>);
  add_part(table, "getDayOfYear", of_timestamp<day_of_year>);
  add_part(table, "getHours", of_timestamp<hour>);
  add_part(table, "getMinutes", of_timestamp<minute>);
  add_part(table, "getSeconds", of_timestamp<second>);
  add_part(table, "getMilliseconds", milliseconds);
  table.add_receiver("getHours", {Kind::kDuration}, Kind::kInt, of_duration<3600 * kNanosPerSecond>);
  table.add_receiver("getMinutes", {Kind::kDuration}, Kind::kInt, of_duration<60 * kNanosPerSecond>);
  table.add_receiver("getSeconds", {Kind::kDuration}, Kind::kInt, of_duration<kNanosPerSecond>);
  table.add_receiver("getMilliseconds", {Kind::kDuration}, Kind::kInt, duration_milliseconds);
}

}  // namespace parley::cel
