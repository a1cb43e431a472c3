#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

#include "conversations/cel/compare.h"
#include "conversations/cel/numbers.h"
#include "conversations/cel/value.h"

namespace parley::cel {
namespace {

using nlohmann::json;

Value misfit(const json& given, const Type& type) {
  return Value::error("a JSON " + std::string(given.type_name()) + " does not fit the type " +
                      type.to_string());
}

// A whole number however it is written: 3, 3.0 or "3".
Value whole(const json& given, const Type& type) {
  const bool wants_uint = type.is(Kind::kUint);
  if (given.is_string() && wants_uint) {
    const auto number = parse_uint(given.get_ref<const std::string&>());
    return number ? Value::unsigned_integer(*number) : misfit(given, type);
  }
  if (given.is_string()) {
    const auto number = parse_int(given.get_ref<const std::string&>());
    return number ? Value::integer(*number) : misfit(given, type);
  }
  Value value = misfit(given, type);
  if (given.is_number_float()) value = as_key(Value::number(given.get<double>()));
  if (given.is_number_unsigned()) value = Value::unsigned_integer(given.get<std::uint64_t>());
  if (given.is_number_integer() && !given.is_number_unsigned())
    value = Value::integer(given.get<std::int64_t>());
  if (value.is(Kind::kUint) && !wants_uint)
    return std::in_range<std::int64_t>(value.as_uint())
               ? Value::integer(static_cast<std::int64_t>(value.as_uint()))
               : misfit(given, type);
  if (value.is(Kind::kInt) && wants_uint)
    return value.as_int() >= 0 ? Value::unsigned_integer(static_cast<std::uint64_t>(value.as_int()))
                               : misfit(given, type);
  return value.is(type.kind()) ? value : misfit(given, type);
}

Value number(const json& given, const Type& type) {
  if (given.is_number()) return Value::number(given.get<double>());
  if (!given.is_string()) return misfit(given, type);
  const auto parsed = parse_double(given.get_ref<const std::string&>());
  return parsed ? Value::number(*parsed) : misfit(given, type);
}

Value base64_bytes(const std::string& text, const json& given, const Type& type) {
  std::string decoded(text.size() / 4 * 3 + 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) return misfit(given, type);
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with("=") ? 1 : 0;
  decoded.resize(static_cast<std::size_t>(length) - padding);
  return Value::bytes(std::move(decoded));
}

std::string base64(const std::string& bytes) {
  std::string text(4 * ((bytes.size() + 2) / 3) + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()),
                      reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(length));
  return text;
}

// The kinds whose JSON form is a string.
Value from_text(const std::string& text, const json& given, const Type& type) {
  switch (type.kind()) {
    case Kind::kString:
      return Value::text(text);
    case Kind::kBytes:
      return base64_bytes(text, given, type);
    case Kind::kTimestamp:
      if (const auto instant = parse_instant(text)) return Value::timestamp(*instant);
      return Value::error("'" + text + "' is not a timestamp like 2026-03-03T09:00:00Z");
    case Kind::kDate:
      if (const auto date = parse_date(text)) return Value::date(*date);
      return Value::error("'" + text + "' is not a date like 2026-03-03");
    case Kind::kDuration:
      if (const auto span = parse_span(text)) return Value::duration(*span);
      return Value::error("'" + text + "' is not a duration like 90s or 1h30m");
    case Kind::kType:
      return Value::type(text);
    default:
      return misfit(given, type);
  }
}

Value list_value(const json& given, const Type& type) {
  ListValue items;
  items.reserve(given.size());
  for (const auto& item : given)
    items.push_back(from_json(item, type.element()));
  const auto wrong =
      std::find_if(items.begin(), items.end(), [](const Value& item) { return item.is_error(); });
  return wrong == items.end() ? Value::list(std::move(items)) : *wrong;
}

Value map_value(const json& given, const Type& type) {
  MapValue map;
  for (const auto& [name, member] : given.items()) {
    const Type* field = type.field(name);
    const bool text_keys = !type.is(Kind::kMap) || type.key().is(Kind::kDyn);
    Value key = text_keys ? Value::text(name) : from_json(json(name), type.key());
    Value value = from_json(member, field != nullptr ? *field : type.element());
    if (key.is_error()) return key;
    if (value.is_error()) return value;
    map.insert(std::move(key), std::move(value));
  }
  return Value::map(std::move(map));
}

Value as_it_looks(const json& given) {
  if (given.is_boolean()) return Value::boolean(given.get<bool>());
  if (given.is_number_float()) return Value::number(given.get<double>());
  if (given.is_number_unsigned() && !std::in_range<std::int64_t>(given.get<std::uint64_t>()))
    return Value::unsigned_integer(given.get<std::uint64_t>());
  if (given.is_number_integer()) return Value::integer(given.get<std::int64_t>());
  if (given.is_string()) return Value::text(given.get<std::string>());
  if (given.is_array()) return list_value(given, {});
  if (given.is_object()) return map_value(given, {});
  return misfit(given, {});
}

json number_json(double number) {
  if (std::isfinite(number)) return number;
  return to_text(number);
}

json list_json(const ListValue& items) {
  json list = json::array();
  for (const Value& item : items)
    list.push_back(to_json(item));
  return list;
}

json map_json(const MapValue& map) {
  json object = json::object();
  for (const auto& [key, value] : map.entries())
    object[to_text(key)] = to_json(value);
  return object;
}

}  // namespace

Value from_json(const json& given, const Type& type) {
  if (given.is_null()) return {};
  switch (type.kind()) {
    case Kind::kDyn:
      return as_it_looks(given);
    case Kind::kBool:
      return given.is_boolean() ? Value::boolean(given.get<bool>()) : misfit(given, type);
    case Kind::kInt:
    case Kind::kUint:
      return whole(given, type);
    case Kind::kDouble:
      return number(given, type);
    case Kind::kList:
      return given.is_array() ? list_value(given, type) : misfit(given, type);
    case Kind::kMap:
    case Kind::kStruct:
      return given.is_object() ? map_value(given, type) : misfit(given, type);
    default:
      return given.is_string() ? from_text(given.get_ref<const std::string&>(), given, type)
                               : misfit(given, type);
  }
}

json to_json(const Value& value) {
  switch (value.kind()) {
    case Kind::kBool:
      return value.as_bool();
    case Kind::kInt:
      return value.as_int();
    case Kind::kUint:
      return value.as_uint();
    case Kind::kDouble:
      return number_json(value.as_double());
    case Kind::kBytes:
      return base64(value.as_bytes());
    case Kind::kList:
      return list_json(value.as_list());
    case Kind::kMap:
      return map_json(value.as_map());
    case Kind::kNull:
    case Kind::kDyn:
      return nullptr;
    default:
      return to_text(value);
  }
}

}  // namespace parley::cel
