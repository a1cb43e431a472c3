// A value while an expression runs: null, bool, int, uint, double, string, bytes, list, map, timestamp, date,
// duration, type, or an error. Errors are values, so that `false && 1/0 > 2` is false.
//
// Cheap to copy: text, lists and maps are shared and never change. Any thread.
//
// JSON forms: a timestamp is RFC 3339 ("2026-03-03T09:00:00Z"), a date "2026-03-03", a duration seconds
// ("3600s"), bytes base64, numbers that JSON lacks "NaN", "Infinity" and "-Infinity", a type its name. An
// error has none and becomes null.
#pragma once

#include <cstdint>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "conversations/cel/time.h"
#include "conversations/cel/type.h"

namespace parley::cel {

class Value;
class MapValue;
using ListValue = std::vector<Value>;

class Value {
 public:
  Value() = default;  // null
  static Value boolean(bool value);
  static Value integer(std::int64_t value);
  static Value unsigned_integer(std::uint64_t value);
  static Value number(double value);
  static Value text(std::string value);
  static Value bytes(std::string value);
  static Value list(ListValue items);
  static Value map(MapValue entries);
  static Value timestamp(Instant instant);
  static Value date(CalendarDate date);
  static Value duration(Span span);
  static Value type(std::string name);
  static Value error(std::string message);

  /// kDyn stands for an error, which has no type.
  Kind kind() const;
  bool is(Kind kind) const { return this->kind() == kind; }
  bool is_null() const { return state_.index() == 0; }
  bool is_error() const;
  bool is_true() const;
  /// int, uint or double.
  bool is_number() const;
  /// A timestamp or a date.
  bool is_instant() const;

  // Each asks for the kind it names: anything else is a bug.
  bool as_bool() const;
  std::int64_t as_int() const;
  std::uint64_t as_uint() const;
  double as_double() const;
  const std::string& as_text() const;
  const std::string& as_bytes() const;
  const ListValue& as_list() const;
  const MapValue& as_map() const;
  /// Of a timestamp, or of a date its midnight in UTC.
  Instant as_instant() const;
  CalendarDate as_date() const;
  Span as_duration() const;
  /// CEL's name of the type that a type value stands for: "int", "google.protobuf.Timestamp".
  const std::string& as_type_name() const;
  const std::string& error_message() const;

  /// CEL's `==`: numbers compare across kinds, lists and maps by what they hold; other kinds never equal each
  /// other.
  bool equals(const Value& other) const;
  /// CEL's name of this value's own type.
  std::string type_name() const;
  /// How many values it holds all in all, itself included; 64 bytes of text count as one. Shared parts count
  /// each time, so this bounds what walking the value costs.
  std::size_t weight() const;

 private:
  struct Bytes {
    std::shared_ptr<const std::string> data;
  };
  struct TypeName {
    std::shared_ptr<const std::string> name;
  };
  struct Failure {
    std::shared_ptr<const std::string> message;
  };
  struct Date {
    Instant midnight;
  };
  struct SharedList;
  using Text = std::shared_ptr<const std::string>;
  using State = std::variant<std::monostate, bool, std::int64_t, std::uint64_t, double, Text, Bytes,
                             std::shared_ptr<const SharedList>, std::shared_ptr<const MapValue>, Instant,
                             Date, Span, TypeName, Failure>;
  explicit Value(State state) : state_(std::move(state)) {}

  State state_;
};

/// Entries in the order they were put in; keys are bool, int, uint or text, and 1, 1u and 1.0 are one key.
class MapValue {
 public:
  using Entry = std::pair<Value, Value>;

  /// False (and nothing is changed) when the key is there already or is not of a kind that may be a key.
  bool insert(Value key, Value value);
  const Value* find(const Value& key) const;
  const Value* find(std::string_view key) const;
  std::size_t size() const { return entries_.size(); }
  const std::vector<Entry>& entries() const { return entries_; }
  std::size_t weight() const { return weight_; }

 private:
  std::vector<Entry> entries_;
  std::vector<std::size_t> order_;  // of entries_, by key
  std::size_t weight_ = 1;
};

/// `json` as a value of `type`; dyn takes it as it looks. JSON null is null for every type. What does not fit
/// becomes an error value that says why.
Value from_json(const nlohmann::json& json, const Type& type);
nlohmann::json to_json(const Value& value);

/// For people and messages, as %s of `format` has it: lists "[1, 2]", maps "{a: 1}" by key, numbers without
/// exponent, bytes as UTF-8. An error: its message.
std::string to_text(const Value& value);

}  // namespace parley::cel
