// A feed: brings the activities of one conversation to one socket, in order, without a gap and without a
// repeat.
//
// First the history after `after`, page by page and no faster than the peer reads it, so that a long one does
// not fill the write queue; then live, by an Outbox of the engine that starts exactly where the last page
// ended.
//
// Thread rule: the connection's lane. Lifetime: stop() or the destructor ends it; what the engine still
// delivers is dropped then.
#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string>
#include <vector>

#include "connectors/lane.h"
#include "engine/engine.h"

namespace parley::connectors {

/// Where a feed leads: the protocol, which writes frames of it.
class FeedReader {
 public:
  virtual ~FeedReader() = default;
  /// Each has its `json`; `activity` may be null.
  virtual void activities(const std::vector<StoredActivity>& activities) = 0;
  virtual void transient(const Json& activity) = 0;
  virtual void feed_failed(const Error& error) = 0;
};

class Feed : public std::enable_shared_from_this<Feed> {
 public:
  struct Source {
    std::string conversation, person;
    Sequence after = 0;
  };
  /// `reader` must live until stop().
  Feed(Engine& engine, std::shared_ptr<Lane> lane, Source source, FeedReader& reader);
  ~Feed();

  void start();
  /// The socket has sent everything: hands out more history, if there is any.
  void drained();
  void stop();

 private:
  class LiveOutbox;
  void read_page();
  void take_page(Result<ActivitySet> page);
  void hand_out();
  void go_live();

  Engine& engine_;
  std::shared_ptr<Lane> lane_;
  Source source_;
  FeedReader* reader_;                 // null after stop()
  std::list<StoredActivity> history_;  // read, not handed out yet
  bool more_history_ = false;
  bool waiting_ = false;  // for the engine
  std::shared_ptr<LiveOutbox> outbox_;
};

}  // namespace parley::connectors
