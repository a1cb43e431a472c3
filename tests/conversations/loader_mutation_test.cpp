// Files as they are in the middle of editing, or damaged: the loader always ends, and says something or makes
// a program.
#include <doctest/doctest.h>
#include <random>
#include <sstream>

#include "bot_folder.h"
#include "tests/support/temp_folder.h"

namespace parley::conversations {
namespace {

namespace fs = std::filesystem;

class Damage {
 public:
  explicit Damage(unsigned seed) : random_(seed) {}

  std::string apply(std::string text) {
    const std::size_t count = 1 + pick(4);
    for (std::size_t i = 0; i < count && !text.empty(); ++i)
      text = once(std::move(text));
    return text;
  }

 private:
  std::size_t pick(std::size_t below) { return random_() % below; }

  std::string once(std::string text) {
    static const std::string kOdd = "{}[]:,'\"#&*!|>%@`-?.()= \n\t\\~$\x01\xC3";
    const std::size_t at = pick(text.size());
    switch (pick(5)) {
      case 0:
        text[at] = static_cast<char>(random_());
        break;
      case 1:
        text[at] = kOdd[pick(kOdd.size())];
        break;
      case 2:
        text.insert(at, 1, kOdd[pick(kOdd.size())]);
        break;
      case 3:
        text.erase(at, 1 + pick(20));
        break;
      default:
        drop_line(text, at);
    }
    return text;
  }

  void drop_line(std::string& text, std::size_t at) {
    const std::size_t begin = text.rfind('\n', at);
    const std::size_t from = begin == std::string::npos ? 0 : begin + 1;
    text.erase(from, text.find('\n', from) - from + 1);
  }

  std::mt19937 random_;
};

std::vector<fs::path> authoring_files(const fs::path& bot) {
  std::vector<fs::path> files;
  for (const char* folder : {"flows", "translations"})
    for (const auto& entry : fs::recursive_directory_iterator(bot / folder))
      if (entry.is_regular_file()) files.push_back(fs::relative(entry.path(), bot));
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

TEST_CASE("damaged files never crash the loader, and an error always means no program") {
  const fs::path sample = fs::path(PARLEY_SOURCE_DIR) / "bots/helpdesk";
  const test::TempFolder folder;
  fs::copy(sample, folder.path(), fs::copy_options::recursive);
  const std::vector<fs::path> files = authoring_files(sample);
  for (unsigned seed = 0; seed < 60; ++seed) {
    CAPTURE(seed);
    Damage damage(seed);
    const fs::path& file = files[seed % files.size()];
    const std::string whole = test::read_file(sample / file);
    folder.write(file.string(), damage.apply(whole));
    const LoadedFolder loaded = load_folder(folder.path());
    CHECK((loaded.program == nullptr) == loaded.findings.has_errors());
    folder.write(file.string(), whole);
  }
}

}  // namespace parley::conversations
