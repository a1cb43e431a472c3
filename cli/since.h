// The beginning of a window of time, as --since takes it: a day such as 2026-10-01 (UTC), or a number of days
// such as 30d before now.
//
// Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

#include "engine/message.h"

namespace parley::cli {

/// Nullopt: neither of the two.
std::optional<TimePoint> time_of(std::string_view text, TimePoint now);

}  // namespace parley::cli
