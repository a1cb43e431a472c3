// Lengths of time ("two and a half hours", "1 week") and repetitions ("every second friday", "weekly").
#include <array>
#include <cmath>

#include "intents/entities/calendar.h"
#include "intents/entities/meanings.h"
#include "intents/entities/times.h"

namespace parley::intents {
namespace {

using Made = std::optional<Meaning>;

char unit_of(const Parts& parts) {
  const Meaning* unit = parts.has("unit") ? parts.get("unit") : parts.get("unit_letter");
  return unit && !unit->text.empty() ? unit->text[0] : '\0';
}

/// "2W" as a unit means two of them: a fortnight. "10Y": a decade.
double unit_factor(const Parts& parts) {
  const std::string_view text = parts.text("unit");
  return text.size() > 1 ? digits(text.substr(1)) : 1;
}

Made length(double amount, char unit) {
  const double seconds = amount * unit_seconds(unit);
  if (!(amount > 0) || seconds <= 0 || seconds > kUnitsMax * unit_seconds('Y')) return std::nullopt;
  Time time;
  time.type = TimeType::kDuration;
  time.amount = amount;
  time.unit = unit;
  const auto whole = static_cast<std::int64_t>(std::llround(seconds));
  time.readings.push_back({iso_duration(amount, unit), whole, whole});
  return made(std::move(time));
}

/// The number of units that stands before the unit, 1 when there is none.
double count_of(const Parts& parts) {
  for (const std::string_view name : {"number", "few", "article", "half_of", "quarter_of"})
    if (const Meaning* part = parts.get(name)) return part->number;
  return 1;
}

Made duration(const Parts& parts) {
  const char unit = unit_of(parts) == 'D' && parts.has("working") ? 'B' : unit_of(parts);
  return length(
      (count_of(parts) + (parts.has("and_part") ? parts.get("and_part")->number : 0)) * unit_factor(parts),
      unit);
}

/// "2 hours 30 minutes": the smaller unit after the larger.
Made two_lengths(const Parts& parts) {
  const auto a = parts.any_time(0);
  const auto b = parts.any_time(1);
  if (!a || !b || !a->mod.empty() || !b->mod.empty() || a->unit == '\0' || b->unit == '\0')
    return std::nullopt;
  if (unit_seconds(b->unit) >= unit_seconds(a->unit)) return std::nullopt;
  Time time;
  time.type = TimeType::kDuration;
  std::string timex = a->readings[0].timex;
  const std::string second = b->readings[0].timex;
  const bool clock = second[1] == 'T';
  timex += clock && timex[1] == 'T' ? second.substr(2) : second.substr(1);
  const std::int64_t seconds = *a->readings[0].start + *b->readings[0].start;
  time.readings.push_back({timex, seconds, seconds});
  time.amount = static_cast<double>(seconds);
  time.unit = 's';
  return made(std::move(time));
}

/// "more than 3 days"
Made bounded(const Parts& parts, const char* mod) {
  Time time = *parts.time("duration");
  if (!time.mod.empty()) return std::nullopt;
  time.mod = mod;
  return made(std::move(time));
}

Made repeated(std::string timex) {
  Time time;
  time.type = TimeType::kSet;
  time.resolved = false;
  time.readings.push_back({std::move(timex), std::nullopt, std::nullopt});
  return made(std::move(time));
}

/// "every two weeks", "every other day", "every friday": what is repeated is a length or an open date.
Made every(const Parts& parts) {
  if (const Meaning* set = parts.get("set_word")) return repeated(std::string(set->text));
  if (const char unit = unit_of(parts)) {
    const double times = (parts.has("other")      ? 2
                          : ordinal_of(parts) > 0 ? ordinal_of(parts)
                                                  : 1) *
                         unit_factor(parts);
    return repeated(iso_duration(times, unit));
  }
  const auto time = parts.any_time();
  if (!time || !time->mod.empty() || time->readings.empty()) return std::nullopt;
  if (time->type == TimeType::kDuration && (unit_seconds(time->unit) == 0)) return std::nullopt;
  return repeated(time->readings.back().timex);
}

/// "every weekend", "mondays", "friday mornings"
Made every_named(const Parts& parts) {
  if (const Meaning* unit = parts.get("set_unit")) return repeated(std::string(unit->text));
  const Meaning* day = parts.has("weekdays") ? parts.get("weekdays") : parts.get("weekday");
  const std::string part = parts.has("parts_of_days") ? "T" + std::string(parts.text("parts_of_days")) : "";
  return repeated((day ? "XXXX-WXX-" + std::to_string(static_cast<int>(day->number)) : "") + part);
}

/// "every day at six", "mondays at 9"
Made every_at(const Parts& parts) {
  const auto set = parts.any_time(parts.any_time(0)->type == TimeType::kSet ? 0 : 1);
  const auto clock = parts.any_time(parts.any_time(0)->type == TimeType::kSet ? 1 : 0);
  if (!set || !clock || set->type != TimeType::kSet) return std::nullopt;
  const std::string& what = set->readings[0].timex;
  const std::string& at = clock->readings[0].timex;
  if (what.starts_with("XXXX-")) return repeated(what.substr(0, 10) + at);
  return what == "P1D" || what.starts_with("T") ? repeated(at) : std::nullopt;
}

constexpr std::array<NamedMeaning, 8> kMeanings = {{
    {"duration", duration},
    {"two_lengths", two_lengths},
    {"more_than", [](const Parts& p) { return bounded(p, "more"); }},
    {"less_than", [](const Parts& p) { return bounded(p, "less"); }},
    {"about_length", [](const Parts& p) { return bounded(p, "approx"); }},
    {"every", every},
    {"every_named", every_named},
    {"every_at", every_at},
}};

}  // namespace

std::span<const NamedMeaning> duration_meanings() {
  return kMeanings;
}

}  // namespace parley::intents
