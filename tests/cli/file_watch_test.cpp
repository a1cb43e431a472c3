#include "cli/file_watch.h"

#include <doctest/doctest.h>
#include <filesystem>
#include <functional>
#include <sys/eventfd.h>
#include <unistd.h>

#include "tests/support/temp_folder.h"

using parley::cli::FileWatch;
using parley::test::TempFolder;
namespace fs = std::filesystem;

namespace {

// A descriptor that ends a wait.
class Stop {
 public:
  Stop() : descriptor_(eventfd(0, EFD_CLOEXEC)) {}
  ~Stop() { close(descriptor_); }
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  void set() const { REQUIRE(eventfd_write(descriptor_, 1) == 0); }
  int descriptor() const { return descriptor_; }

 private:
  int descriptor_;
};

// What a watch says that was told to stop after `change`: it looks at the files first.
FileWatch::Event after(FileWatch& watch, const std::function<void()>& change) {
  const Stop stop;
  change();
  stop.set();
  return watch.wait(stop.descriptor());
}

}  // namespace

TEST_CASE("a written, renamed or removed file is a change, also in a folder below") {
  const TempFolder folder;
  folder.write("flows/a.yaml", "one");
  FileWatch watch(folder.path());
  folder.write("flows/a.yaml", "two");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  fs::rename(folder.write("b.new", "three"), folder.path() / "flows/a.yaml");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  fs::remove(folder.path() / "flows/a.yaml");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
}

TEST_CASE("a folder that is added later is watched, with what was written into it at once") {
  const TempFolder folder;
  FileWatch watch(folder.path());
  folder.write("intents/deep/a.yaml", "one");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  folder.write("intents/deep/a.yaml", "two");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
}

TEST_CASE("a burst of changes is one change") {
  const TempFolder folder;
  FileWatch watch(folder.path());
  for (int i = 0; i < 200; ++i)
    folder.write("flows/" + std::to_string(i) + ".yaml", "text");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  CHECK(after(watch, [] {}) == FileWatch::Event::kStopped);
}

TEST_CASE("what an editor keeps for itself is no change") {
  const TempFolder folder;
  fs::create_directories(folder.path() / ".git");
  FileWatch watch(folder.path());
  const auto own_files = [&] {
    folder.write(".a.yaml.swp", "an editor's copy");
    folder.write("a.yaml~", "a backup");
    folder.write(".git/index", "of a version");
  };
  CHECK(after(watch, own_files) == FileWatch::Event::kStopped);
}

TEST_CASE("a folder that is removed and made again goes on being watched") {
  const TempFolder parent;
  const fs::path folder = parent.path() / "bot";
  parent.write("bot/bot.yaml", "bot: a");
  FileWatch watch(folder);
  fs::remove_all(folder);
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  parent.write("bot/bot.yaml", "bot: b");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
  parent.write("bot/bot.yaml", "bot: c");
  CHECK(watch.wait() == FileWatch::Event::kChanged);
}
