// Personal data known by its look: the shapes of entities (entities/shapes.h), the Dutch citizen service
// number, and a bot's own patterns.
//
// Where a kind carries its own proof it is checked, so that an order number is not taken for a card: IBAN
// (ISO 13616, mod 97), cards (ISO 7812, Luhn), the citizen service number (elfproef, weights 9 to 2 and -1).
// Patterns are RE2: linear time. Of finds that overlap the longest counts.
//
// Thread rule: immutable after making.
#pragma once

#include <memory>

#include "config/bot_manifest.h"
#include "engine/redaction.h"

namespace parley::intents {

/// What bot.yaml says under `redact`; null when it is nothing. A pattern that RE2 does not take, or that
/// matches the empty text, is a finding (`bad-pattern`).
std::shared_ptr<const Redactor> make_redactor(const config::BotManifest& manifest,
                                              config::Findings& findings);

/// Whether the nine digits of `text`, points and blanks aside, are a citizen service number.
bool is_citizen_number(std::string_view text);

}  // namespace parley::intents
