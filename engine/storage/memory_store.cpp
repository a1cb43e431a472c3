// The ledger in memory: what the contract of a store says, in the simplest way, for the console and for
// tests.
//
// A commit is done at once and on the caller's thread. Everything stays in memory until the store goes.
#include <algorithm>
#include <map>
#include <mutex>

#include "engine/storage/store.h"

namespace parley {
namespace {

struct StoredConversation {
  ConversationRecord record;
  std::vector<LedgerEvent> events;  // sequence n at n - 1
  std::map<std::string, PendingCall> calls;
  std::map<std::string, TimePoint> timers;
};

struct Ledger {
  std::mutex mutex;
  std::map<std::string, StoredConversation> conversations;
  bool closed = false;
};

const LedgerEvent* event_of_client(const StoredConversation& conversation, const std::string& client_id) {
  for (const LedgerEvent& event : conversation.events)
    if (!client_id.empty() && event.client_id == client_id) return &event;
  return nullptr;
}

bool follows(const StoredConversation& conversation, const TurnRecord& turn) {
  if (turn.events.front().sequence != conversation.events.size() + 1) return false;
  for (const LedgerEvent& event : turn.events)
    if (event_of_client(conversation, event.client_id) != nullptr) return false;
  return true;
}

void apply(StoredConversation& conversation, TurnRecord turn) {
  conversation.record = std::move(turn.after);
  for (LedgerEvent& event : turn.events)
    conversation.events.push_back(std::move(event));
  for (const std::string& id : turn.ended_calls)
    conversation.calls.erase(id);
  for (PendingCall& call : turn.calls)
    conversation.calls[call.request.id] = std::move(call);
  for (const TimerRequest& timer : turn.timers) {
    if (timer.due)
      conversation.timers[timer.id] = *timer.due;
    else
      conversation.timers.erase(timer.id);
  }
}

class MemoryReader final : public StoreReader {
 public:
  explicit MemoryReader(std::shared_ptr<Ledger> ledger) : ledger_(std::move(ledger)) {}

  Result<std::optional<ConversationSnapshot>> find(const std::string& id) override {
    const std::lock_guard lock(ledger_->mutex);
    const auto found = ledger_->conversations.find(id);
    if (found == ledger_->conversations.end()) return std::optional<ConversationSnapshot>();
    ConversationSnapshot snapshot{found->second.record, {}, {}};
    for (const auto& [call_id, call] : found->second.calls)
      snapshot.calls.push_back(call);
    std::sort(snapshot.calls.begin(), snapshot.calls.end(),
              [](const PendingCall& a, const PendingCall& b) { return a.sequence < b.sequence; });
    for (const auto& [timer_id, due] : found->second.timers)
      snapshot.timers.push_back({timer_id, due});
    return std::optional(std::move(snapshot));
  }

  Result<std::optional<Sequence>> find_repeat(const std::string& id, const std::string& client_id) override {
    const std::lock_guard lock(ledger_->mutex);
    const auto found = ledger_->conversations.find(id);
    if (found == ledger_->conversations.end()) return std::optional<Sequence>();
    const LedgerEvent* event = event_of_client(found->second, client_id);
    return event == nullptr ? std::optional<Sequence>() : std::optional(event->sequence);
  }

  Result<std::vector<StoredActivity>> activities(const std::string& id, Sequence after,
                                                 std::size_t limit) override {
    auto all = events(id, after, SIZE_MAX);
    std::vector<StoredActivity> activities;
    for (LedgerEvent& event : *all) {
      if (event.activity.empty() || activities.size() == limit) continue;
      Json activity = Json::parse(event.activity, nullptr, false);
      activities.push_back(
          {event.sequence, std::move(event.client_id), std::move(activity), std::move(event.activity)});
    }
    return activities;
  }

  Result<std::vector<LedgerEvent>> events(const std::string& id, Sequence after, std::size_t limit) override {
    const std::lock_guard lock(ledger_->mutex);
    std::vector<LedgerEvent> events;
    const auto found = ledger_->conversations.find(id);
    if (found == ledger_->conversations.end()) return events;
    const std::vector<LedgerEvent>& all = found->second.events;
    for (std::size_t i = after; i < all.size() && events.size() < limit; ++i)
      events.push_back(all[i]);
    return events;
  }

