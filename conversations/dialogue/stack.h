// The open flows of a conversation: how one begins, ends, gives way to another and is offered again.
//
// A task is a flow that the person wanted, with the sub-flows it runs; patterns are built-in flows on top. A
// flow that is open is never begun a second time as a task.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "conversations/dialogue/turn.h"

namespace parley::conversations {

using Parameters = std::map<std::string, Json>;

/// Why a flow may not be used here: "role", "channel" or "level"; "" when it may.
std::string barrier_of(const Turn& turn, const Flow& flow);
/// The first flow of the intent that may be used here, or else its first; null: the intent starts none.
const Flow* flow_for(const Turn& turn, const std::string& intent);
/// Where the flow lies among the open ones, outermost 0.
std::optional<std::size_t> find_open(const Turn& turn, const std::string& flow);
/// Whether one more task or sub-flow may be opened; the last place is left to a pattern.
bool has_room(const Turn& turn);

std::string title_of(const Turn& turn, const Flow& flow);
/// The title of the innermost task; "" when nothing is open.
std::string task_title(const Turn& turn);
/// The innermost frame that is no pattern; null for none.
Frame* task_frame(Turn& turn);

/// Values that were kept for slots of the flow.
Parameters kept_values(const Turn& turn, const Flow& flow);
/// Puts a flow on top, its slots filled from `entities` and from values that were kept.
void start_task(Turn& turn, const Flow& flow, const std::vector<Entity>& entities);
/// Puts a sub-flow on top. False: too many flows are open.
bool start_run(Turn& turn, const Flow& flow, Parameters parameters);
/// Puts a built-in flow on top. Where a bot lacks it, what would follow it happens at once.
void start_pattern(Turn& turn, const std::string& name, Parameters parameters, After after);

/// The innermost flow has reached its end: gives results to the flow beneath, or brings back its question.
void end_top(Turn& turn, const std::string& reason);
/// Ends the innermost task with its sub-flows and the patterns on it. Nothing follows.
void end_task(Turn& turn, const std::string& reason);
void end_all(Turn& turn, const std::string& reason);
/// Ends what lies on top of the open flow at `index`.
void end_above(Turn& turn, std::size_t index, const std::string& reason);
/// Takes the patterns off the top, as if they had not been asked.
void drop_patterns(Turn& turn);

/// What happens to a pending question beneath a flow that has ended.
void return_to_question(Turn& turn, After after);

/// Whether the frame's flow or step is no longer in the bot.
bool outdated(const Turn& turn, const Frame& frame);
/// Frames whose flow or step is no longer in the bot end as `version_changed`, each with its task; waiting
/// flows, too.
bool end_outdated(Turn& turn);

}  // namespace parley::conversations
