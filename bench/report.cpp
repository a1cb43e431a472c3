#include "bench/report.h"

#include <fstream>
#include <iomanip>
#include <iostream>
#include <sstream>
#include <stdexcept>

namespace parley::bench {

void Report::row(const std::string& name, const std::string& figure, const std::string& yardstick) {
  std::cout << std::left << std::setw(56) << name << "  " << std::setw(42) << figure << "  " << yardstick
            << std::endl;
}

void Report::plot(const Plot& plot) {
  if (plots_.empty()) return;
  std::filesystem::create_directories(plots_);
  std::ofstream file(plots_ / (plot.file + ".svg"));
  file << svg_of(plot);
  if (!file.flush()) throw std::runtime_error((plots_ / plot.file).string() + ".svg can't be written");
}

std::string amount(double value, int digits, const std::string& unit) {
  std::ostringstream text;
  text << std::fixed << std::setprecision(digits) << value << " " << unit;
  return text.str();
}

std::string counted(double value) {
  std::string digits = amount(value, 0, "");
  digits.pop_back();
  const std::size_t begin = digits.starts_with('-') ? 1 : 0;
  for (std::size_t i = digits.size(); i > begin + 3; i -= 3)
    digits.insert(i - 3, ",");
  return digits;
}

}  // namespace parley::bench
