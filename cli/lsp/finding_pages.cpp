#include "cli/lsp/finding_pages.h"

#include <fstream>

#include "cli/lsp/file_address.h"

namespace parley::lsp {
namespace {

constexpr const char* kPlaces[] = {"docs/findings.md", "share/doc/parley/findings.md"};

// The code in a row of one of the page's tables, "| `unknown-key` | a key ...".
std::string code_in(const std::string& row) {
  constexpr std::string_view kBegin = "| `";
  const std::size_t end = row.find('`', kBegin.size());
  return row.starts_with(kBegin) && end != std::string::npos ? row.substr(kBegin.size(), end - kBegin.size())
                                                             : "";
}

}  // namespace

FindingPages::FindingPages(const std::filesystem::path& page) {
  std::ifstream rows(page);
  int number = 0;
  for (std::string row; std::getline(rows, row);) {
    ++number;
    if (const std::string code = code_in(row); !code.empty())
      addresses_.try_emplace(code, uri_of(page) + "#L" + std::to_string(number));
  }
}

FindingPages FindingPages::of_this_program() {
  std::error_code problem;
  std::filesystem::path folder = std::filesystem::read_symlink("/proc/self/exe", problem);
  while (!problem && folder.has_relative_path()) {
    folder = folder.parent_path();
    for (const char* place : kPlaces)
      if (std::filesystem::exists(folder / place, problem)) return FindingPages(folder / place);
    problem.clear();
  }
  return FindingPages(std::filesystem::path());
}

std::string FindingPages::address_of(const std::string& code) const {
  const auto found = addresses_.find(code);
  return found == addresses_.end() ? "" : found->second;
}

}  // namespace parley::lsp
