// The messages that have arrived and were not yet answered: read ahead by a thread of its own, so that a
// request can still be cancelled while it waits, and so that the server notices when nothing comes.
//
// Thread rule: one thread calls next; the reading thread ends with the stream, or with the process.
#pragma once

#include <chrono>
#include <condition_variable>
#include <deque>
#include <istream>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "cli/lsp/message.h"

namespace parley::lsp {

/// What next gives: a message, or what is wrong with one, or that nothing came in time, or that no more will.
struct Arrival {
  enum class Kind { kMessage, kProblem, kCancelled, kNothing, kEnd };
  Kind kind = Kind::kNothing;
  RpcMessage message;
  RpcProblem problem{};
};

class Inbox {
 public:
  /// Reads `stream`, which must live as long as the process: nobody can interrupt its reading.
  explicit Inbox(std::istream& stream);
  Inbox(const Inbox&) = delete;
  Inbox& operator=(const Inbox&) = delete;

  /// Waits at most so long. kCancelled: a request that the client no longer wants an answer to.
  Arrival next(std::chrono::milliseconds at_most);

 private:
  struct Shared;
  static void read(std::istream& stream, const std::shared_ptr<Shared>& shared);

  std::shared_ptr<Shared> shared_;
};

}  // namespace parley::lsp
