// Public data sets that lie outside the project: $PARLEY_DATA, or ../shared/data beside the checkout.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <optional>
#include <string>

namespace parley::test {

/// The path of `name`, or nullopt after printing why the calling test is skipped: return at once then.
inline std::optional<std::filesystem::path> shared_data(const std::string& name) {
  const char* set = std::getenv("PARLEY_DATA");
  const std::filesystem::path root = set ? set : PARLEY_SOURCE_DIR "/../shared/data";
  if (std::filesystem::exists(root / name)) return root / name;
  std::cout << "SKIPPED: " << (root / name).string() << " is not there (set PARLEY_DATA)\n";
  return std::nullopt;
}

}  // namespace parley::test
