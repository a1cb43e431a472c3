// Waits until something below a folder changes, for verbs that follow a designer's files.
//
//   FileWatch watch(folder);                 // from here on nothing is missed
//   while (watch.wait() == FileWatch::Event::kChanged) read_again(folder);
//
// A burst of changes (an editor that saves by rename, a checkout of another branch) is one change: wait
// returns once nothing has happened for kQuiet, and at the latest kBurstMax after the burst began. A written
// file counts when it is closed. Folders that are added later are watched, too; a folder that is removed is
// waited for until it is there again. Hidden files, and backups whose name ends in ~, are an editor's own and
// change nothing. A change need not be one of content: compare digest_of_folder where it matters.
//
// Source: inotify(7). Errors: where the system gives no watch (fs.inotify.max_user_watches), the folder's
// digest is looked at every kLookEvery instead: slower, but nothing is missed.
// Thread rule: one thread.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

namespace parley::cli {

class FileWatch {
 public:
  enum class Event {
    kChanged,
    kStopped,  // `stop` became readable
  };

  static constexpr std::chrono::milliseconds kQuiet{40};
  static constexpr std::chrono::milliseconds kBurstMax{1'000};
  static constexpr std::chrono::milliseconds kLookEvery{500};

  explicit FileWatch(std::filesystem::path folder);
  ~FileWatch();
  FileWatch(const FileWatch&) = delete;
  FileWatch& operator=(const FileWatch&) = delete;

  /// Blocks. `stop` is a descriptor that ends the waiting as soon as it is readable, such as a signalfd; -1:
  /// none.
  Event wait(int stop = -1);

  /// When the burst began that wait told of last.
  std::chrono::steady_clock::time_point changed_at() const { return changed_at_; }

 private:
  enum class Woken { kByFiles, kByStop, kByTime };

  Woken sleep(int stop, std::chrono::milliseconds at_most) const;
  bool take_events();
  bool looks_changed();
  void watch_all();

  std::filesystem::path folder_;
  std::chrono::steady_clock::time_point changed_at_;
  int inotify_ = -1;
  bool complete_ = false;  // every folder is watched: nothing needs to be looked at
  std::string digest_;     // as it was when last looked at; only while not complete
};

}  // namespace parley::cli
