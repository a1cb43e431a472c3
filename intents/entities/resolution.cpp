#include "intents/entities/resolution.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "intents/entities/calendar.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using Json = nlohmann::json;

constexpr double kSafeInteger = 9'007'199'254'740'992.0;  // 2^53: a double still tells neighbours apart
constexpr std::string_view kDayBegins = "07:00";
constexpr std::string_view kDayEnds = "19:00";

constexpr std::array<std::pair<std::string_view, std::string_view>, 19> kKinds = {
    {{"number", "number"},
     {"ordinal_entity", "ordinal"},
     {"ordinal_relative", "ordinal"},
     {"ratio", "number"},
     {"no_number", "number"},
     {"no_ordinal", "ordinal"},
     {"no_yesno", "yesno"},
     {"no_date", "date"},
     {"percentage", "percentage"},
     {"money", "money"},
     {"date", "date"},
     {"time", "time"},
     {"datetime", "datetime"},
     {"daterange", "period"},
     {"timerange", "period"},
     {"datetimerange", "period"},
     {"duration", "duration"},
     {"set", "set"},
     {"yesno", "yesno"}}};

/// An instant as the type writes it: a day, a clock time, or both.
std::string written(TimeType type, std::int64_t at) {
  if (type == TimeType::kTime || type == TimeType::kTimeRange) return iso_time(at);
  const std::string day = iso_date(day_of_seconds(at));
  return has_clock(type) ? day + " " + iso_time(at) : day;
}

Json reading_json(const Time& time, const TimeReading& reading) {
  Json json{{"timex", reading.timex}, {"type", type_name(time.type)}};
  if (!time.mod.empty()) json["Mod"] = time.mod;
  if (!time.source.empty()) json["sourceEntity"] = time.source;
  if (!time.list.empty()) {
    std::string list;
    for (const std::string& day : time.list)
      (list += list.empty() ? "" : ",") += day;
    json["list"] = list;
  }
  if (!time.resolved || (!reading.start && !reading.end)) {
    json["value"] = "not resolved";
  } else if (time.type == TimeType::kDuration) {
    json["value"] = time.unit == 's' || *reading.start != 0
                        ? number_text(time.amount * unit_seconds(time.unit), '.')
                        : "";
  } else if (is_range(time.type)) {
    if (reading.start) json["start"] = written(time.type, *reading.start);
    if (reading.end) json["end"] = written(time.type, *reading.end);
  } else {
    json["value"] = written(time.type, *reading.start);
  }
  return json;
}

Json amount_json(const Meaning& meaning, char decimal, const char* sign = "") {
  return std::isnan(meaning.number) ? Json() : Json(number_text(meaning.number, decimal) + sign);
}

Json money_json(const Meaning& meaning, char decimal) {
  std::string_view unit = meaning.text;
  const bool guessed = unit.starts_with('~');
  if (guessed) unit.remove_prefix(1);
  const std::string code(unit.substr(0, unit.find(' ')));
  Json json{{"value", amount_json(meaning, decimal)}, {"unit", unit.substr(unit.find(' ') + 1)}};
  if (!guessed) json["isoCurrency"] = code;
  return json;
}

Json ordinal_json(const Meaning& meaning) {
  if (meaning.text.empty()) {
    const std::string value = number_text(meaning.number, '.');
    return {{"value", value}, {"offset", value}, {"relativeTo", "start"}};
  }
  const std::size_t sign = meaning.text.find_first_of("+-");
  const std::string offset(meaning.text.substr(meaning.text[sign] == '+' ? sign + 1 : sign));
  return {{"value", meaning.text}, {"offset", offset}, {"relativeTo", meaning.text.substr(0, sign)}};
}

Json json_number(double value) {
  if (value == std::floor(value) && std::fabs(value) < kSafeInteger) return static_cast<long long>(value);
  return value;
}

Json money_value(const Meaning& meaning) {
  std::string_view unit = meaning.text;
  if (unit.starts_with('~')) unit.remove_prefix(1);
  const std::string_view code = unit.substr(0, unit.find(' '));
  const bool cents = code.ends_with('%');  // "EUR%": hundredths of it
  const double amount = cents ? meaning.number / 100 : meaning.number;
  return {{"amount", json_number(amount)}, {"currency", code == "-" ? "" : std::string(code.substr(0, 3))}};
}

