#include "conversations/cel/typed_json.h"

#include <array>
#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "conversations/cel/numbers.h"

namespace parley::cel {
namespace {

using nlohmann::json;

constexpr double kPlainFrom = 1e-4, kPlainBelow = 1e16;

struct NamedType {
  std::string_view name;
  Kind kind;
};

// The forms whose content from_json reads as it stands.
constexpr std::array<NamedType, 7> kPlainForms{{{"bool", Kind::kBool},
                                                {"int", Kind::kInt},
                                                {"uint", Kind::kUint},
                                                {"double", Kind::kDouble},
                                                {"string", Kind::kString},
                                                {"timestamp", Kind::kTimestamp},
                                                {"duration", Kind::kDuration}}};

Value read_bytes(const json& content) {
  std::string bytes;
  for (const json& byte : content) {
    if (!byte.is_number_unsigned() || byte.get<std::uint64_t>() > 255)
      return Value::error("bytes are numbers from 0 to 255");
    bytes += static_cast<char>(byte.get<std::uint64_t>());
  }
  return Value::bytes(std::move(bytes));
}

Value read_list(const json& content) {
  ListValue items;
  for (const json& item : content) {
    items.push_back(from_typed_json(item));
    if (items.back().is_error()) return items.back();
  }
  return Value::list(std::move(items));
}

Value read_map(const json& content) {
  MapValue map;
  for (const json& entry : content) {
    if (!entry.is_array() || entry.size() != 2) return Value::error("an entry of a map is [key, value]");
    const Value key = from_typed_json(entry[0]), value = from_typed_json(entry[1]);
    if (key.is_error()) return key;
    if (value.is_error()) return value;
    if (!map.insert(key, value)) return Value::error("a map has a repeated or unsupported key");
  }
  return Value::map(std::move(map));
}

std::string double_text(double number) {
  if (std::isnan(number)) return "nan";
  if (std::isinf(number)) return number < 0 ? "-inf" : "inf";
  const double size = std::abs(number);
  const bool plain = size == 0 || (size >= kPlainFrom && size < kPlainBelow);
  std::array<char, 64> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number,
                                 plain ? std::chars_format::fixed : std::chars_format::scientific)
                       .ptr;
  std::string text(buffer.data(), end);
  return plain && text.find('.') == std::string::npos ? text + ".0" : text;
}

json list_json(const ListValue& items) {
  json list = json::array();
  for (const Value& item : items)
    list.push_back(to_typed_json(item));
  return list;
}

json map_json(const MapValue& map) {
  json entries = json::array();
  for (const auto& [key, value] : map.entries())
    entries.push_back(json::array({to_typed_json(key), to_typed_json(value)}));
  return entries;
}

json bytes_json(const std::string& bytes) {
  json numbers = json::array();
  for (const char byte : bytes)
    numbers.push_back(static_cast<unsigned char>(byte));
  return numbers;
}

}  // namespace

Value from_typed_json(const json& typed) {
  if (!typed.is_object() || typed.size() != 1)
    return Value::error("a typed value is an object like {\"int\": 1}");
  const std::string& name = typed.begin().key();
  const json& content = typed.begin().value();
  if (name == "null") return {};
  for (const NamedType& form : kPlainForms)
    if (form.name == name)
      return content.is_null() ? Value::error("a " + name + " is not null") : from_json(content, form.kind);
  if (name == "type" && content.is_string()) return Value::type(content.get<std::string>());
  if (name == "bytes" && content.is_array()) return read_bytes(content);
  if (name == "list" && content.is_array()) return read_list(content);
  if (name == "map" && content.is_array()) return read_map(content);
  return Value::error("'" + name + "' is no typed value that is known here");
}

json to_typed_json(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return {{"null", nullptr}};
    case Kind::kBool:
      return {{"bool", value.as_bool()}};
    case Kind::kInt:
      return {{"int", value.as_int()}};
    case Kind::kUint:
      return {{"uint", value.as_uint()}};
    case Kind::kDouble:
      return {{"double", double_text(value.as_double())}};
    case Kind::kString:
      return {{"string", value.as_text()}};
    case Kind::kBytes:
      return {{"bytes", bytes_json(value.as_bytes())}};
    case Kind::kList:
      return {{"list", list_json(value.as_list())}};
    case Kind::kMap:
      return {{"map", map_json(value.as_map())}};
    case Kind::kType:
      return {{"type", value.as_type_name()}};
    case Kind::kTimestamp:
    case Kind::kDate:
      return {{"timestamp", to_string(value.as_instant())}};
    case Kind::kDuration:
      return {{"duration", to_string(value.as_duration())}};
    default:
      return {{"error", value.error_message()}};
  }
}

}  // namespace parley::cel
