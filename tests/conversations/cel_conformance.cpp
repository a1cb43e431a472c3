#include <array>
#include <doctest/doctest.h>
#include <fstream>
#include <iomanip>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "conversations/cel/jsonl.h"
#include "tests/support/shared_data.h"

using namespace parley;

namespace {

struct CaseFile {
  const char* name;
  int at_least;  // cases that pass today
};

// parse: nine cases expect a text whose \u escapes were never decoded, though the expression's text is not
// raw.
constexpr std::array<CaseFile, 15> kFiles{{{"basic", 23},
                                           {"comparisons", 170},
                                           {"conversions", 54},
                                           {"fields", 37},
                                           {"fp_math", 13},
                                           {"integer_math", 29},
                                           {"lists", 20},
                                           {"logic", 7},
                                           {"macros", 24},
                                           {"macros2", 18},
                                           {"parse", 72},
                                           {"plumbing", 2},
                                           {"string", 23},
                                           {"string_ext", 84},
                                           {"timestamps", 40}}};

struct Count {
  int passed = 0, total = 0;
};

// Any error will do where one is expected: wording is each implementation's own.
bool passes(const std::string& line) {
  const nlohmann::json wanted = nlohmann::json::parse(line);
  const nlohmann::json answer = cel::evaluate_line(line);
  return wanted.contains("error") ? answer.contains("error") : answer == wanted.at("value");
}

Count run_file(const std::filesystem::path& path) {
  Count count;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line); ++count.total)
    count.passed += passes(line) ? 1 : 0;
  return count;
}

}  // namespace

TEST_CASE("CEL's conformance cases pass, file by file, at least as many as before") {
  const auto folder = test::shared_data("cel");
  if (!folder) return;
  Count all;
  for (const CaseFile& file : kFiles) {
    const Count count = run_file(*folder / (std::string(file.name) + ".jsonl"));
    std::cout << "  cel " << std::left << std::setw(14) << file.name << std::right << std::setw(4)
              << count.passed << "/" << count.total << "\n";
    CAPTURE(std::string(file.name));
    CHECK(count.passed >= file.at_least);
    all.passed += count.passed;
    all.total += count.total;
  }
  std::cout << "  cel total         " << all.passed << "/" << all.total << "\n";
}
