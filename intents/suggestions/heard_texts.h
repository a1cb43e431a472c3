// What people said that the bot did not take as an answer or a command, read from the ledger.
//
// A message counts when the dialogue looked for an intent in it, whatever came of that: a flow, a question
// back, a fallback, or a failed answer to a question. Answers, corrections, buttons, commands, and what was
// said to a person after a hand-off do not count. Texts that differ only in case, accents and punctuation are
// one, kept as it was first found.
//
// Cost: one look at every conversation of the bot since `since`; memory for kHeardTextsMax different texts.
//
// Errors: those of the reader. Thread rule: one thread, that of the reader.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "engine/storage/store.h"

namespace parley::intents {

/// More different texts than this are not kept, only counted.
inline constexpr std::size_t kHeardTextsMax = 100'000;

struct HeardText {
  std::string text;
  std::string language;  // of the conversation at that time
  std::size_t count = 0;
};

struct HeardTexts {
  std::vector<HeardText> texts;  // the most frequent first
  std::size_t messages = 0;      // that count
  std::size_t left_out = 0;      // messages whose text was one too many
};

/// Of the bot named `bot`, from the time `since` on; `most` different texts.
Result<HeardTexts> read_heard_texts(StoreReader& reader, const std::string& bot, TimePoint since,
                                    std::size_t most = kHeardTextsMax);

}  // namespace parley::intents
