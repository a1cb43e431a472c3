// A feature of a text and how much it counts. Apart from features.h, because the inner loops may include
// nothing of the standard library's.
//
// Thread rule: plain data.
#pragma once

#include <cstdint>

namespace parley::intents {

struct FeatureValue {
  std::uint32_t feature = 0;
  float value = 0;
};

}  // namespace parley::intents
