#include "intents/entities/values.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "intents/entities/numbers.h"

namespace parley::intents {
namespace {

using Json = nlohmann::json;
using Value = std::optional<Json>;

constexpr double kSafeInteger = 9'007'199'254'740'992.0;  // 2^53: a double still tells neighbours apart
constexpr std::size_t kPhoneDigitsMin = 8;
constexpr std::size_t kPhoneDigitsMax = 15;

struct Reader {
  const GrammarMatch& match;
  const Grammar& grammar;
  std::string_view original;

  std::optional<double> number(std::string_view group) const {
    return parse_number(match.get(group), grammar);
  }
  std::string_view table(std::string_view name) const {
    const std::string* value = grammar.look_up(name, match.get(name));
    return value ? std::string_view(*value) : std::string_view();
  }
};

Json json_number(double value) {
  if (value == std::floor(value) && std::fabs(value) < kSafeInteger) return static_cast<long long>(value);
  return value;
}

Value plain_number(const Reader& reader) {
  const auto value = reader.number("number");
  return value ? Value(json_number(*value)) : std::nullopt;
}

double unit_seconds(std::string_view unit) {
  static constexpr std::array<std::pair<std::string_view, double>, 9> kSeconds = {{{"second", 1},
                                                                                   {"minute", 60},
                                                                                   {"quarter", 900},
                                                                                   {"hour", 3'600},
                                                                                   {"day", 86'400},
                                                                                   {"week", 604'800},
                                                                                   {"fortnight", 1'209'600},
                                                                                   {"month", 2'592'000},
                                                                                   {"year", 31'536'000}}};
  for (const auto& [name, seconds] : kSeconds)
    if (name == unit) return seconds;
  return 0;
}

Value duration(const Reader& reader, double factor, double extra) {
  const double seconds = unit_seconds(reader.table("unit"));
  double count = factor;
  if (factor > 0 && !reader.match.get("count").empty())
    count = factor * parse_count(reader.match.get("count"), reader.grammar).value_or(0);
  else if (factor > 0 && !reader.match.get("number").empty())
    count = factor * reader.number("number").value_or(0);
  const double total = std::round((count + extra) * seconds);
  return total > 0 ? Value(json_number(total)) : std::nullopt;
}

/// The hour and minute of a clock time, moved by `minutes`, in twenty-four hours.
Value clock(const Reader& reader, int minutes) {
  const auto hour = parse_ordinal(reader.match.get("hour"), reader.grammar);
  if (!hour || *hour > 24) return std::nullopt;
  int written = 0;
  const std::string_view digits = reader.match.get("minute");
  std::from_chars(digits.data(), digits.data() + digits.size(), written);
  const std::string_view half = reader.table("half");
  int total = *hour * 60 + written + minutes;
  if (half == "pm" && *hour < 12) total += 12 * 60;
  if (half == "am" && *hour == 12) total -= 12 * 60;
  total = (total + 24 * 60) % (24 * 60);
  char text[8];
  std::snprintf(text, sizeof text, "%02d:%02d", total / 60, total % 60);
  return Json(text);
}

Value money(const Reader& reader) {
  const auto amount = reader.number("number");
  if (!amount) return std::nullopt;
  const auto cents = reader.number("cents");
  const std::string_view word = reader.table("currency");
  return Json{{"amount", *amount + cents.value_or(0) / 100},
              {"currency", std::string(word.empty() ? reader.table("symbol") : word)}};
}

Value cents(const Reader& reader) {
  const auto amount = reader.number("number");
  return amount ? Value(Json{{"amount", *amount / 100}, {"currency", ""}}) : std::nullopt;
}

Value phone(const Reader& reader) {
  std::size_t digits = 0;
  for (const char c : reader.original)
    digits += c >= '0' && c <= '9' ? 1 : 0;
  if (digits < kPhoneDigitsMin || digits > kPhoneDigitsMax) return std::nullopt;
  return Json(std::string(reader.original));
}

struct Meaning {
  std::string_view name;
  Value (*resolve)(const Reader&);
};

constexpr std::array<Meaning, 18> kMeanings = {{
    {"number", plain_number},
    {"duration", [](const Reader& r) { return duration(r, 1, 0); }},
    {"duration_and_half", [](const Reader& r) { return duration(r, 1, 0.5); }},
    {"duration_one_and_half", [](const Reader& r) { return duration(r, 0, 1.5); }},
    {"duration_half", [](const Reader& r) { return duration(r, 0, 0.5); }},
    {"quarter_hour", [](const Reader&) -> Value { return Json(900); }},
    {"clock", [](const Reader& r) { return clock(r, 0); }},
    {"clock_half_past", [](const Reader& r) { return clock(r, 30); }},
    {"clock_half_to", [](const Reader& r) { return clock(r, -30); }},
    {"clock_quarter_past", [](const Reader& r) { return clock(r, 15); }},
    {"clock_quarter_to", [](const Reader& r) { return clock(r, -15); }},
    {"moment", [](const Reader& r) -> Value { return Json(std::string(r.table("moment"))); }},
    {"money", money},
    {"cents", cents},
    {"phone", phone},
    {"text", [](const Reader& r) -> Value { return Json(std::string(r.original)); }},
    {"yes", [](const Reader&) -> Value { return Json(true); }},
    {"no", [](const Reader&) -> Value { return Json(false); }},
}};

}  // namespace

std::optional<EntityValue> resolve_value(const GrammarMatch& match, const Grammar& grammar,
                                         const CalendarContext& calendar, std::string_view original) {
  if (match.rule->kind == "date") {
    const auto date = resolve_date(match, grammar, calendar);
    if (!date) return std::nullopt;
    return EntityValue{iso_date(date->day), date};
  }
  for (const auto& [name, resolve] : kMeanings) {
    if (name != match.rule->meaning) continue;
    auto value = resolve({match, grammar, original});
    if (!value) return std::nullopt;
    return EntityValue{std::move(*value), std::nullopt};
  }
  return std::nullopt;
}

}  // namespace parley::intents
