#include "tests/fuzz/target.h"

#include <algorithm>
#include <stdexcept>

namespace parley::fuzz {

std::vector<Target>& targets() {
  static std::vector<Target> all;
  return all;
}

void require(bool holds, const std::string& what) {
  if (!holds) throw std::logic_error(what);
}

std::string_view take_line(std::string_view& input) {
  const std::size_t end = std::min(input.find('\n'), input.size());
  const std::string_view line = input.substr(0, end);
  input.remove_prefix(std::min(end + 1, input.size()));
  return line;
}

}  // namespace parley::fuzz
