// The process's signals, waited for in one place, so that no handler ever runs code of ours.
//
// Block them before the first thread starts: threads inherit the mask.
#pragma once

#include <csignal>

namespace parley::cli {

/// SIGTERM, SIGINT, SIGHUP and SIGCHLD wait for sigwait or an EndSignal. A closed pipe and a file-size
/// limit are failed writes, which their writers survive.
sigset_t block_signals();

/// Readable as soon as one of the signals that end a process has come: to wait for signals and files at once.
class EndSignal {
 public:
  EndSignal();  // blocks the signals, too
  ~EndSignal();
  EndSignal(const EndSignal&) = delete;
  EndSignal& operator=(const EndSignal&) = delete;

  int descriptor() const { return descriptor_; }

 private:
  int descriptor_ = -1;
};

}  // namespace parley::cli
