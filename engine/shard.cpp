// How a shard keeps order without locks.
//
// Everything that concerns a conversation (activities, ends of calls, timers, clients that attach or read) is
// a job in its shard's queue. Turns go through the conversation's mailbox besides: at most one of them is
// with the store at any time, the next begins when that one is committed. Two devices that send at once are
// thus ordered by arrival, and each turn starts from the state that the one before it left. While a service
// call is pending only its end may go on; what people say meanwhile waits behind it, for as long as the
// call's time-out at most.
//
// Attaching reads the history on the same thread that delivers what is new, and each outbox remembers the
// last activity that it got. So the last page of history and the first live delivery meet without a gap and
// without a repeat.
#include "engine/shard.h"

#include <algorithm>
#include <spdlog/spdlog.h>
#include <utility>

#include "engine/limits.h"

namespace parley {
namespace {

const Error kStopping{ErrorCode::kUnavailable, "the server is stopping; connect again in a moment"};
const Error kShardFull{ErrorCode::kBusy, "too much is waiting at the moment; try again later"};
const Error kMailboxFull{ErrorCode::kBusy,
                         "too much is waiting in this conversation; wait for the answers first"};
const Error kNotNow{ErrorCode::kUnavailable, "nothing can be stored at the moment; try again later"};

CallOutcome failed_call(const std::string& id) {
  return {id, false, nullptr, "unavailable"};
}

}  // namespace

Shard::Shard(ShardParts parts, std::unique_ptr<StoreReader> reader)
    : parts_(std::move(parts)), reader_(std::move(reader)) {}

Shard::~Shard() {
  drain();
}

void Shard::start() {
  thread_ = std::thread([this] { run(); });
}

// ---- From any thread.

void Shard::open(OpenTask task) {
  const std::string id = conversation_of(task);
  auto shared = std::make_shared<OpenTask>(std::move(task));
  Job job = [this, id, shared] { take_in(id, std::move(*shared)); };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::submit(SubmitTask task) {
  auto shared = std::make_shared<SubmitTask>(std::move(task));
  Job job = [this, shared] {
    const std::string id = conversation_of(*shared);
    take_in(id, std::move(*shared));
  };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::notify(EventTask task) {
  auto shared = std::make_shared<EventTask>(std::move(task));
  Job job = [this, shared] {
    const std::string id = shared->conversation_id;
    take_in(id, std::move(*shared));
  };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::find_person(PersonRequest request) {
  auto shared = std::make_shared<PersonRequest>(std::move(request));
  Job job = [this, shared] {
    shared->done(
        reader_->conversations_of(shared->channel, shared->person_id, limits::kPersonConversationsMax));
  };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::attach(AttachRequest request) {
  auto shared = std::make_shared<AttachRequest>(std::move(request));
  Job job = [this, shared] { attach_now(*shared); };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::read(ReadRequest request) {
  auto shared = std::make_shared<ReadRequest>(std::move(request));
  Job job = [this, shared] { read_now(*shared); };
  if (auto taken = try_post(job); !taken) shared->done(taken.error());
}

void Shard::detach(const std::string& conversation_id, const Outbox* outbox) {
  post([this, conversation_id, outbox] { detach_now(conversation_id, outbox); });
}

void Shard::fire(DueTimer timer) {
  post([this, timer] { take_in(timer.conversation_id, TimerTask{timer}); });
}

void Shard::resume(const std::string& conversation_id) {
  post([this, conversation_id] {
    Conversation& conversation = entry(conversation_id);
    if (auto loaded = load(*this, conversation); !loaded)
      spdlog::error("pending calls: {}", loaded.error().message);
    forget_if_unused(conversation);
  });
}

void Shard::drain() {
  {
    const std::lock_guard lock(mutex_);
    draining_ = true;
  }
  work_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool Shard::post(Job job) {
  const std::lock_guard lock(mutex_);
  if (ended_) return false;
  jobs_.push_back(std::move(job));
  if (jobs_.size() == 1) work_.notify_one();
  return true;
}

Result<Done> Shard::try_post(Job& job) {
  const std::lock_guard lock(mutex_);
  if (draining_) return kStopping;
  if (jobs_.size() >= limits::kShardQueueMax) return kShardFull;
  jobs_.push_back(std::move(job));
  if (jobs_.size() == 1) work_.notify_one();
  return Done{};
}

// ---- On the shard's thread.

void Shard::run() {
  std::deque<Job> jobs;
  while (wait_for_jobs(jobs)) {
    for (Job& job : jobs)
      job();
    jobs.clear();
    const auto now = std::chrono::steady_clock::now();
    if (!retries_.empty() && now >= retry_at_) retry();
    if (!calls_.empty() && now >= typing_at_) keep_typing();
  }
}

// When to wake though nothing happens; nullopt: never.
std::optional<std::chrono::steady_clock::time_point> Shard::next_look() const {
  if (retries_.empty() && calls_.empty()) return std::nullopt;
  if (calls_.empty()) return retry_at_;
  return retries_.empty() ? typing_at_ : std::min(retry_at_, typing_at_);
}

// A client takes the sign of typing away after a few seconds; whoever waits for a slow call sees it again.
void Shard::keep_typing() {
  typing_at_ = std::chrono::steady_clock::now() + limits::kTypingPause;
  std::string shown;
  for (const auto& [id, call] : calls_) {
    if (id == std::exchange(shown, id)) continue;  // several calls of one conversation
    const auto found = conversations_.find(id);
    if (found == conversations_.end() || !found->second->loaded) continue;
    const LoadedConversation& loaded = *found->second->loaded;
    if (const BotPtr bot = loaded.bot ? loaded.bot : parts_.bot_of(loaded.record.channel))
      show_typing(*found->second, *bot);
  }
}

// Takes all that is queued. False once there is nothing left to drain.
bool Shard::wait_for_jobs(std::deque<Job>& jobs) {
  std::unique_lock lock(mutex_);
  const auto awake = [this] { return !jobs_.empty() || draining_; };
  if (const auto look = next_look(); !draining_ && look)
    work_.wait_until(lock, *look, awake);
  else if (!draining_)
    work_.wait(lock, awake);
  if (draining_ && jobs_.empty()) {
    lock.unlock();
    refuse_waiting();
    lock.lock();
    work_.wait(lock, [this] { return !jobs_.empty() || commits_under_way_ == 0; });
    ended_ = jobs_.empty();
  }
  jobs.swap(jobs_);
  return !ended_;
}

// What waits behind a call when the server stops: people send again, and the ledger knows the rest.
void Shard::refuse_waiting() {
  for (auto& [id, conversation] : conversations_) {
    if (conversation->committing) continue;
    refuse_people(*conversation, kStopping);
    conversation->mailbox.clear();
  }
}

void Shard::refuse_people(Conversation& conversation, const Error& error) {
  std::erase_if(conversation.mailbox, [&error](Task& task) {
    if (is_internal(task)) return false;
    refuse(task, error);
    return true;
  });
}

// The engine's own task waits for better times; people are not made to wait with it.
void Shard::try_later(Conversation& conversation) {
  if (retries_.empty()) retry_at_ = std::chrono::steady_clock::now() + limits::kLedgerRetryPause;
  retries_.insert(conversation.id);
  refuse_people(conversation, kNotNow);
}

void Shard::retry() {
  const std::set<std::string> due = std::exchange(retries_, {});
  for (const std::string& id : due) {
    Conversation& conversation = entry(id);
    std::vector<const Outbox*> behind;
    for (const AttachedOutbox& attached : conversation.outboxes)
      if (attached.catching_up) behind.push_back(attached.outbox.get());
    for (const Outbox* outbox : behind)
      catch_up(id, outbox);
    pump(conversation);
  }
}

void Shard::take_in(const std::string& conversation_id, Task task) {
  Conversation& conversation = entry(conversation_id);
  if (!is_internal(task) && conversation.mailbox.size() >= limits::kConversationQueueMax)
    return refuse(task, kMailboxFull);
  if (!is_internal(task) && retries_.contains(conversation_id)) return refuse(task, kNotNow);
  conversation.mailbox.push_back(std::move(task));
  pump(conversation);
}

// Runs turns until one is with the store, or nothing may run.
void Shard::pump(Conversation& conversation) {
  while (!conversation.committing && !conversation.mailbox.empty() && !retries_.contains(conversation.id)) {
    (void)load(*this, conversation);  // a failure is told to the task, by its own attempt
    const auto next = next_task(conversation);
    if (next == conversation.mailbox.end()) return;
    Task task = std::move(*next);
    conversation.mailbox.erase(next);
    run_turn(*this, conversation, std::move(task));
  }
  forget_if_unused(conversation);
}

// The first task; while calls are pending, the first end of a call.
std::list<Task>::iterator Shard::next_task(Conversation& conversation) {
  if (!conversation.loaded || conversation.loaded->calls.empty()) return conversation.mailbox.begin();
  return std::find_if(conversation.mailbox.begin(), conversation.mailbox.end(),
                      [](const Task& task) { return std::holds_alternative<CallEndedTask>(task); });
}

void Shard::commit(Conversation& conversation, Turn turn, TurnRecord record) {
  conversation.committing = true;
  ++commits_under_way_;
  auto shared = std::make_shared<Turn>(std::move(turn));
  parts_.store.commit(std::move(record), [this, &conversation, shared](Result<Done> committed) {
    post([this, &conversation, shared, committed = std::move(committed)] {
      conversation.committing = false;
      --commits_under_way_;
      finish_turn(*this, conversation, std::move(*shared), committed);
      pump(conversation);
    });
  });
}

void Shard::begin_call(const Conversation& conversation, const PendingCall& call) {
  if (calls_.empty()) typing_at_ = std::chrono::steady_clock::now() + limits::kTypingPause;
  if (!calls_.emplace(conversation.id, call.request.id).second) return;
  const LoadedConversation& loaded = *conversation.loaded;
  const BotPtr bot = loaded.bot ? loaded.bot : parts_.bot_of(loaded.record.channel);
  const auto ended = [shard = weak_from_this(), id = conversation.id](CallOutcome outcome) {
    const std::shared_ptr<Shard> alive = shard.lock();
    if (!alive) return;
    alive->post([self = alive.get(), id, outcome] { self->take_in(id, CallEndedTask{outcome}); });
  };
  if (!bot) return ended(failed_call(call.request.id));
  parts_.services.execute({bot, call.request, activity_id(conversation.id, call.sequence)}, ended);
}

void Shard::call_done(const Conversation& conversation, const std::string& call_id) {
  calls_.erase({conversation.id, call_id});
}

void Shard::attach_now(AttachRequest& request) {
  Conversation& conversation = entry(request.conversation_id);
  const auto loaded = load_for(conversation, request.person_id);
  request.done(loaded);
  if (!loaded) return forget_if_unused(conversation);
  const Sequence last = conversation.loaded->record.last_sequence;
  if (request.after > last)
    spdlog::warn("a client has seen event {} of a conversation that ends at {}: has the ledger lost events?",
                 request.after, last);
  conversation.outboxes.push_back({request.outbox, std::min(request.after, last), true});
  catch_up(conversation.id, request.outbox.get());
}

// One page of history; the next one is a job of its own, so that a long history does not hold others up.
void Shard::catch_up(const std::string& conversation_id, const Outbox* outbox) {
  Conversation& conversation = entry(conversation_id);
  const auto attached = std::find_if(conversation.outboxes.begin(), conversation.outboxes.end(),
                                     [&](const AttachedOutbox& each) { return each.outbox.get() == outbox; });
  if (attached == conversation.outboxes.end()) return forget_if_unused(conversation);
  const auto page = reader_->activities(conversation_id, attached->delivered, limits::kHistoryPageMax);
  if (!page) {
    spdlog::error("history can't be read: {}", page.error().message);
    return try_later(conversation);
  }
  attached->catching_up = page->size() == limits::kHistoryPageMax;
  if (!page->empty()) {
    attached->delivered = page->back().sequence;
    attached->outbox->deliver(*page);
  }
  if (attached->catching_up) post([this, conversation_id, outbox] { catch_up(conversation_id, outbox); });
}

void Shard::detach_now(const std::string& conversation_id, const Outbox* outbox) {
  Conversation& conversation = entry(conversation_id);
  std::erase_if(conversation.outboxes,
                [&](const AttachedOutbox& each) { return each.outbox.get() == outbox; });
  forget_if_unused(conversation);
}

void Shard::read_now(ReadRequest& request) {
  Conversation& conversation = entry(request.conversation_id);
  const auto loaded = load_for(conversation, request.person_id);
  forget_if_unused(conversation);
  if (!loaded) return request.done(loaded.error());
  auto page = reader_->activities(request.conversation_id, request.after, limits::kHistoryPageMax);
  if (!page) return request.done(page.error());
  const Sequence watermark = page->empty() ? request.after : page->back().sequence;
  request.done(ActivitySet{std::move(*page), watermark});
}

Result<Done> Shard::load_for(Conversation& conversation, const std::string& person_id) {
  if (auto loaded = load(*this, conversation); !loaded) return loaded;
  return check_owner(conversation, person_id);
}

// The conversation's entry, made when there is none, and now the youngest.
Conversation& Shard::entry(const std::string& conversation_id) {
  std::unique_ptr<Conversation>& held = conversations_[conversation_id];
  if (held) {
    by_age_.splice(by_age_.begin(), by_age_, held->age);
    return *held;
  }
  held = std::make_unique<Conversation>();
  held->id = conversation_id;
  held->age = by_age_.insert(by_age_.begin(), held.get());
  Conversation& made = *held;
  forget_oldest();
  return made;
}

// An entry of an id that nobody has, or whose last outbox left after it was dropped, is not kept.
void Shard::forget_if_unused(Conversation& conversation) {
  if (conversation.loaded || conversation.committing || !conversation.mailbox.empty() ||
      !conversation.outboxes.empty())
    return;
  by_age_.erase(conversation.age);
  conversations_.erase(std::string(conversation.id));
}

// Makes room for one more. Those in use count as young again, so a few looks suffice.
void Shard::forget_oldest() {
  constexpr int kLooks = 8;
  for (int i = 0; i < kLooks && by_age_.size() > limits::kCachedConversationsMax; ++i) {
    Conversation& oldest = *by_age_.back();
    if (oldest.idle()) oldest.loaded.reset();
    by_age_.splice(by_age_.begin(), by_age_, oldest.age);
    forget_if_unused(oldest);
  }
}

}  // namespace parley
