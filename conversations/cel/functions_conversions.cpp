// Conversions: int(x), string(x) and the others, size(x) and type(x). What does not fit the target is an
// error.
#include <algorithm>
#include <array>
#include <cmath>

#include "conversations/cel/functions.h"
#include "conversations/cel/numbers.h"
#include "conversations/cel/unicode.h"

namespace parley::cel {
namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;
constexpr double kTwoTo64 = 18446744073709551616.0;

Value same(Arguments a, CallContext&) {
  return a[0];
}

Value no_conversion(const Value& value, const std::string& type) {
  return Value::error("Type conversion error: '" + to_text(value) + "' is not " + with_article(type));
}

Value range_error(const Value& value, const std::string& type) {
  return Value::error("range error: " + to_text(value) + " does not fit in " + type);
}

Value double_to_int(Arguments a, CallContext&) {
  const double number = std::trunc(a[0].as_double());
  if (!(number > -kTwoTo63 && number < kTwoTo63)) return range_error(a[0], "int");
  return Value::integer(static_cast<std::int64_t>(number));
}

Value double_to_uint(Arguments a, CallContext&) {
  const double number = a[0].as_double();
  if (!(number >= 0 && number < kTwoTo64)) return range_error(a[0], "uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(number));
}

Value uint_to_int(Arguments a, CallContext&) {
  if (!std::in_range<std::int64_t>(a[0].as_uint())) return range_error(a[0], "int");
  return Value::integer(static_cast<std::int64_t>(a[0].as_uint()));
}

Value int_to_uint(Arguments a, CallContext&) {
  if (a[0].as_int() < 0) return range_error(a[0], "uint");
  return Value::unsigned_integer(static_cast<std::uint64_t>(a[0].as_int()));
}

Value text_to_int(Arguments a, CallContext&) {
  const auto number = parse_int(a[0].as_text());
  return number ? Value::integer(*number) : no_conversion(a[0], "int");
}

Value text_to_uint(Arguments a, CallContext&) {
  const auto number = parse_uint(a[0].as_text());
  return number ? Value::unsigned_integer(*number) : no_conversion(a[0], "uint");
}

Value text_to_double(Arguments a, CallContext&) {
  const auto number = parse_double(a[0].as_text());
  return number ? Value::number(*number) : no_conversion(a[0], "double");
}

Value text_to_bool(Arguments a, CallContext&) {
  static constexpr std::array<std::string_view, 5> kTrue{"true", "True", "TRUE", "t", "1"};
  static constexpr std::array<std::string_view, 5> kFalse{"false", "False", "FALSE", "f", "0"};
  const auto holds = [&](const auto& words) {
    return std::find(words.begin(), words.end(), a[0].as_text()) != words.end();
  };
  if (holds(kTrue)) return Value::boolean(true);
  return holds(kFalse) ? Value::boolean(false) : no_conversion(a[0], "bool");
}

Value bytes_to_text(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].weight())) return over_budget();
  return is_utf8(a[0].as_bytes()) ? Value::text(a[0].as_bytes()) : Value::error("invalid UTF-8 in bytes");
}

Value text_to_bytes(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].weight())) return over_budget();
  return Value::bytes(a[0].as_text());
}

Value text_to_timestamp(Arguments a, CallContext&) {
  const auto instant = parse_instant(a[0].as_text());
  if (instant) return Value::timestamp(*instant);
  return Value::error("'" + a[0].as_text() +
                      "' is not a timestamp like 2026-03-03T09:00:00Z in the range of years 1 to 9999");
}

Value int_to_timestamp(Arguments a, CallContext&) {
  const std::int64_t seconds = a[0].as_int();
  if (seconds < kInstantMinSeconds || seconds > kInstantMaxSeconds)
    return Value::error("timestamp out of range");
  return Value::timestamp({seconds, 0});
}

