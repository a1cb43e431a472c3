// Checks an Adaptive Card as it stands in a flow: elements that exist, what they must have, values that fit,
// nothing newer than the card's version, ids that are there once, pictures with a text.
//
// What a person would miss is an error; what renderers only pass over is a warning. A text with {expressions}
// stays a text when they are filled in, so it is no number and no truth value; what it says is not judged.
// Codes: card, card-id, card-ignored, missing-alt-text, too-many-buttons, unlabelled-input. One thread.
#pragma once

#include <nlohmann/json.hpp>

#include "config/yaml.h"

namespace parley::conversations {

/// The version of a card that names none: what Bot Framework Web Chat and Teams have long shown.
inline constexpr const char* kDefaultCardVersion = "1.3";
/// As many as every client shows beside one another (Teams; Bot Framework's cards).
inline constexpr std::size_t kCardButtonsMax = 6;

void check_adaptive_card(const config::Node& card);
/// A warning where `buttons` lists more than kCardButtonsMax.
void check_button_count(const config::Node& buttons);

/// A scalar of a card: plain ones become JSON's own kinds, quoted ones stay text.
nlohmann::json card_scalar(const config::Node& node);

}  // namespace parley::conversations
