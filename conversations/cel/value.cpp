#include "conversations/cel/value.h"

#include <algorithm>
#include <limits>

#include "conversations/cel/compare.h"
#include "engine/result.h"

namespace parley::cel {
namespace {

constexpr std::size_t kBytesPerWeight = 64;
constexpr std::size_t kWeightMax = std::numeric_limits<std::size_t>::max() / 4;

template <typename T, typename State>
const T& held(const State& state) {
  const T* value = std::get_if<T>(&state);
  PARLEY_CHECK(value != nullptr);
  return *value;
}

std::size_t add_weights(std::size_t left, std::size_t right) {
  return std::min(left + right, kWeightMax);
}

bool maps_equal(const MapValue& left, const MapValue& right) {
  if (left.size() != right.size()) return false;
  return std::all_of(left.entries().begin(), left.entries().end(), [&](const MapValue::Entry& entry) {
    const Value* other = right.find(entry.first);
    return other != nullptr && entry.second.equals(*other);
  });
}

}  // namespace

struct Value::SharedList {
  ListValue items;
  std::size_t weight = 1;
};

Value Value::boolean(bool value) {
  return Value(State(value));
}
Value Value::integer(std::int64_t value) {
  return Value(State(value));
}
Value Value::unsigned_integer(std::uint64_t value) {
  return Value(State(value));
}
Value Value::number(double value) {
  return Value(State(value));
}
Value Value::text(std::string value) {
  return Value(State(std::make_shared<const std::string>(std::move(value))));
}
Value Value::bytes(std::string value) {
  return Value(State(Bytes{std::make_shared<const std::string>(std::move(value))}));
}
Value Value::list(ListValue items) {
  std::size_t weight = 1;
  for (const Value& item : items)
    weight = add_weights(weight, item.weight());
  return Value(State(std::make_shared<const SharedList>(SharedList{std::move(items), weight})));
}
Value Value::map(MapValue entries) {
  return Value(State(std::make_shared<const MapValue>(std::move(entries))));
}
Value Value::timestamp(Instant instant) {
  return Value(State(instant));
}
Value Value::date(CalendarDate date) {
  return Value(State(Date{midnight_utc(date)}));
}
Value Value::duration(Span span) {
  return Value(State(span));
}
Value Value::type(std::string name) {
  return Value(State(TypeName{std::make_shared<const std::string>(std::move(name))}));
}
Value Value::error(std::string message) {
  return Value(State(Failure{std::make_shared<const std::string>(std::move(message))}));
}

Kind Value::kind() const {
  static constexpr Kind kKinds[] = {
      Kind::kNull, Kind::kBool, Kind::kInt,       Kind::kUint, Kind::kDouble,   Kind::kString, Kind::kBytes,
      Kind::kList, Kind::kMap,  Kind::kTimestamp, Kind::kDate, Kind::kDuration, Kind::kType,   Kind::kDyn};
  static_assert(std::size(kKinds) == std::variant_size_v<State>);
  return kKinds[state_.index()];
}

bool Value::is_error() const {
  return std::holds_alternative<Failure>(state_);
}
bool Value::is_true() const {
  return is(Kind::kBool) && as_bool();
}
bool Value::is_number() const {
  return is(Kind::kInt) || is(Kind::kUint) || is(Kind::kDouble);
}
bool Value::is_instant() const {
  return is(Kind::kTimestamp) || is(Kind::kDate);
}

bool Value::as_bool() const {
  return held<bool>(state_);
}
std::int64_t Value::as_int() const {
  return held<std::int64_t>(state_);
}
std::uint64_t Value::as_uint() const {
  return held<std::uint64_t>(state_);
}
double Value::as_double() const {
  return held<double>(state_);
}
const std::string& Value::as_text() const {
  return *held<Text>(state_);
}
const std::string& Value::as_bytes() const {
  return *held<Bytes>(state_).data;
}
const ListValue& Value::as_list() const {
  return held<std::shared_ptr<const SharedList>>(state_)->items;
}
const MapValue& Value::as_map() const {
  return *held<std::shared_ptr<const MapValue>>(state_);
}
Span Value::as_duration() const {
  return held<Span>(state_);
}
const std::string& Value::as_type_name() const {
  return *held<TypeName>(state_).name;
}
const std::string& Value::error_message() const {
  return *held<Failure>(state_).message;
}

Instant Value::as_instant() const {
  const Date* date = std::get_if<Date>(&state_);
  return date != nullptr ? date->midnight : held<Instant>(state_);
}

CalendarDate Value::as_date() const {
  return date_of_days(held<Date>(state_).midnight.seconds / kSecondsPerDay);
}

bool Value::equals(const Value& other) const {
  if (is(Kind::kList) && other.is(Kind::kList))
    return std::equal(as_list().begin(), as_list().end(), other.as_list().begin(), other.as_list().end(),
                      [](const Value& left, const Value& right) { return left.equals(right); });
  if (is(Kind::kMap) && other.is(Kind::kMap)) return maps_equal(as_map(), other.as_map());
  if (is_null() || other.is_null()) return is_null() && other.is_null();
  if (is(Kind::kType) && other.is(Kind::kType)) return as_type_name() == other.as_type_name();
  const auto order = compare(*this, other);
  return order && *order == 0;
}

std::string Value::type_name() const {
  switch (kind()) {
    case Kind::kNull:
      return "null_type";
    case Kind::kTimestamp:
    case Kind::kDate:
      return "google.protobuf.Timestamp";
    case Kind::kDuration:
      return "google.protobuf.Duration";
    case Kind::kDouble:
      return "double";
    case Kind::kString:
      return "string";
    case Kind::kList:
      return "list";
    case Kind::kMap:
      return "map";
    default:
      return Type(kind()).to_string();
  }
}

std::size_t Value::weight() const {
  switch (kind()) {
    case Kind::kString:
      return 1 + as_text().size() / kBytesPerWeight;
    case Kind::kBytes:
      return 1 + as_bytes().size() / kBytesPerWeight;
    case Kind::kList:
      return held<std::shared_ptr<const SharedList>>(state_)->weight;
    case Kind::kMap:
      return as_map().weight();
    default:
      return 1;
  }
}

bool MapValue::insert(Value key, Value value) {
  if (!may_be_key(key)) return false;
  const auto before = [this](std::size_t index, const Value& wanted) {
    return compare_keys(entries_[index].first, wanted) < 0;
  };
  const auto place = std::lower_bound(order_.begin(), order_.end(), key, before);
  if (place != order_.end() && compare_keys(entries_[*place].first, key) == 0) return false;
  weight_ = add_weights(weight_, add_weights(key.weight(), value.weight()));
  order_.insert(place, entries_.size());
  entries_.emplace_back(std::move(key), std::move(value));
  return true;
}

const Value* MapValue::find(const Value& key) const {
  const Value wanted = as_key(key);
  if (!may_be_key(wanted)) return nullptr;
  const auto before = [this](std::size_t index, const Value& other) {
    return compare_keys(entries_[index].first, other) < 0;
  };
  const auto place = std::lower_bound(order_.begin(), order_.end(), wanted, before);
  if (place == order_.end() || compare_keys(entries_[*place].first, wanted) != 0) return nullptr;
  return &entries_[*place].second;
}

const Value* MapValue::find(std::string_view key) const {
  const auto before = [this](std::size_t index, std::string_view wanted) {
    const Value& own = entries_[index].first;
    return !own.is(Kind::kString) || own.as_text() < wanted;
  };
  const auto place = std::lower_bound(order_.begin(), order_.end(), key, before);
  if (place == order_.end()) return nullptr;
  const auto& [own, value] = entries_[*place];
  return own.is(Kind::kString) && own.as_text() == key ? &value : nullptr;
}

}  // namespace parley::cel
