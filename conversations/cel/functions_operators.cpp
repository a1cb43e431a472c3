// Arithmetic, comparison, membership, indexing and size.
//
// Whole numbers never wrap: what does not fit is an error ("integer overflow"). Numbers of different kinds
// compare with each other but do not add. A date takes whole days only, so that a date stays a date.
#include <algorithm>
#include <compare>
#include <limits>

#include "conversations/cel/compare.h"
#include "conversations/cel/functions.h"

namespace parley::cel {
namespace {

using std::int64_t;
using std::uint64_t;

template <typename Whole, typename Operation>
Value whole(Whole left, Whole right, Operation operation) {
  Whole result{};
  if (operation(left, right, &result)) return Value::error("integer overflow");
  if constexpr (std::is_same_v<Whole, int64_t>)
    return Value::integer(result);
  else
    return Value::unsigned_integer(result);
}

constexpr auto kPlus = [](auto left, auto right, auto* sum) {
  return __builtin_add_overflow(left, right, sum);
};
constexpr auto kMinus = [](auto left, auto right, auto* rest) {
  return __builtin_sub_overflow(left, right, rest);
};
constexpr auto kTimes = [](auto left, auto right, auto* product) {
  return __builtin_mul_overflow(left, right, product);
};

Value divide_int(Arguments a, CallContext&) {
  if (a[1].as_int() == 0) return Value::error("divide by zero");
  if (a[0].as_int() == std::numeric_limits<int64_t>::min() && a[1].as_int() == -1)
    return Value::error("integer overflow");
  return Value::integer(a[0].as_int() / a[1].as_int());
}

Value divide_uint(Arguments a, CallContext&) {
  if (a[1].as_uint() == 0) return Value::error("divide by zero");
  return Value::unsigned_integer(a[0].as_uint() / a[1].as_uint());
}

Value modulo_int(Arguments a, CallContext&) {
  if (a[1].as_int() == 0) return Value::error("modulus by zero");
  if (a[1].as_int() == -1)
    return a[0].as_int() == std::numeric_limits<int64_t>::min() ? Value::error("integer overflow")
                                                                : Value::integer(0);
  return Value::integer(a[0].as_int() % a[1].as_int());
}

Value modulo_uint(Arguments a, CallContext&) {
  if (a[1].as_uint() == 0) return Value::error("modulus by zero");
  return Value::unsigned_integer(a[0].as_uint() % a[1].as_uint());
}

Value negate_int(Arguments a, CallContext&) {
  if (a[0].as_int() == std::numeric_limits<int64_t>::min()) return Value::error("integer overflow");
  return Value::integer(-a[0].as_int());
}

Value join_lists(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].as_list().size() + a[1].as_list().size())) return over_budget();
  ListValue items = a[0].as_list();
  items.insert(items.end(), a[1].as_list().begin(), a[1].as_list().end());
  return Value::list(std::move(items));
}

Value join_texts(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].weight() + a[1].weight())) return over_budget();
  return Value::text(a[0].as_text() + a[1].as_text());
}

Value join_bytes(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[0].weight() + a[1].weight())) return over_budget();
  return Value::bytes(a[0].as_bytes() + a[1].as_bytes());
}

Value in_range(std::optional<Instant> instant) {
  return instant ? Value::timestamp(*instant) : Value::error("timestamp out of range");
}

Value in_range(std::optional<Span> span) {
  return span ? Value::duration(*span) : Value::error("duration out of range");
}

Value move_date(const Value& date, std::optional<Instant> moved) {
  if (!moved) return Value::error("timestamp out of range");
  if (moved->nanos != 0 || moved->seconds % kSecondsPerDay != 0)
    return Value::error("a date takes whole days only: write timestamp(" + to_text(date) +
                        ") to count hours");
  return Value::date(
      date_of_days((moved->seconds - (moved->seconds < 0 ? kSecondsPerDay - 1 : 0)) / kSecondsPerDay));
}

