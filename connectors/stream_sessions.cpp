#include "connectors/stream_sessions.h"

#include <vector>

namespace parley::connectors {

void StreamSessions::add(const std::string& conversation, const std::shared_ptr<ExtendableStream>& stream) {
  const std::lock_guard lock(mutex_);
  streams_.emplace(conversation, std::pair(stream.get(), stream));
}

void StreamSessions::remove(const std::string& conversation, const ExtendableStream* stream) {
  const std::lock_guard lock(mutex_);
  const auto [begin, end] = streams_.equal_range(conversation);
  for (auto at = begin; at != end; ++at)
    if (at->second.first == stream) return static_cast<void>(streams_.erase(at));
}

void StreamSessions::extend(const std::string& conversation, const std::string& person, TimePoint until) {
  std::vector<std::shared_ptr<ExtendableStream>> open;
  {
    const std::lock_guard lock(mutex_);
    const auto [begin, end] = streams_.equal_range(conversation);
    for (auto at = begin; at != end; ++at)
      if (auto stream = at->second.second.lock()) open.push_back(std::move(stream));
  }
  for (const auto& stream : open)
    stream->extend(person, until);
}

}  // namespace parley::connectors
