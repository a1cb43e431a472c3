#include "intents/network/kernels.h"

namespace parley::intents {

const Kernels& avx2_kernels();

namespace {

bool has_avx2() {
#if defined(__x86_64__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

}  // namespace

const Kernels& kernels() {
  static const Kernels& chosen = has_avx2() ? avx2_kernels() : baseline_kernels();
  return chosen;
}

void pack(const float* matrix, std::size_t columns, std::size_t depth, float* panels) {
  for (std::size_t first = 0; first < columns; first += kPanelColumns)
    for (std::size_t k = 0; k < depth; ++k)
      for (std::size_t c = first; c < first + kPanelColumns; ++c)
        *panels++ = matrix[c * depth + k];
}

}  // namespace parley::intents
