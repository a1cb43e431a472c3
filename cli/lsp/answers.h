// What the server answers about a place in a document; one file a request.
//
// Each takes the bot as it is being written and a place in one of its files, and gives the `result` of the
// LSP request of its name (null: nothing to say). One thread.
#pragma once

#include <filesystem>

#include "cli/lsp/bot_view.h"
#include "engine/message.h"

namespace parley::lsp {

/// A place in a document as it is typed.
struct Place {
  const BotView& bot;
  const std::filesystem::path& path;
  std::string_view text;
  std::size_t byte = 0;
};

Json definition(const Place& place);                                           // definition.cpp
Json references(const Place& place, bool with_definitions);                    // definition.cpp
Json hover(const Place& place);                                                // hover.cpp
Json completion(const Place& place);                                           // completion.cpp
Json document_symbols(const BotView& bot, const std::filesystem::path& path);  // symbols.cpp

}  // namespace parley::lsp
