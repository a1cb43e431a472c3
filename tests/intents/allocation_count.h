// How often this test program has asked for memory: operator new is replaced by one that counts.
//
// Thread rule: any thread.
#pragma once

#include <cstddef>

namespace parley::test {

std::size_t allocation_count();

}  // namespace parley::test