template <auto Holds>
Value order(Arguments a, CallContext& context) {
  if (!context.budget.charge(std::min(a[0].weight(), a[1].weight()))) return over_budget();
  const auto result = compare(a[0], a[1]);
  return Value::boolean(result && Holds(*result));
}

template <bool Wanted>
Value equality(Arguments a, CallContext& context) {
  if (!context.budget.charge(std::min(a[0].weight(), a[1].weight()))) return over_budget();
  return Value::boolean(a[0].equals(a[1]) == Wanted);
}

Value in_list(Arguments a, CallContext& context) {
  if (!context.budget.charge(a[1].weight())) return over_budget();
  for (const Value& item : a[1].as_list())
    if (item.equals(a[0])) return Value::boolean(true);
  return Value::boolean(false);
}

Value in_map(Arguments a, CallContext&) {
  return Value::boolean(a[1].as_map().find(a[0]) != nullptr);
}

Value list_index(Arguments a, CallContext&) {
  const Value index = as_key(a[1]);
  const ListValue& items = a[0].as_list();
  if (!index.is(Kind::kInt) && !index.is(Kind::kUint))
    return Value::error("invalid argument: an index is a whole number");
  const bool negative = index.is(Kind::kInt) && index.as_int() < 0;
  const uint64_t place = index.is(Kind::kInt) ? static_cast<uint64_t>(index.as_int()) : index.as_uint();
  if (negative || place >= items.size()) return Value::error("index out of bounds: " + to_text(index));
  return items[place];
}

Value map_index(Arguments a, CallContext&) {
  const Value* found = a[0].as_map().find(a[1]);
  return found != nullptr ? *found : Value::error("no such key: " + to_text(a[1]));
}

void add_whole_numbers(FunctionTable& table) {
  const Type i = Kind::kInt, u = Kind::kUint;
  table.add("_+_", {i, i}, i,
            [](Arguments a, CallContext&) { return whole(a[0].as_int(), a[1].as_int(), kPlus); });
  table.add("_+_", {u, u}, u,
            [](Arguments a, CallContext&) { return whole(a[0].as_uint(), a[1].as_uint(), kPlus); });
  table.add("_-_", {i, i}, i,
            [](Arguments a, CallContext&) { return whole(a[0].as_int(), a[1].as_int(), kMinus); });
  table.add("_-_", {u, u}, u,
            [](Arguments a, CallContext&) { return whole(a[0].as_uint(), a[1].as_uint(), kMinus); });
  table.add("_*_", {i, i}, i,
            [](Arguments a, CallContext&) { return whole(a[0].as_int(), a[1].as_int(), kTimes); });
  table.add("_*_", {u, u}, u,
            [](Arguments a, CallContext&) { return whole(a[0].as_uint(), a[1].as_uint(), kTimes); });
  table.add("_/_", {i, i}, i, divide_int);
  table.add("_/_", {u, u}, u, divide_uint);
  table.add("_%_", {i, i}, i, modulo_int);
  table.add("_%_", {u, u}, u, modulo_uint);
  table.add("-_", {i}, i, negate_int);
}

void add_doubles(FunctionTable& table) {
  const Type d = Kind::kDouble;
  table.add("_+_", {d, d}, d,
            [](Arguments a, CallContext&) { return Value::number(a[0].as_double() + a[1].as_double()); });
  table.add("_-_", {d, d}, d,
            [](Arguments a, CallContext&) { return Value::number(a[0].as_double() - a[1].as_double()); });
  table.add("_*_", {d, d}, d,
            [](Arguments a, CallContext&) { return Value::number(a[0].as_double() * a[1].as_double()); });
  table.add("_/_", {d, d}, d,
            [](Arguments a, CallContext&) { return Value::number(a[0].as_double() / a[1].as_double()); });
  table.add("-_", {d}, d, [](Arguments a, CallContext&) { return Value::number(-a[0].as_double()); });
}

