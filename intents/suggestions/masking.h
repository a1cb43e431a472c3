// Takes out of a text what points to one person or account, before it is written where authors read it.
//
// E-mail addresses, phone numbers, IBANs and card numbers, as the entities of the text tell them, become
// samples that belong to nobody and are still recognised as what they are; longer runs of digits become
// zeros. Names of people are not recognised: docs/suggest.md says so.
//
// Thread rule: pure functions.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/understanding.h"

namespace parley::intents {

/// This many digits in a row, or more, are masked wherever they stand.
inline constexpr std::size_t kMaskedDigits = 6;

/// `entities` are those of `text`.
std::string masked(std::string_view text, const std::vector<Entity>& entities);

}  // namespace parley::intents