std::string short_time(std::int64_t at) {
  return iso_time(at).substr(0, 5);
}

/// A weekday said on that very day means the next one.
std::int64_t not_today(const Time& time, const Viewpoint& view, std::int64_t at) {
  const bool today = time.recurrence == Recurrence::kWeekly && day_of_seconds(at) == view.today;
  return today ? at + 7 * kDaySeconds : at;
}

Json edge_json(const Time& time, std::optional<std::int64_t> at) {
  if (!at) return nullptr;
  if (time.type == TimeType::kTimeRange) return short_time(*at);
  return has_clock(time.type) ? iso_date(day_of_seconds(*at)) + "T" + short_time(*at)
                              : iso_date(day_of_seconds(*at));
}

Json time_value(const Time& time, const TimeReading& reading, const Viewpoint& view) {
  if (time.type == TimeType::kSet) return reading.timex;
  if (!time.resolved || (!reading.start && !reading.end)) return nullptr;
  if (time.type == TimeType::kDuration) return json_number(static_cast<double>(*reading.start));
  if (time.type == TimeType::kTime) return short_time(*reading.start);
  if (is_range(time.type))
    return {{"start", edge_json(time, reading.start)}, {"end", edge_json(time, reading.end)}};
  const std::int64_t at = not_today(time, view, *reading.start);
  if (time.type == TimeType::kDate) return iso_date(day_of_seconds(at));
  return iso_date(day_of_seconds(at)) + "T" + short_time(at);
}

}  // namespace

std::string_view entity_kind(std::string_view symbol) {
  for (const auto& [name, kind] : kKinds)
    if (name == symbol) return kind;
  return {};
}

std::string number_text(double value, char decimal) {
  char text[40];
  std::snprintf(text, sizeof text, "%.15G", value == 0 ? 0.0 : value);
  for (char& c : text)
    if (c == '.') c = decimal;
  return text;
}

nlohmann::json resolution_of(std::string_view kind, const Meaning& meaning, char decimal) {
  if (meaning.time) {
    Json values = Json::array();
    for (const TimeReading& reading : meaning.time->readings)
      values.push_back(reading_json(*meaning.time, reading));
    return {{"values", std::move(values)}};
  }
  if (kind == "money") return money_json(meaning, decimal);
  if (kind == "ordinal") return ordinal_json(meaning);
  if (kind == "yesno") return {{"value", meaning.number != 0}};
  return {{"value", amount_json(meaning, decimal, kind == "percentage" ? "%" : "")}};
}

std::string spec_type(std::string_view kind, const Meaning& meaning) {
  if (meaning.time) return "datetimeV2." + std::string(type_name(meaning.time->type));
  if (kind == "money") return "currency";
  if (kind == "yesno") return "boolean";
  if (kind == "phone") return "phonenumber";
  return kind == "ordinal" && !meaning.text.empty() ? "ordinal.relative" : std::string(kind);
}

std::vector<nlohmann::json> slot_values(std::string_view kind, const Meaning& meaning,
                                        const Viewpoint& view) {
  if (std::isnan(meaning.number)) return {};
  if (kind == "money") return {money_value(meaning)};
  if (kind == "yesno") return {meaning.number != 0};
  if (!meaning.time)
    return {meaning.text.empty() ? json_number(meaning.number) : Json(std::string(meaning.text))};
  std::vector<Json> values;
  for (const TimeReading& reading : meaning.time->readings)
    if (Json value = time_value(*meaning.time, reading, view); !value.is_null())
      if (std::find(values.begin(), values.end(), value) == values.end()) values.push_back(std::move(value));
  return values;
}

std::size_t usual_value(const std::vector<nlohmann::json>& values, std::string_view kind) {
  if (kind != "time" && kind != "datetime") return values.empty() ? 0 : values.size() - 1;
  std::size_t best = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const std::string text = values[i].get<std::string>();
    const std::string clock = text.substr(text.size() - 5);
    if (clock >= kDayBegins && clock < kDayEnds) best = i;
  }
  return best;
}

}  // namespace parley::intents
