// Which day "thursday" means to a slot: of an entity with several readings, the one that the slot can take.
//
// Its `check` decides: with `start >= today` the coming one, with `day <= today` the last one. A date that
// comes round every week or month is moved on until the check holds: after "from next monday", "until
// thursday" is the thursday after that monday, said at once or later, as a correction too. Without a check a
// date does not lie before the date slot that the flow asks for before it. Where nothing fits, the usual
// reading stays, so that the author's own words say what is wrong with it.
//
// At most kReadingsTriedMax checks are evaluated. Pure functions; any thread.
#pragma once

#include <functional>
#include <vector>

#include "conversations/dialogue/slot_filling.h"
#include "conversations/dialogue/turn.h"

namespace parley::conversations {

inline constexpr int kReadingsTriedMax = 64;  // more than a year of weeks

/// `entity` with the value that `fits` wants, if it has one.
Entity fitted(const Entity& entity, const std::function<bool(const Entity&)>& fits);

/// `entity` as the slot would read it, given the values of the other slots of `flow`; of no kind where the
/// text names another slot for it.
Entity read_for(const Turn& turn, const Flow& flow, const std::map<std::string, Json>& present,
                const std::string& slot, const Entity& entity);

/// Whether no check of the flow's slots fails with these values.
bool checks_hold(const Turn& turn, const Flow& flow, const std::map<std::string, Json>& values);

/// A weekday that takes the place of `date` is one of its week, if that day is not over: of "from monday to
/// thursday, no, wednesday" the wednesday before that thursday, not the one after it.
Entity in_same_week(const Entity& entity, const Json& date, TimePoint now);

/// A weekday that corrects `date` is one of that date's week, if that is not over: said of a monday in two
/// weeks, "no, wednesday" is the wednesday after it.
Entity in_week_of(const Entity& entity, const Json& date);

/// "Not friday" and "instead of friday" give nothing a friday, whatever day it is.
bool is_denied(const Turn& turn, const Entity& entity);

/// `entity` as an open flow would read it: beside what the slot was before it was asked for again.
Entity read_again(const Turn& turn, const Frame& frame, const std::map<std::string, Json>& present,
                  const std::string& slot, const Entity& entity);

/// read_for() for a FillRequest; refers to `turn` and `flow`.
inline auto reader_for(const Turn& turn, const Flow& flow) {
  return [&turn, &flow](const std::map<std::string, Json>& present, const std::string& slot,
                        const Entity& entity) { return read_for(turn, flow, present, slot, entity); };
}

/// read_again() for a FillRequest; refers to `turn` and `frame`.
inline auto reader_for(const Turn& turn, const Frame& frame) {
  return [&turn, &frame](const std::map<std::string, Json>& present, const std::string& slot,
                         const Entity& entity) { return read_again(turn, frame, present, slot, entity); };
}

}  // namespace parley::conversations
