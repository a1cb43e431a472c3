#include "engine/conversation.h"

namespace parley {

const std::string& conversation_of(const OpenTask& task) {
  return task.request.conversation_id;
}
const std::string& conversation_of(const SubmitTask& task) {
  return task.inbound.conversation_id;
}

bool is_internal(const Task& task) {
  return std::holds_alternative<CallEndedTask>(task) || std::holds_alternative<TimerTask>(task);
}

void refuse(Task& task, const Error& error) {
  PARLEY_CHECK(!is_internal(task));
  if (auto* open = std::get_if<OpenTask>(&task))
    open->done(error);
  else
    std::get<SubmitTask>(task).done(error);
}

void deliver(Conversation& conversation, const std::vector<StoredActivity>& activities) {
  if (activities.empty()) return;
  for (AttachedOutbox& attached : conversation.outboxes) {
    // The history that was read when it attached may hold these already.
    if (attached.catching_up || attached.delivered >= activities.back().sequence) continue;
    attached.delivered = activities.back().sequence;
    attached.outbox->deliver(activities);
  }
}

void deliver_transient(Conversation& conversation, const Json& activity) {
  for (AttachedOutbox& attached : conversation.outboxes)
    if (!attached.catching_up) attached.outbox->deliver_transient(activity);
}

}  // namespace parley
