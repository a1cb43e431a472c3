#include "intents/block.h"

#include <algorithm>
#include <cmath>

namespace parley::intents {
namespace {

constexpr float kByteMax = 127;

}  // namespace

ByteRows to_bytes(std::span<const float> matrix, std::size_t width) {
  std::vector<float> scales(matrix.size() / width);
  std::vector<std::int8_t> numbers(matrix.size());
  for (std::size_t i = 0; i < scales.size(); ++i) {
    const auto row = matrix.subspan(i * width, width);
    float largest = 0;
    for (const float number : row)
      largest = std::max(largest, std::fabs(number));
    if (largest == 0) continue;
    scales[i] = largest / kByteMax;
    for (std::size_t k = 0; k < width; ++k)
      numbers[i * width + k] = static_cast<std::int8_t>(std::lround(row[k] / largest * kByteMax));
  }
  return {std::move(scales), std::move(numbers), width};
}

}  // namespace parley::intents
