#include "cli/lsp/inbox.h"

#include <thread>

#include "cli/lsp/framing.h"

namespace parley::lsp {
namespace {

// A client that sends faster than it is answered waits in its pipe, not in our memory.
constexpr std::size_t kWaitingMax = 1'000;

Arrival arrival_of(const Frame& frame) {
  if (frame.kind == Frame::Kind::kEnd) return {Arrival::Kind::kEnd, {}, {}};
  if (frame.kind == Frame::Kind::kBadHeader)
    return {Arrival::Kind::kProblem, {}, {RpcError::kParseError, "these headers cannot be read", nullptr}};
  if (frame.kind == Frame::Kind::kTooLarge)
    return {Arrival::Kind::kProblem,
            {},
            {RpcError::kInvalidRequest,
             "a message holds at most " + std::to_string(kFrameContentMaxBytes) + " bytes", nullptr}};
  ParsedMessage parsed = parse_message(frame.content);
  if (parsed.problem) return {Arrival::Kind::kProblem, {}, std::move(*parsed.problem)};
  return {Arrival::Kind::kMessage, std::move(*parsed.message), {}};
}

}  // namespace

struct Inbox::Shared {
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Arrival> waiting;
  std::set<std::string> cancelled;  // ids as JSON

  void add(Arrival arrival) {
    std::unique_lock lock(mutex);
    changed.wait(lock, [this] { return waiting.size() < kWaitingMax; });
    waiting.push_back(std::move(arrival));
    changed.notify_all();
  }

  // Of what is not waiting, the answer is under way or given: nothing to cancel.
  void cancel(const Json& id) {
    const std::lock_guard lock(mutex);
    for (const Arrival& arrival : waiting)
      if (arrival.message.id == id) cancelled.insert(id.dump());
  }
};

Inbox::Inbox(std::istream& stream) : shared_(std::make_shared<Shared>()) {
  std::thread([&stream, shared = shared_] { read(stream, shared); }).detach();
}

void Inbox::read(std::istream& stream, const std::shared_ptr<Shared>& shared) {
  for (;;) {
    const Frame frame = read_frame(stream);
    Arrival arrival = arrival_of(frame);
    if (arrival.kind == Arrival::Kind::kMessage && arrival.message.method == "$/cancelRequest") {
      if (arrival.message.params.is_object()) shared->cancel(arrival.message.params.value("id", Json()));
      continue;
    }
    shared->add(std::move(arrival));
    if (frame.kind == Frame::Kind::kBadHeader) shared->add({Arrival::Kind::kEnd, {}, {}});
    if (frame.kind == Frame::Kind::kBadHeader || frame.kind == Frame::Kind::kEnd) return;
  }
}

Arrival Inbox::next(std::chrono::milliseconds at_most) {
  std::unique_lock lock(shared_->mutex);
  if (!shared_->changed.wait_for(lock, at_most, [this] { return !shared_->waiting.empty(); })) return {};
  Arrival arrival = std::move(shared_->waiting.front());
  shared_->waiting.pop_front();
  shared_->changed.notify_all();
  if (arrival.kind == Arrival::Kind::kMessage && arrival.message.id &&
      shared_->cancelled.erase(arrival.message.id->dump()) > 0)
    arrival.kind = Arrival::Kind::kCancelled;
  return arrival;
}

}  // namespace parley::lsp
