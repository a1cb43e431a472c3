#include "intents/entities/listed_days.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "intents/entities/calendar.h"
#include "intents/normalize.h"

namespace parley::intents {
namespace {

constexpr int kDayMax = 31;

std::optional<int> leading_number(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && number >= 1 && number <= kDayMax ? std::optional(number) : std::nullopt;
}

/// The day, of a date written as "2026-12-11", whose text begins with it.
bool begins_with_day(const Entity& date) {
  if (date.kind != "date" || !date.value.is_string()) return false;
  const std::string value = date.value.get<std::string>();
  const auto number = leading_number(date.text);
  return number && value.size() == 10 && std::stoi(value.substr(8)) == *number &&
         date.text.find_first_not_of("0123456789-/. ") != std::string::npos;
}

/// The same month's day `day`.
std::optional<nlohmann::json> on_day(const nlohmann::json& date, int day) {
  const std::string value = date.get<std::string>();
  const auto made = make_day(std::stoi(value), std::stoi(value.substr(5)), day);
  return made ? std::optional<nlohmann::json>(iso_date(*made)) : std::nullopt;
}

std::optional<Entity> listed_day(const Entity& number, const Entity& date) {
  const auto day = leading_number(number.text);
  const auto value = day ? on_day(date.value, *day) : std::nullopt;
  if (!value) return std::nullopt;
  Entity listed{"date", "", number.begin, number.end, number.text, *value};
  listed.recurs = date.recurs;
  for (const nlohmann::json& reading : date.readings)
    if (const auto other = on_day(reading, *day)) listed.readings.push_back(*other);
  return listed;
}

enum class Link { kNone, kComma, kAnd };

Link link_of(std::string_view between, const std::vector<std::string>& links) {
  const std::size_t begin = between.find_first_not_of(" ,");
  if (begin == std::string_view::npos)
    return between.find(',') == std::string_view::npos ? Link::kNone : Link::kComma;
  const std::string word = folded(between.substr(begin, between.find_last_not_of(' ') + 1 - begin));
  const bool known = word == "&" || std::find(links.begin(), links.end(), word) != links.end();
  return known ? Link::kAnd : Link::kNone;
}

/// The bare number that ends last before `end`; npos for none.
std::size_t number_before(const std::vector<Entity>& entities, std::size_t end) {
  std::size_t found = std::string::npos;
  for (std::size_t i = 0; i < entities.size(); ++i) {
    const Entity& one = entities[i];
    const bool bare = one.kind == "number" && one.end <= end &&
                      one.text.find_first_not_of("0123456789") == std::string::npos;
    if (bare && (found == std::string::npos || one.begin > entities[found].begin)) found = i;
  }
  return found;
}

}  // namespace

void add_listed_days(std::string_view original, const std::vector<std::string>& links,
                     std::vector<Entity>& entities) {
  for (std::size_t i = 0; i < entities.size(); ++i) {
    if (!begins_with_day(entities[i])) continue;
    const Entity date = entities[i];
    std::size_t begin = date.begin;
    for (Link wanted = Link::kAnd; wanted != Link::kNone; wanted = Link::kComma) {
      const std::size_t before = number_before(entities, begin);
      if (before == std::string::npos) break;
      const Link link = link_of(original.substr(entities[before].end, begin - entities[before].end), links);
      const auto day = link == wanted ? listed_day(entities[before], date) : std::nullopt;
      if (!day) break;
      begin = day->begin;
      entities[before] = *day;
    }
  }
}

}  // namespace parley::intents
