// A ledger with many stored conversations, made quickly: one real conversation is held, and stored again and
// again under other ids, through the real store.
//
// The ids are random, as a server's are, but stored in their order, which a B-tree takes fastest; a ledger
// that grew by itself has the same content with more half-filled pages.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "engine/bot.h"
#include "engine/storage/record.h"

namespace parley::bench {

inline constexpr const char* kFilledPerson = "anna";

/// Makes the ledger `path` with `conversations` of `bot`, on the channel "test", each with a greeting and two
/// answered messages of the person kFilledPerson. Gives ids of up to `sample` of them, evenly spread.
std::vector<std::string> fill_ledger(const std::filesystem::path& path, const BotPtr& bot,
                                     std::size_t conversations, std::size_t sample);

}  // namespace parley::bench
