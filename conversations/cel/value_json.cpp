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

Value misfit(const json& json, const Type& type) {
  return Value::error("a JSON " + std::string(json.type_name()) + " does not fit the type " +
                      type.to_string());
}

// A whole number however it is written: 3, 3.0 or "3".
Value whole(const json& json, const Type& type) {
  const bool wants_uint = type.is(Kind::kUint);
  if (json.is_string() && wants_uint) {
    const auto number = parse_uint(json.get_ref<const std::string&>());
    return number ? Value::unsigned_integer(*number) : misfit(json, type);
  }
  if (json.is_string()) {
    const auto number = parse_int(json.get_ref<const std::string&>());
    return number ? Value::integer(*number) : misfit(json, type);
  }
  Value value = misfit(json, type);
  if (json.is_number_float()) value = as_key(Value::number(json.get<double>()));
  if (json.is_number_unsigned()) value = Value::unsigned_integer(json.get<std::uint64_t>());
  if (json.is_number_integer() && !json.is_number_unsigned())
    value = Value::integer(json.get<std::int64_t>());
  if (value.is(Kind::kUint) && !wants_uint)
    return std::in_range<std::int64_t>(value.as_uint())
               ? Value::integer(static_cast<std::int64_t>(value.as_uint()))
               : misfit(json, type);
  if (value.is(Kind::kInt) && wants_uint)
    return value.as_int() >= 0 ? Value::unsigned_integer(static_cast<std::uint64_t>(value.as_int()))
                               : misfit(json, type);
  return value.is(type.kind()) ? value : misfit(json, type);
}

Value number(const json& json, const Type& type) {
  if (json.is_number()) return Value::number(json.get<double>());
  if (!json.is_string()) return misfit(json, type);
  const auto parsed = parse_double(json.get_ref<const std::string&>());
  return parsed ? Value::number(*parsed) : misfit(json, type);
}

Value base64_bytes(const std::string& text, const json& json, const Type& type) {
  std::string decoded(text.size() / 4 * 3 + 3, '\0');
  const int length =
      EVP_DecodeBlock(reinterpret_cast<unsigned char*>(decoded.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  if (length < 0) return misfit(json, type);
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
Value from_text(const std::string& text, const json& json, const Type& type) {
  switch (type.kind()) {
    case Kind::kString:
      return Value::text(text);
    case Kind::kBytes:
      return base64_bytes(text, json, type);
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
      return misfit(json, type);
  }
}

Value list_value(const json& json, const Type& type) {
  ListValue items;
  items.reserve(json.size());
  for (const auto& item : json)
    items.push_back(from_json(item, type.element()));
  const auto wrong =
      std::find_if(items.begin(), items.end(), [](const Value& item) { return item.is_error(); });
  return wrong == items.end() ? Value::list(std::move(items)) : *wrong;
}

Value map_value(const json& json, const Type& type) {
  MapValue map;
  for (const auto& [name, member] : json.items()) {
    const Type* field = type.field(name);
    const bool text_keys = !type.is(Kind::kMap) || type.key().is(Kind::kDyn);
    Value key = text_keys ? Value::text(name) : from_json(nlohmann::json(name), type.key());
    Value value = from_json(member, field != nullptr ? *field : type.element());
    if (key.is_error()) return key;
    if (value.is_error()) return value;
    map.insert(std::move(key), std::move(value));
  }
  return Value::map(std::move(map));
}

Value as_it_looks(const json& json) {
  if (json.is_boolean()) return Value::boolean(json.get<bool>());
  if (json.is_number_float()) return Value::number(json.get<double>());
  if (json.is_number_unsigned() && !std::in_range<std::int64_t>(json.get<std::uint64_t>()))
    return Value::unsigned_integer(json.get<std::uint64_t>());
  if (json.is_number_integer()) return Value::integer(json.get<std::int64_t>());
  if (json.is_string()) return Value::text(json.get<std::string>());
  if (json.is_array()) return list_value(json, {});
  if (json.is_object()) return map_value(json, {});
  return misfit(json, {});
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

Value from_json(const json& json, const Type& type) {
  if (json.is_null()) return {};
  switch (type.kind()) {
    case Kind::kDyn:
      return as_it_looks(json);
    case Kind::kBool:
      return json.is_boolean() ? Value::boolean(json.get<bool>()) : misfit(json, type);
    case Kind::kInt:
    case Kind::kUint:
      return whole(json, type);
    case Kind::kDouble:
      return number(json, type);
    case Kind::kList:
      return json.is_array() ? list_value(json, type) : misfit(json, type);
    case Kind::kMap:
    case Kind::kStruct:
      return json.is_object() ? map_value(json, type) : misfit(json, type);
    default:
      return json.is_string() ? from_text(json.get_ref<const std::string&>(), json, type)
                              : misfit(json, type);
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
