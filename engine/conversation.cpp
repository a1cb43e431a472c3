#include "engine/conversation.h"

#include "engine/activity.h"
#include "engine/outside_event.h"

namespace parley {

const std::string& conversation_of(const OpenTask& task) {
  return task.request.conversation_id;
}
const std::string& conversation_of(const SubmitTask& task) {
  return task.inbound.conversation_id;
}

std::string client_id_of(const Task& task) {
  if (const auto* submit = std::get_if<SubmitTask>(&task)) return submit->inbound.client_id;
  const auto* event = std::get_if<EventTask>(&task);
  return event == nullptr ? "" : client_id_of(event->event);
}

bool is_internal(const Task& task) {
  return std::holds_alternative<CallEndedTask>(task) || std::holds_alternative<TimerTask>(task);
}

void refuse(Task& task, const Error& error) {
  PARLEY_CHECK(!is_internal(task));
  if (auto* open = std::get_if<OpenTask>(&task))
    open->done(error);
  else if (auto* event = std::get_if<EventTask>(&task))
    event->done(error);
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

void show_typing(Conversation& conversation, const Bot& bot) {
  Json typing{{"type", "typing"}};
  set_sender(typing, bot);
  for (AttachedOutbox& attached : conversation.outboxes)
    if (!attached.catching_up) attached.outbox->deliver_transient(typing);
}

}  // namespace parley