Value text_to_duration(Arguments a, CallContext&) {
  const auto span = parse_span(a[0].as_text());
  if (span) return Value::duration(*span);
  return Value::error("'" + a[0].as_text() +
                      "' is not a duration like 90s or 1h30m in the range of 292 years");
}

void add_numbers(FunctionTable& table) {
  const Type i = Kind::kInt, u = Kind::kUint, d = Kind::kDouble, text = Kind::kString;
  table.add("int", {i}, i, same);
  table.add("int", {u}, i, uint_to_int);
  table.add("int", {d}, i, double_to_int);
  table.add("int", {text}, i, text_to_int);
  table.add("int", {Kind::kTimestamp}, i,
            [](Arguments a, CallContext&) { return Value::integer(a[0].as_instant().seconds); });
  table.add("uint", {u}, u, same);
  table.add("uint", {i}, u, int_to_uint);
  table.add("uint", {d}, u, double_to_uint);
  table.add("uint", {text}, u, text_to_uint);
  table.add("double", {d}, d, same);
  table.add("double", {i}, d,
            [](Arguments a, CallContext&) { return Value::number(static_cast<double>(a[0].as_int())); });
  table.add("double", {u}, d,
            [](Arguments a, CallContext&) { return Value::number(static_cast<double>(a[0].as_uint())); });
  table.add("double", {text}, d, text_to_double);
}

void add_texts(FunctionTable& table) {
  const Type text = Kind::kString;
  table.add("string", {text}, text, same);
  table.add("string", {Kind::kBytes}, text, bytes_to_text);
  table.add("string", {Kind::kDouble}, text,
            [](Arguments a, CallContext&) { return Value::text(to_text(a[0].as_double())); });
  for (const Kind kind : {Kind::kBool, Kind::kInt, Kind::kUint, Kind::kTimestamp, Kind::kDuration})
    table.add("string", {kind}, text, [](Arguments a, CallContext&) { return Value::text(to_text(a[0])); });
  table.add("bytes", {Kind::kBytes}, Kind::kBytes, same);
  table.add("bytes", {text}, Kind::kBytes, text_to_bytes);
}

void add_times(FunctionTable& table) {
  table.add("timestamp", {Kind::kTimestamp}, Kind::kTimestamp,
            [](Arguments a, CallContext&) { return Value::timestamp(a[0].as_instant()); });
  table.add("timestamp", {Kind::kString}, Kind::kTimestamp, text_to_timestamp);
  table.add("timestamp", {Kind::kInt}, Kind::kTimestamp, int_to_timestamp);
  table.add("duration", {Kind::kDuration}, Kind::kDuration, same);
  table.add("duration", {Kind::kString}, Kind::kDuration, text_to_duration);
}

Value size_of(Arguments a, CallContext& context) {
  const Value& value = a[0];
  if (value.is(Kind::kString) && !context.budget.charge(value.weight())) return over_budget();
  const std::size_t size = value.is(Kind::kString)  ? count_code_points(value.as_text())
                           : value.is(Kind::kBytes) ? value.as_bytes().size()
                           : value.is(Kind::kList)  ? value.as_list().size()
                                                    : value.as_map().size();
  return Value::integer(static_cast<std::int64_t>(size));
}

}  // namespace

void add_conversions(FunctionTable& table) {
  const Type t = Type::parameter("T");
  add_numbers(table);
  add_texts(table);
  add_times(table);
  table.add("bool", {Kind::kBool}, Kind::kBool, same);
  table.add("bool", {Kind::kString}, Kind::kBool, text_to_bool);
  table.add("dyn", {t}, Kind::kDyn, same);
  table.add("type", {t}, Kind::kType,
            [](Arguments a, CallContext&) { return Value::type(a[0].type_name()); });
  for (const Type& type :
       {Type(Kind::kString), Type(Kind::kBytes), Type::list(t), Type::map(Type::parameter("K"), t)}) {
    table.add("size", {type}, Kind::kInt, size_of);
    table.add_receiver("size", {type}, Kind::kInt, size_of);
  }
}

}  // namespace parley::cel
