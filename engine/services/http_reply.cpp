#include "engine/services/http_reply.h"

#include <charconv>
#include <cmath>
#include <optional>

#include "engine/bounded_json.h"

namespace parley {
namespace {

constexpr JsonBounds kReplyBounds{limits::kServiceReplyMaxBytes, limits::kJsonMaxDepth};
constexpr double kExactIntegers = 9007199254740992.0;  // 2^53: up to here a double holds every whole number

Error invalid(const std::string& message) {
  return {ErrorCode::kInvalid, message};
}

// Not the parser's own words, which may quote the reply.
Error unreadable(const Error& problem) {
  return invalid(problem.code == ErrorCode::kTooLarge ? "the reply is nested too deeply"
                                                      : "the reply is not JSON, or holds a key twice");
}

const Json* member(const Json& value, const std::string& name) {
  if (value.is_object()) {
    const auto found = value.find(name);
    return found == value.end() ? nullptr : &*found;
  }
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), index);
  const bool counts = error == std::errc{} && end == name.data() + name.size();
  return value.is_array() && counts && index < value.size() ? &value[index] : nullptr;
}

const Json* find(const Json& value, const JsonPath& path) {
  const Json* at = &value;
  for (const std::string& name : path)
    if (at != nullptr) at = member(*at, name);
  return at;
}

// 'd' stands for a digit.
bool begins_like(const std::string& text, std::string_view pattern) {
  if (text.size() < pattern.size()) return false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool digit = text[i] >= '0' && text[i] <= '9';
    if (pattern[i] == 'd' ? !digit : text[i] != pattern[i]) return false;
  }
  return true;
}

std::optional<Json> day_of(const std::string& text) {
  constexpr std::string_view kDate = "dddd-dd-dd";
  if (!begins_like(text, kDate)) return std::nullopt;
  if (text.size() > kDate.size() && text[kDate.size()] != 'T') return std::nullopt;
  return text.substr(0, kDate.size());
}

std::optional<Json> typed_text(const std::string& type, const std::string& text) {
  if (type == "date") return day_of(text);
  if (type == "time" && !begins_like(text, "dd:dd")) return std::nullopt;
  if (type == "timestamp" && !begins_like(text, "dddd-dd-ddTdd:dd:dd")) return std::nullopt;
  return text;
}

std::optional<Json> typed_integer(const Json& value) {
  if (value.is_number_unsigned())
    return value.get<std::uint64_t>() <= INT64_MAX ? std::optional<Json>(value) : std::nullopt;
  if (value.is_number_integer()) return value;
  if (!value.is_number_float()) return std::nullopt;
  const double number = value.get<double>();
  if (std::trunc(number) != number || std::abs(number) > kExactIntegers) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

// Nullopt: a value of another type.
std::optional<Json> typed(const std::string& type, const Json* value) {
  if (value == nullptr || value->is_null()) return Json();
  if (type == "any") return *value;
  if (type == "int") return typed_integer(*value);
  if (type == "number" || type == "duration")
    return value->is_number() ? std::optional<Json>(*value) : std::nullopt;
  if (type == "bool") return value->is_boolean() ? std::optional<Json>(*value) : std::nullopt;
  return value->is_string() ? typed_text(type, value->get_ref<const std::string&>()) : std::nullopt;
}

Result<Json> row_of(const ServiceOperation& operation, const Json& given, int status) {
  if (!given.is_object()) return invalid("a row of the reply is not an object");
  Json row = Json::object();
  for (const auto& [name, type] : operation.columns) {
    const HttpColumn& column = operation.http.columns.at(name);
    const Json status_value = status;
    auto value = typed(type, column.is_status ? &status_value : find(given, column.path));
    if (!value) return invalid("'" + name + "' of the reply is not of type " + type);
    row[name] = std::move(*value);
  }
  return row;
}

bool is_page(const Json& reply) {
  return reply.is_object() && reply.contains("items") && reply["items"].is_array();
}

std::string next_of(const Json& page) {
  if (!page.contains("hasMore") || page["hasMore"] != true || !page.contains("links")) return "";
  const Json& links = page["links"];
  if (!links.is_array()) return "";
  for (const Json& link : links)
    if (link.is_object() && link.contains("rel") && link["rel"] == "next" && link.contains("href") &&
        link["href"].is_string())
      return link["href"].get<std::string>();
  return "";
}

// The list of rows within the reply. Null: there is nothing. One row counts as a list of one where one is
// wanted.
Result<Json> list_of(const ServiceOperation& operation, Json reply, std::string& next) {
  const JsonPath& path = operation.http.rows_at;
  if (path.empty() && is_page(reply)) {
    next = next_of(reply);
    return Json(std::move(reply["items"]));
  }
  const Json* at = find(reply, path);
  if (at == nullptr) return invalid("the reply has nothing at the operation's 'from'");
  if (at->is_null()) return Json::array();
  if (at->is_array()) return *at;
  if (operation.rows == RowCount::kMany) return invalid("the reply is not a list");
  return Json::array({*at});
}

}  // namespace

Result<ReplyRows> rows_of(const ServiceOperation& operation, const ServiceReply& reply) {
  ReplyRows result;
  if (reply.body.empty()) return result;
  auto parsed = parse_bounded_json(reply.body, kReplyBounds);
  if (!parsed) return unreadable(parsed.error());
  const auto list = list_of(operation, std::move(*parsed), result.next);
  if (!list) return list.error();
  const std::size_t most = operation.rows == RowCount::kOne ? 1 : limits::kServiceRowsMax;
  for (const Json& given : *list) {
    if (result.rows.size() >= most) break;
    auto row = row_of(operation, given, reply.status);
    if (!row) return row.error();
    result.rows.push_back(std::move(*row));
  }
  return result;
}

Json row_of_refusal(const ServiceOperation& operation, const ServiceReply& reply) {
  const auto parsed = parse_bounded_json(reply.body, kReplyBounds);
  const Json nothing = Json::object();
  const Json& given = parsed && parsed->is_object() ? *parsed : nothing;
  Json row = Json::object();
  for (const auto& [name, type] : operation.columns) {
    const HttpColumn& column = operation.http.columns.at(name);
    const Json status = reply.status;
    row[name] = typed(type, column.is_status ? &status : find(given, column.path)).value_or(Json());
  }
  return row;
}

}  // namespace parley
