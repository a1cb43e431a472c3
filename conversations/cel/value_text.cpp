#include <algorithm>

#include "conversations/cel/numbers.h"
#include "conversations/cel/unicode.h"
#include "conversations/cel/value.h"

namespace parley::cel {
namespace {

std::string joined(const std::vector<std::string>& parts, char open, char close) {
  std::string text(1, open);
  for (std::size_t i = 0; i < parts.size(); ++i)
    text += (i > 0 ? ", " : "") + parts[i];
  return text + close;
}

std::string list_text(const ListValue& items) {
  std::vector<std::string> parts;
  for (const Value& item : items)
    parts.push_back(to_text(item));
  return joined(parts, '[', ']');
}

std::string map_text(const MapValue& map) {
  std::vector<std::pair<std::string, std::string>> entries;
  for (const auto& [key, value] : map.entries())
    entries.emplace_back(to_text(key), to_text(value));
  std::sort(entries.begin(), entries.end());
  std::vector<std::string> parts;
  for (const auto& [key, value] : entries)
    parts.push_back(key + ": " + value);
  return joined(parts, '{', '}');
}

}  // namespace

std::string to_text(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return "null";
    case Kind::kBool:
      return value.as_bool() ? "true" : "false";
    case Kind::kInt:
      return std::to_string(value.as_int());
    case Kind::kUint:
      return std::to_string(value.as_uint());
    case Kind::kDouble:
      return to_plain_text(value.as_double());
    case Kind::kString:
      return value.as_text();
    case Kind::kBytes:
      return encode_utf8(decode_utf8(value.as_bytes()));
    case Kind::kList:
      return list_text(value.as_list());
    case Kind::kMap:
      return map_text(value.as_map());
    case Kind::kTimestamp:
      return to_string(value.as_instant());
    case Kind::kDate:
      return to_string(value.as_date());
    case Kind::kDuration:
      return to_string(value.as_duration());
    case Kind::kType:
      return value.as_type_name();
    default:
      return value.error_message();
  }
}

}  // namespace parley::cel
