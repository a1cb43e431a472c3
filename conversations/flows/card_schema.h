// What Adaptive Cards 1.0 to 1.5 are made of: each type of element, action and part with its properties, what
// they may be, and the version that brought them. After the published schema (adaptivecards.io/schemas),
// whose facts it keeps in the least room: card_check.h reads a card by it. Constant data; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace parley::conversations {

/// A version of Adaptive Cards as major * 10 + minor: 1.3 is 13.
using CardVersion = int;
inline constexpr CardVersion kCardVersionMin = 10, kCardVersionMax = 15;

enum class CardValue {
  kText,
  kAddress,  // of a page or a picture
  kDate,     // 2026-03-01
  kTime,     // 08:30
  kPixels,   // 80px
  kFlag,
  kNumber,
  kWord,      // one of `of`, in any case, divided by |, each with the version that brought it: a|b|c@12
  kExtent,    // a word of `of`, or pixels
  kWidth,     // of a column: auto, stretch, pixels or a weight
  kData,      // a map or a text
  kTexts,     // a list of texts
  kVersions,  // a map of features to versions
  kPart,      // a map of the type `of`
  kPicture,   // a map of the type `of`, or an address
  kParts,     // a list of maps of the type `of`
  kElements,  // a list of elements
  kActions,   // a list of actions
  kAction,    // one action that opens no card
  kRuns,      // a list of texts and of maps of the type `of`
  kTargets,   // a list of ids and of maps of the type `of`
  kAnything,  // another standard's
};

struct CardProperty {
  std::string_view name;
  CardValue value = CardValue::kText;
  std::string_view of = {};
  CardVersion since = kCardVersionMin;
  bool required = false;
};

enum class CardFamily { kElement, kAction, kPart };

struct CardType {
  std::string_view name;
  CardFamily family = CardFamily::kPart;
  CardVersion since = kCardVersionMin;
  std::vector<CardProperty> properties;

  const CardProperty* find(std::string_view property) const;
};

/// Null: there is none.
const CardType* find_card_type(std::string_view name);
std::vector<std::string> card_types(CardFamily family);

}  // namespace parley::conversations
