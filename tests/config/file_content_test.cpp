#include "config/file_content.h"

#include <doctest/doctest.h>
#include <thread>

#include "config/yaml.h"
#include "tests/support/temp_folder.h"

using namespace parley::config;
using parley::test::TempFolder;
using Problem = FileContent::Problem;

TEST_CASE("a file is read whole, or it is said why not") {
  const TempFolder folder;
  const auto path = folder.write("a.yaml", "text");
  CHECK(read_file(path, 4).bytes == "text");
  CHECK(read_file(path, 3).problem == Problem::kTooLarge);
  CHECK(read_file(folder.path() / "none.yaml", 4).problem == Problem::kUnreadable);
  CHECK(read_file(folder.path(), 4).problem == Problem::kUnreadable);
}

TEST_CASE("what is not saved stands in for files, also for those that are not there yet") {
  const TempFolder folder;
  const auto saved = folder.write("flows/a.yaml", "old: 1"), added = folder.path() / "flows/deep/b.yaml";
  const UnsavedFiles::Contents contents{
      {saved, "new: 1"}, {added, "b: 1"}, {folder.path() / "c.yaml", "c: 1"}};
  {
    const UnsavedFiles unsaved(contents);
    CHECK(read_file(saved, 6).bytes == "new: 1");
    CHECK(read_file(saved, 5).problem == Problem::kTooLarge);
    CHECK(file_exists(added));
    CHECK(yaml_files(folder.path() / "flows") == std::vector<std::filesystem::path>{saved, added});
    Findings findings;
    const YamlFile yaml(saved, "a.yaml", findings);
    REQUIRE(yaml.documents().size() == 1);
    CHECK(yaml.documents().front().get("new").text() == "1");
    std::string elsewhere;
    std::thread([&] { elsewhere = read_file(saved, 6).bytes; }).join();
    CHECK_MESSAGE(elsewhere == "old: 1", "another thread reads the disk");
  }
  CHECK(read_file(saved, 6).bytes == "old: 1");
  CHECK_FALSE(file_exists(added));
}
