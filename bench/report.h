// What the bench says: a row for each figure, beside what it is to be compared with, and pictures where they
// are asked for.
//
// One thread.
#pragma once

#include <filesystem>
#include <string>

#include "bench/plot.h"

namespace parley::bench {

class Report {
 public:
  /// Pictures are written to the folder `plots`; empty: none are.
  explicit Report(std::filesystem::path plots) : plots_(std::move(plots)) {}

  /// Printed at once: a long run can be watched.
  void row(const std::string& name, const std::string& figure, const std::string& yardstick = "");
  void plot(const Plot& plot);

 private:
  std::filesystem::path plots_;
};

/// 12.34 and "ms": "12.3 ms", with that many digits behind the point.
std::string amount(double value, int digits, const std::string& unit);
/// 1234567: "1,234,567"
std::string counted(double value);

}  // namespace parley::bench