  Result<std::vector<std::string>> conversations(const std::string& after, std::size_t limit) override {
    return ids(after, limit, [](const StoredConversation&) { return true; });
  }

  Result<std::vector<std::string>> conversations_with_calls(const std::string& after,
                                                            std::size_t limit) override {
    return ids(after, limit,
               [](const StoredConversation& conversation) { return !conversation.calls.empty(); });
  }

  Result<std::vector<std::string>> conversations_with_cases(const std::string& after,
                                                            std::size_t limit) override {
    return ids(after, limit, [](const StoredConversation& conversation) {
      return std::any_of(conversation.events.begin(), conversation.events.end(),
                         [](const LedgerEvent& event) { return event.kind == EventKind::kCase; });
    });
  }

  Result<std::vector<std::string>> conversations_of(const std::string& channel, const std::string& person_id,
                                                    std::size_t limit) override {
    const std::lock_guard lock(ledger_->mutex);
    std::vector<const ConversationRecord*> records;
    for (const auto& [id, conversation] : ledger_->conversations)
      if (conversation.record.channel == channel && conversation.record.person.id == person_id)
        records.push_back(&conversation.record);
    const auto newest = [](const auto* a, const auto* b) { return a->created > b->created; };
    const auto used_last = [](const auto* a, const auto* b) { return a->last_at > b->last_at; };
    std::stable_sort(records.begin(), records.end(), newest);
    if (records.size() > limit) records.resize(limit);
    std::stable_sort(records.begin(), records.end(), used_last);
    std::vector<std::string> ids;
    for (const ConversationRecord* record : records)
      ids.push_back(record->id);
    return ids;
  }

  Result<std::vector<DueTimer>> timers(std::size_t limit) override {
    const std::lock_guard lock(ledger_->mutex);
    std::vector<DueTimer> timers;
    for (const auto& [id, conversation] : ledger_->conversations)
      for (const auto& [timer_id, due] : conversation.timers)
        timers.push_back({id, timer_id, due});
    std::stable_sort(timers.begin(), timers.end(),
                     [](const DueTimer& a, const DueTimer& b) { return a.due < b.due; });
    if (timers.size() > limit) timers.resize(limit);
    return timers;
  }

 private:
  template <typename Wanted>
  std::vector<std::string> ids(const std::string& after, std::size_t limit, Wanted wanted) {
    const std::lock_guard lock(ledger_->mutex);
    std::vector<std::string> ids;
    for (auto it = ledger_->conversations.upper_bound(after); it != ledger_->conversations.end(); ++it)
      if (ids.size() < limit && wanted(it->second)) ids.push_back(it->first);
    return ids;
  }

  std::shared_ptr<Ledger> ledger_;
};

class MemoryStore final : public Store {
 public:
  void commit(TurnRecord turn, Committed done) override {
    PARLEY_CHECK(!turn.events.empty());
    done(apply_next(std::move(turn)));
  }

  Result<std::unique_ptr<StoreReader>> reader() override {
    return std::unique_ptr<StoreReader>(std::make_unique<MemoryReader>(ledger_));
  }

  bool ready() const override {
    const std::lock_guard lock(ledger_->mutex);
    return !ledger_->closed;
  }

  void close() override {
    const std::lock_guard lock(ledger_->mutex);
    ledger_->closed = true;
  }

 private:
  Result<Done> apply_next(TurnRecord turn) {
    const std::lock_guard lock(ledger_->mutex);
    if (ledger_->closed) return Error{ErrorCode::kUnavailable, "the ledger has been closed"};
    static const StoredConversation kNone;
    const auto found = ledger_->conversations.find(turn.after.id);
    if (!follows(found == ledger_->conversations.end() ? kNone : found->second, turn))
      return Error{ErrorCode::kConflict,
                   "the turn does not follow on what the ledger holds of its conversation"};
    StoredConversation& conversation = ledger_->conversations[turn.after.id];
    apply(conversation, std::move(turn));
    return Done{};
  }

  std::shared_ptr<Ledger> ledger_ = std::make_shared<Ledger>();
};

}  // namespace

std::unique_ptr<Store> make_memory_store() {
  return std::make_unique<MemoryStore>();
}

}  // namespace parley
