#include "cli/signals.h"

#include <initializer_list>
#include <sys/signalfd.h>
#include <unistd.h>

namespace parley::cli {

sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP, SIGCHLD})
    sigaddset(&signals, signal);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
  return signals;
}

EndSignal::EndSignal() {
  block_signals();
  sigset_t ending;
  sigemptyset(&ending);
  for (const int signal : {SIGTERM, SIGINT, SIGHUP})
    sigaddset(&ending, signal);
  descriptor_ = signalfd(-1, &ending, SFD_CLOEXEC | SFD_NONBLOCK);
}

EndSignal::~EndSignal() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace parley::cli
