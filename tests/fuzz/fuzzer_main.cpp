// What libFuzzer calls with each input. Its binaries hold one target each.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/target.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  if (const auto prepare = parley::fuzz::targets().front().prepare) prepare();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  parley::fuzz::targets().front().run({reinterpret_cast<const char*>(data), size});
  return 0;
}
