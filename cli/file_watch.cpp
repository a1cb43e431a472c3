#include "cli/file_watch.h"

#include <algorithm>
#include <array>
#include <poll.h>
#include <string_view>
#include <sys/inotify.h>
#include <unistd.h>

#include "cli/file_digest.h"

namespace parley::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::uint32_t kEvents = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO |
                                  IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR;
constexpr milliseconds kForever{-1};

bool is_hidden(std::string_view name) {
  return name.starts_with('.') || name.ends_with('~');
}

bool counts(const inotify_event& event) {
  const std::string_view name = event.len > 0 ? std::string_view(event.name) : std::string_view();
  return !is_hidden(name) && (event.mask & ~(IN_IGNORED | IN_UNMOUNT)) != 0;
}

}  // namespace

FileWatch::FileWatch(std::filesystem::path folder)
    : folder_(std::move(folder)), inotify_(inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {
  watch_all();
}

FileWatch::~FileWatch() {
  if (inotify_ >= 0) ::close(inotify_);
}

FileWatch::Event FileWatch::wait(int stop) {
  for (;;) {
    const Woken woken = sleep(stop, complete_ ? kForever : kLookEvery);
    if (woken == Woken::kByStop) return Event::kStopped;
    if (woken == Woken::kByFiles ? take_events() : !complete_ && looks_changed()) break;
  }
  changed_at_ = steady_clock::now();
  const auto latest = changed_at_ + kBurstMax;
  for (Woken woken = Woken::kByFiles; woken == Woken::kByFiles && steady_clock::now() < latest;) {
    watch_all();  // before the caller reads: what is written into a new folder from now on is seen
    woken = sleep(-1, kQuiet);
    if (woken == Woken::kByFiles) take_events();
  }
  return Event::kChanged;
}

FileWatch::Woken FileWatch::sleep(int stop, milliseconds at_most) const {
  std::array<pollfd, 2> descriptors{{{inotify_, POLLIN, 0}, {stop, POLLIN, 0}}};  // poll leaves -1 out
  const int ready = ::poll(descriptors.data(), descriptors.size(), static_cast<int>(at_most.count()));
  if (ready <= 0) return Woken::kByTime;
  return descriptors[0].revents != 0 ? Woken::kByFiles : Woken::kByStop;
}

/// Whether one of the events that wait is of interest. An overflow has no name, and counts.
bool FileWatch::take_events() {
  alignas(inotify_event) std::array<char, 16 * 1024> buffer;
  bool any = false;
  for (ssize_t size = 0; (size = ::read(inotify_, buffer.data(), buffer.size())) > 0;)
    for (ssize_t at = 0; at < size;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      any |= counts(*event);
      at += static_cast<ssize_t>(sizeof(inotify_event)) + event->len;
    }
  return any;
}

bool FileWatch::looks_changed() {
  const std::string before = std::move(digest_);
  watch_all();
  return (complete_ ? digest_of_folder(folder_) : digest_) != before;
}

/// A folder that is watched already keeps its watch: the system knows them by what they are.
void FileWatch::watch_all() {
  const auto add = [&](const std::filesystem::path& folder) {
    return inotify_ >= 0 && inotify_add_watch(inotify_, folder.c_str(), kEvents) >= 0;
  };
  complete_ = add(folder_);
  std::error_code problem;
  for (std::filesystem::recursive_directory_iterator it(folder_, problem), end; !problem && it != end;
       it.increment(problem)) {
    std::error_code gone;
    if (is_hidden(it->path().filename().native()))
      it.disable_recursion_pending();
    else if (it->is_directory(gone) && !it->is_symlink(gone))
      complete_ &= add(it->path()) || !std::filesystem::exists(it->path(), gone);
  }
  if (!complete_) digest_ = digest_of_folder(folder_);
}

}  // namespace parley::cli
