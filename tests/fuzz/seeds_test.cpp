// Every seed of every fuzz target, once, without a fuzzer: what broke once stays whole, and no target rots.
#include <algorithm>
#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/target.h"
#include "tests/support/temp_folder.h"

namespace parley::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path kSeeds = fs::path(PARLEY_SOURCE_DIR) / "tests/fuzz/seeds";

std::vector<fs::path> inside(const fs::path& folder) {
  std::vector<fs::path> found;
  if (fs::exists(folder))
    for (const auto& entry : fs::directory_iterator(folder))
      found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

/// The same damage for the same round: a few bytes changed, pieces lost and doubled.
std::string damaged(std::string text, unsigned round) {
  static const std::string kOdd = "{}[]:,'\"#&*!|>%@`-?.()= 0\n\t\\~$\x01\xC3\xFF";
  std::mt19937 random(round);
  const auto pick = [&](std::size_t below) { return below == 0 ? 0 : random() % below; };
  for (std::size_t change = 0; change <= pick(6); ++change) {
    const std::size_t at = pick(text.size() + 1), length = pick(24);
    switch (pick(4)) {
      case 0:
        text.insert(at, 1, kOdd[pick(kOdd.size())]);
        break;
      case 1:
        text.replace(at, 1, 1, static_cast<char>(random()));
        break;
      case 2:
        text.erase(at, length);
        break;
      default:
        text.insert(pick(text.size() + 1), text.substr(at, length));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("every seed of every target is read without a crash") {
  REQUIRE(!targets().empty());
  for (const Target& target : targets()) {
    const std::vector<fs::path> seeds = inside(kSeeds / target.name);
    CHECK_MESSAGE(!seeds.empty(), target.name << " has no seed");
    for (const fs::path& seed : seeds) {
      INFO(seed.string());
      CHECK_NOTHROW(target.run(test::read_file(seed)));
    }
  }
}

TEST_CASE("the beginning of a seed is an input too") {
  for (const Target& target : targets())
    for (const fs::path& seed : inside(kSeeds / target.name)) {
      const std::string whole = test::read_file(seed);
      for (const std::size_t part : {1, 2, 3}) {
        INFO(seed.string() << ", " << part << " quarters");
        CHECK_NOTHROW(target.run(std::string_view(whole).substr(0, whole.size() * part / 4)));
      }
    }
}

TEST_CASE("damaged seeds are inputs too") {
  const bool long_run = std::getenv("PARLEY_LONG") && std::getenv("PARLEY_LONG") == std::string("1");
  const unsigned rounds = long_run ? 200 : 4;  // of each seed
  for (const Target& target : targets())
    for (const fs::path& seed : inside(kSeeds / target.name)) {
      const std::string whole = test::read_file(seed);
      for (unsigned round = 0; round < rounds; ++round) {
        INFO(seed.string() << ", damaged in round " << round);
        CHECK_NOTHROW(target.run(damaged(whole, round)));
      }
    }
}

TEST_CASE("every folder of seeds belongs to a target") {
  for (const fs::path& folder : inside(kSeeds)) {
    const std::string name = folder.filename().string();
    const bool known = std::any_of(targets().begin(), targets().end(),
                                   [&](const Target& target) { return target.name == name; });
    CHECK_MESSAGE(known, name);
  }
}

}  // namespace parley::fuzz
