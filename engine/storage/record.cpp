#include "engine/storage/record.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/result.h"

namespace parley {
namespace {

constexpr std::array<std::pair<EventKind, std::string_view>, 11> kNames{{
    {EventKind::kOpened, "opened"},
    {EventKind::kActivityIn, "activity_in"},
    {EventKind::kEventIn, "event_in"},
    {EventKind::kActivityOut, "activity_out"},
    {EventKind::kCall, "call"},
    {EventKind::kCallResult, "call_result"},
    {EventKind::kTimerSet, "timer_set"},
    {EventKind::kTimerFired, "timer_fired"},
    {EventKind::kFlowEnd, "flow_end"},
    {EventKind::kHandoff, "handoff"},
    {EventKind::kCase, "case"},
}};

}  // namespace

std::string_view name_of(EventKind kind) {
  const auto found =
      std::find_if(kNames.begin(), kNames.end(), [&](const auto& entry) { return entry.first == kind; });
  PARLEY_CHECK(found != kNames.end());
  return found->second;
}

std::optional<EventKind> event_kind(std::string_view name) {
  for (const auto& [kind, known] : kNames)
    if (known == name) return kind;
  return std::nullopt;
}

}  // namespace parley
