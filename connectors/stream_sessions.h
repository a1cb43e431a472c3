// Which Direct Line streams are open, by conversation: a renewed token lets them stay open longer.
//
// Any thread. Streams are held weakly; each removes itself when it closes.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "engine/message.h"

namespace parley::connectors {

class ExtendableStream {
 public:
  virtual ~ExtendableStream() = default;
  virtual void extend(const std::string& person, TimePoint until) = 0;  // any thread
};

class StreamSessions {
 public:
  void add(const std::string& conversation, const std::shared_ptr<ExtendableStream>& stream);
  void remove(const std::string& conversation, const ExtendableStream* stream);
  void extend(const std::string& conversation, const std::string& person, TimePoint until);

 private:
  std::mutex mutex_;
  std::unordered_multimap<std::string, std::pair<const ExtendableStream*, std::weak_ptr<ExtendableStream>>>
      streams_;
};

}  // namespace parley::connectors
