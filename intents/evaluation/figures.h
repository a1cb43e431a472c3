// Figures as reports write them: a fixed number of digits, in every locale.
//
// Thread rule: pure functions.
#pragma once

#include <cstdio>
#include <string>

namespace parley::intents {

inline std::string with_digits(double value, int digits) {
  char text[64];
  const int length = std::snprintf(text, sizeof text, "%.*f", digits, value);
  return {text, static_cast<std::size_t>(length)};
}

/// 0.934 -> "93.4 %"
inline std::string percent(double share) {
  return with_digits(share * 100, 1) + " %";
}

}  // namespace parley::intents
