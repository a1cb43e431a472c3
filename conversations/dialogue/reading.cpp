#include "conversations/dialogue/reading.h"

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "conversations/cel/time.h"
#include "conversations/dialogue/slot_names.h"

namespace parley::conversations {

namespace {

std::optional<std::chrono::year_month_day> day_of(const Json& value) {
  const auto date = value.is_string() ? cel::parse_date(value.get<std::string>()) : std::nullopt;
  if (!date) return std::nullopt;
  return std::chrono::year_month_day{std::chrono::year(date->year), std::chrono::month(date->month),
                                     std::chrono::day(date->day)};
}

Json json_of(const std::chrono::year_month_day& day) {
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(day.year()),
                static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  return text;
}

/// The date `times` weeks or months on; nullopt when it does not come round so, or the month has no such day.
std::optional<Json> come_round(const Entity& entity, int times) {
  if (entity.recurs != "week" && entity.recurs != "month") return std::nullopt;
  auto day = day_of(entity.value);
  if (!day) return std::nullopt;
  if (entity.recurs == "week")
    day = std::chrono::sys_days(*day) + std::chrono::weeks(times);
  else
    *day += std::chrono::months(times);
  return day->ok() ? std::optional<Json>(json_of(*day)) : std::nullopt;
}

std::chrono::sys_days monday_before(std::chrono::sys_days day) {
  return day - (std::chrono::weekday(day) - std::chrono::Monday);
}

/// The nearest date slot that the flow asks for before `slot`, if it is filled.
const Json* date_before(const Flow& flow, const std::map<std::string, Json>& present,
                        const std::string& slot) {
  const Json* before = nullptr;
  for (const std::string& name : asking_order(flow, nullptr)) {
    if (name == slot) break;
    const auto value = present.find(name);
    if (flow.slots.at(name).type == "date" && value != present.end() && value->second.is_string())
      before = &value->second;
  }
  return before;
}

/// Whether the slot's check holds, or cannot be decided yet.
bool passes_check(const Turn& turn, Frame& frame, const Slot& slot, const Json& value) {
  frame.slots[slot.name] = value;
  const cel::Value verdict = slot.check->evaluate(bindings_of(turn, frame));
  return verdict.is_error() || verdict.is_true();
}

}  // namespace

Entity fitted(const Entity& entity, const std::function<bool(const Entity&)>& fits) {
  if (fits(entity)) return entity;
  Entity other = entity;
  for (const Json& reading : entity.readings) {
    other.value = reading;
    if (fits(other)) return other;
  }
  for (int times = 1; times <= kReadingsTriedMax; ++times) {
    std::optional<Json> later = come_round(entity, times);
    if (!later && entity.recurs != "month") break;
    if (!later) continue;
    other.value = std::move(*later);
    if (fits(other)) return other;
  }
  return entity;
}

namespace {

Entity in_same_week(const Entity& entity, const Json& date) {
  const auto day = day_of(entity.value), other = day_of(date);
  if (entity.recurs != "week" || !day || !other || !day->ok() || !other->ok()) return entity;
  const std::chrono::sys_days said(*day);
  Entity read = entity;
  read.value = json_of(std::chrono::year_month_day(monday_before(std::chrono::sys_days(*other)) +
                                                   (said - monday_before(said))));
  return read;
}

}  // namespace

bool checks_hold(const Turn& turn, const Flow& flow, const std::map<std::string, Json>& values) {
  Frame frame;
  frame.flow = flow.name;
  frame.slots = values;
  return std::all_of(values.begin(), values.end(), [&](const auto& one) {
    const auto slot = flow.slots.find(one.first);
    return slot == flow.slots.end() || !slot->second.check ||
           passes_check(turn, frame, slot->second, one.second);
  });
}

Entity in_same_week(const Entity& entity, const Json& date, TimePoint now) {
  const Entity read = in_same_week(entity, date);
  const Json today = json_of(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)));
  return read.value < today ? entity : read;
}

Entity in_week_of(const Entity& entity, const Json& date) {
  const Entity read = in_same_week(entity, date);
  return read.value > entity.value ? read : entity;
}

Entity read_for(const Turn& turn, const Flow& flow, const std::map<std::string, Json>& present,
                const std::string& slot, const Entity& entity) {
  if (is_of_another(turn, entity, slot)) return {};
  const auto declared = flow.slots.find(slot);
  const bool settled = entity.readings.empty() && entity.recurs.empty();
  if (settled || declared == flow.slots.end() || entity.kind != declared->second.type) return entity;
  Frame frame;
  frame.flow = flow.name;
  frame.slots = present;
  const Json* before =
      declared->second.check || entity.kind != "date" ? nullptr : date_before(flow, present, slot);
  return fitted(entity, [&](const Entity& one) {
    const std::optional<Json> value = value_of(declared->second, one);
    if (!value) return false;
    if (declared->second.check) return passes_check(turn, frame, declared->second, *value);
    return !before || *value >= *before;
  });
}

bool is_denied(const Turn& turn, const Entity& entity) {
  return ends_with_denial(words_of(turn.event.text.substr(0, entity.begin)), turn.phrases);
}

Entity read_again(const Turn& turn, const Frame& frame, const std::map<std::string, Json>& present,
                  const std::string& slot, const Entity& entity) {
  const auto before = frame.replaced.find(slot);
  const bool again = before != frame.replaced.end();
  return read_for(turn, flow_of(turn, frame), present, slot,
                  again ? in_week_of(entity, before->second) : entity);
}

}  // namespace parley::conversations
