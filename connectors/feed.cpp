#include "connectors/feed.h"

namespace parley::connectors {
namespace {

/// About what one frame of history holds: several activities travel in one, a long history in many.
constexpr std::size_t kHistoryFrameBytes = 32 * 1024;

}  // namespace

/// Takes deliveries on the engine's thread over to the lane.
class Feed::LiveOutbox final : public Outbox, public std::enable_shared_from_this<Feed::LiveOutbox> {
 public:
  LiveOutbox(std::shared_ptr<Lane> lane, std::weak_ptr<Feed> feed)
      : lane_(std::move(lane)), feed_(std::move(feed)) {}

  void deliver(const std::vector<StoredActivity>& activities) override {
    // Frames are made of the text: the activity itself, a tree of small allocations, would be copied for
    // nothing.
    std::vector<StoredActivity> texts;
    texts.reserve(activities.size());
    for (const StoredActivity& each : activities)
      texts.push_back({each.sequence, each.client_id, {}, each.json});
    lane_->post([feed = feed_, texts = std::move(texts)] {
      const auto to = feed.lock();
      if (to && to->reader_ != nullptr) to->reader_->activities(texts);
    });
  }

  void deliver_transient(const Json& activity) override {
    lane_->post([feed = feed_, activity] {
      const auto to = feed.lock();
      if (to && to->reader_ != nullptr) to->reader_->transient(activity);
    });
  }

 private:
  std::shared_ptr<Lane> lane_;
  std::weak_ptr<Feed> feed_;
};

Feed::Feed(Engine& engine, std::shared_ptr<Lane> lane, Source source, FeedReader& reader)
    : engine_(engine), lane_(std::move(lane)), source_(std::move(source)), reader_(&reader) {}

Feed::~Feed() {
  stop();
}

void Feed::start() {
  read_page();
}

void Feed::stop() {
  reader_ = nullptr;
  if (outbox_) engine_.detach(source_.conversation, outbox_.get());
  outbox_.reset();
}

void Feed::read_page() {
  waiting_ = true;
  engine_.read(source_.conversation, source_.person, source_.after,
               [lane = lane_, self = weak_from_this()](Result<ActivitySet> page) {
                 lane->post([self, page = std::move(page)]() mutable {
                   if (const auto feed = self.lock()) feed->take_page(std::move(page));
                 });
               });
}

void Feed::take_page(Result<ActivitySet> page) {
  waiting_ = false;
  if (reader_ == nullptr) return;
  if (!page) return reader_->feed_failed(page.error());
  more_history_ = page->activities.size() >= limits::kHistoryPageMax;
  source_.after = std::max(source_.after, page->watermark);
  for (StoredActivity& activity : page->activities)
    history_.push_back(std::move(activity));
  hand_out();
}

void Feed::hand_out() {
  if (history_.empty()) return more_history_ ? read_page() : go_live();
  std::vector<StoredActivity> some;
  std::size_t bytes = 0;
  while (!history_.empty() && (some.empty() || bytes + history_.front().json.size() <= kHistoryFrameBytes)) {
    bytes += history_.front().json.size();
    some.push_back(std::move(history_.front()));
    history_.pop_front();
  }
  reader_->activities(some);
}

void Feed::drained() {
  if (reader_ != nullptr && !waiting_ && !outbox_) hand_out();
}

void Feed::go_live() {
  outbox_ = std::make_shared<LiveOutbox>(lane_, weak_from_this());
  engine_.attach(source_.conversation, source_.person, source_.after, outbox_,
                 [lane = lane_, self = weak_from_this()](Result<Done> done) {
                   if (done) return;
                   lane->post([self, error = done.error()] {
                     const auto feed = self.lock();
                     if (feed && feed->reader_ != nullptr) feed->reader_->feed_failed(error);
                   });
                 });
}

}  // namespace parley::connectors
