// Parley's own functions: has_value(x), days(a, b), workdays(a, b), date(year, month, day).
//
// days and workdays count calendar days with both ends in them: days(monday, friday) is 5, days(monday,
// monday) 1, and 0 or less when the end lies before the start. A timestamp counts as its day in the bindings'
// time zone.
#include "conversations/cel/functions.h"

namespace parley::cel {
namespace {

using std::int64_t;

int64_t day_number(const Value& value, const CallContext& context) {
  if (value.is(Kind::kDate)) return days_since_1970(value.as_date());
  auto local = in_zone(value.as_instant(), context.bindings.zone());
  if (!local) local = in_zone(value.as_instant(), "UTC");
  return days_since_1970(local->date);
}

Value days(Arguments a, CallContext& context) {
  return Value::integer(day_number(a[1], context) - day_number(a[0], context) + 1);
}

// 0: Monday. 1970-01-01 was a Thursday.
int64_t weekday(int64_t day) {
  return ((day + 3) % 7 + 7) % 7;
}

Value workdays(Arguments a, CallContext& context) {
  const int64_t first = day_number(a[0], context), last = day_number(a[1], context);
  if (last < first) return Value::integer(0);
  const int64_t weeks = (last - first + 1) / 7;
  int64_t count = weeks * 5;
  for (int64_t day = first + weeks * 7; day <= last; ++day)
    count += weekday(day) < 5 ? 1 : 0;
  return Value::integer(count);
}

Value date(Arguments a, CallContext&) {
  const auto made = make_date(a[0].as_int(), a[1].as_int(), a[2].as_int());
  if (made) return Value::date(*made);
  return Value::error("there is no date " + to_text(a[0]) + "-" + to_text(a[1]) + "-" + to_text(a[2]));
}

}  // namespace

void add_parley_functions(FunctionTable& table) {
  const Type timestamp = Kind::kTimestamp, i = Kind::kInt;
  table.add("has_value", {Type::parameter("T")}, Kind::kBool,
            [](Arguments a, CallContext&) { return Value::boolean(!a[0].is_null()); });
  table.add("days", {timestamp, timestamp}, i, days);
  table.add("workdays", {timestamp, timestamp}, i, workdays);
  table.add("date", {i, i, i}, Kind::kDate, date);
}

}  // namespace parley::cel
