// Recovery cases of a conversation: who opens one holds it, until it is over or a person looks after it.
//
//     recover        the flow holds a new case                 opened
//     wait           the case waits with the flow              due
//     its time       not in quiet hours: it is held till then  followed_up
//     outcome        or the flow's end, whose reason says how  closed
//
// A flow that ends because a person is wanted leaves its case open: who gives the conversation back says in
// the event's value how it ended, {"outcome": "recovered"}. A case that nobody holds any more is closed at
// the end of the turn. Each of these is an event of the ledger, stored with its turn. One thread.
#pragma once

#include <optional>
#include <string>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

/// The `recover` step of the top frame: goes on behind it, or at `refused`.
void open_case(Turn& turn, const Recover& action);

/// The `outcome` step of the top frame: goes on behind it.
void say_outcome(Turn& turn, const Outcome& action);

/// Closes the case that the frame holds, if it does.
void close_case(Turn& turn, Frame& frame, CaseOutcome outcome);
/// The frame has ended for this reason: so has its case.
void end_case(Turn& turn, Frame& frame, const std::string& reason);
/// A person is wanted in the frame's flow.
void escalate_case(Turn& turn, Frame& frame);
/// The conversation has been given back with this value.
void close_escalated_cases(Turn& turn, const Json& value);
/// Closes those that no flow holds and no person looks after.
void close_left_cases(Turn& turn);

/// Whether one of the flows holds a case.
bool holds_case(const std::vector<Frame>& frames);
/// The flow begins to wait with its case until `due`, or has come back for a follow-up.
void note_due(Turn& turn, const Parked& parked, TimePoint due, const std::string& event);
void note_follow_up(Turn& turn, const Parked& parked);

/// The end of the quiet hours in which `at` lies; nullopt: it lies in none.
std::optional<TimePoint> end_of_quiet_hours(const Turn& turn, TimePoint at);

}  // namespace parley::conversations
