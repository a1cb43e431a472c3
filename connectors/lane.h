// A lane: the one thread on which a connection lives.
//
// The engine calls back on its own threads; whoever talks to a connection from there posts to its lane, and
// everything about a connection happens on one thread, without locks. What is posted after the server has
// stopped is dropped.
//
// post() may be called from any thread. Held by shared_ptr, so a late callback finds it.
#pragma once

#include <functional>

namespace parley::connectors {

class Lane {
 public:
  virtual ~Lane() = default;
  virtual void post(std::function<void()> work) = 0;
};

}  // namespace parley::connectors
