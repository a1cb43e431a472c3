#include "intents/network/kernels_body.h"

namespace parley::intents {

const Kernels& baseline_kernels() {
  return kKernels;
}

}  // namespace parley::intents
