// Example, an event for a person with three conversations: the shard of the person's id looks them up, then
// each one's own shard is asked. 'Not here' from all three asks once more in the conversation that was used
// last, where a flow may now begin. Errors win: the service is told to send again, and what was delivered
// answers `repeat` then.
#include "engine/outside_event.h"

#include <algorithm>
#include <cctype>
#include <mutex>

#include "engine/activity.h"
#include "engine/limits.h"
#include "engine/shard.h"

namespace parley {
namespace {

class EventDelivery : public std::enable_shared_from_this<EventDelivery> {
 public:
  EventDelivery(OutsideEvent event, ShardOf shard_of, Engine::Callback<Delivered> done)
      : event_(std::move(event)), shard_of_(std::move(shard_of)), done_(std::move(done)) {}

  void start() {
    if (!event_.conversation_id.empty()) return ask({event_.conversation_id}, true);
    shard_of_(event_.person_id)
        .find_person({event_.channel, event_.person_id, [self = shared_from_this()](auto conversations) {
                        self->take_conversations(std::move(conversations));
                      }});
  }

 private:
  void take_conversations(Result<std::vector<std::string>> conversations) {
    if (!conversations) return done_(conversations.error());
    if (conversations->empty())
      return done_(Error{ErrorCode::kNotFound, "this person has no conversation on this channel"});
    last_used_ = conversations->front();
    ask(*conversations, false);
  }

  void ask(const std::vector<std::string>& conversations, bool may_start) {
    {
      const std::lock_guard lock(mutex_);
      open_ = conversations.size();
    }
    for (const std::string& id : conversations)
      shard_of_(id).notify({event_, id, may_start, [self = shared_from_this()](auto receipt) {
                              self->take_receipt(std::move(receipt));
                            }});
  }

  void take_receipt(Result<std::optional<EventReceipt>> receipt) {
    {
      const std::lock_guard lock(mutex_);
      if (!receipt) error_ = receipt.error();
      if (receipt && *receipt) delivered_.receipts.push_back(std::move(**receipt));
      if (--open_ > 0) return;
    }
    finish();
  }

  void finish() {
    if (error_) return done_(*error_);
    if (delivered_.receipts.empty() && !last_used_.empty()) return ask({std::exchange(last_used_, "")}, true);
    done_(std::move(delivered_));
  }

  const OutsideEvent event_;
  const ShardOf shard_of_;
  const Engine::Callback<Delivered> done_;
  std::string last_used_;  // where a flow may still be started

  std::mutex mutex_;  // guards the three below
  std::size_t open_ = 0;
  std::optional<Error> error_;
  Delivered delivered_;
};

bool is_printable(const std::string& text) {
  return std::all_of(text.begin(), text.end(), [](unsigned char c) { return c >= 0x20 && c != 0x7F; });
}

Result<Done> check_text(const char* what, const std::string& text, std::size_t most) {
  if (text.size() > most)
    return Error{ErrorCode::kTooLarge, std::string(what) + " is over " + std::to_string(most) + " bytes"};
  if (text.empty() || !is_printable(text))
    return Error{ErrorCode::kInvalid, std::string(what) + " is missing, or has control characters"};
  return Done{};
}

}  // namespace

void deliver_event(OutsideEvent event, ShardOf shard_of, Engine::Callback<Delivered> done) {
  if (auto fine = check_event(event); !fine) return done(fine.error());
  std::make_shared<EventDelivery>(std::move(event), std::move(shard_of), std::move(done))->start();
}

std::string client_id_of(const OutsideEvent& event) {
  return std::string(kEventIdPrefix) + event.id;
}

Result<Done> check_event(const OutsideEvent& event) {
  if (auto id = check_text("the event's id", event.id, limits::kActivityIdMaxBytes - kEventIdPrefix.size());
      !id)
    return id;
  if (auto name = check_text("the event's name", event.name, limits::kEventNameMaxBytes); !name) return name;
  if (!fits_json_limits(event.value) || json_text(event.value).size() > limits::kEventValueMaxBytes)
    return Error{ErrorCode::kTooLarge,
                 "the event's value is over " + std::to_string(limits::kEventValueMaxBytes) +
                     " bytes or nested deeper than " + std::to_string(limits::kJsonMaxDepth)};
  return Done{};
}

}  // namespace parley