void add_time_arithmetic(FunctionTable& table) {
  const Type date = Kind::kDate, timestamp = Kind::kTimestamp, duration = Kind::kDuration;
  table.add("_+_", {date, duration}, date, [](Arguments a, CallContext&) {
    return move_date(a[0], add(a[0].as_instant(), a[1].as_duration()));
  });
  table.add("_+_", {duration, date}, date, [](Arguments a, CallContext&) {
    return move_date(a[1], add(a[1].as_instant(), a[0].as_duration()));
  });
  table.add("_-_", {date, duration}, date, [](Arguments a, CallContext&) {
    return move_date(a[0], subtract(a[0].as_instant(), a[1].as_duration()));
  });
  table.add("_+_", {timestamp, duration}, timestamp,
            [](Arguments a, CallContext&) { return in_range(add(a[0].as_instant(), a[1].as_duration())); });
  table.add("_+_", {duration, timestamp}, timestamp,
            [](Arguments a, CallContext&) { return in_range(add(a[1].as_instant(), a[0].as_duration())); });
  table.add("_+_", {duration, duration}, duration,
            [](Arguments a, CallContext&) { return in_range(add(a[0].as_duration(), a[1].as_duration())); });
  table.add("_-_", {timestamp, timestamp}, duration, [](Arguments a, CallContext&) {
    return in_range(between(a[1].as_instant(), a[0].as_instant()));
  });
  table.add("_-_", {timestamp, duration}, timestamp, [](Arguments a, CallContext&) {
    return in_range(subtract(a[0].as_instant(), a[1].as_duration()));
  });
  table.add("_-_", {duration, duration}, duration, [](Arguments a, CallContext&) {
    return in_range(subtract(a[0].as_duration(), a[1].as_duration()));
  });
}

void add_order(FunctionTable& table, std::string_view name, Body body) {
  for (const Kind kind : {Kind::kBool, Kind::kString, Kind::kBytes, Kind::kTimestamp, Kind::kDuration})
    table.add(name, {kind, kind}, Kind::kBool, body);
  for (const Kind left : {Kind::kInt, Kind::kUint, Kind::kDouble})
    for (const Kind right : {Kind::kInt, Kind::kUint, Kind::kDouble})
      table.add(name, {left, right}, Kind::kBool, body);
}

void add_equality(FunctionTable& table, std::string_view name, Body body) {
  for (const Kind left : {Kind::kInt, Kind::kUint, Kind::kDouble})
    for (const Kind right : {Kind::kInt, Kind::kUint, Kind::kDouble})
      table.add(name, {left, right}, Kind::kBool, body);
  table.add(name, {Type::parameter("T"), Type::parameter("T")}, Kind::kBool, body);
}

void add_containers(FunctionTable& table) {
  const Type t = Type::parameter("T"), k = Type::parameter("K"), v = Type::parameter("V");
  const Type list = Type::list(t), map = Type::map(k, v);
  table.add("_+_", {list, list}, list, join_lists);
  table.add("_+_", {Kind::kString, Kind::kString}, Kind::kString, join_texts);
  table.add("_+_", {Kind::kBytes, Kind::kBytes}, Kind::kBytes, join_bytes);
  table.add("@in", {t, list}, Kind::kBool, in_list);
  table.add("@in", {k, map}, Kind::kBool, in_map);
  table.add("_[_]", {list, Kind::kInt}, t, list_index);
  table.add("_[_]", {list, Kind::kUint}, t, list_index);
  table.add("_[_]", {list, Kind::kDouble}, t, list_index);
  table.add("_[_]", {map, k}, v, map_index);
}

}  // namespace

void add_operators(FunctionTable& table) {
  table.add("!_", {Kind::kBool}, Kind::kBool,
            [](Arguments a, CallContext&) { return Value::boolean(!a[0].as_bool()); });
  add_whole_numbers(table);
  add_doubles(table);
  add_time_arithmetic(table);
  add_containers(table);
  add_order(table, "_<_", order<std::is_lt>);
  add_order(table, "_<=_", order<std::is_lteq>);
  add_order(table, "_>_", order<std::is_gt>);
  add_order(table, "_>=_", order<std::is_gteq>);
  add_equality(table, "_==_", equality<true>);
  add_equality(table, "_!=_", equality<false>);
}

}  // namespace parley::cel
