// Compiled for AVX2 with FMA where the compiler knows them (CMakeLists.txt); kernels.cpp asks before it
// calls.
#include "intents/network/kernels_body.h"

namespace parley::intents {

const Kernels& avx2_kernels() {
  return kKernels;
}

}  // namespace parley::intents
