// Findings as an editor shows them: a range to underline, a code that leads to its page, and the hint.
//
// A finding tells where something begins. What is underlined is the name, quoted text, key or value that
// begins there. Pure functions; any thread.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "cli/lsp/bot_view.h"
#include "cli/lsp/finding_pages.h"
#include "engine/message.h"

namespace parley::lsp {

/// LSP's Diagnostic for each finding, by file. Findings that are in no file of the bot are left out.
std::map<std::filesystem::path, Json> diagnostics_of(const config::Findings& findings, const BotView& bot,
                                                     const FindingPages& pages);

/// What to underline of a finding at `begin`.
ByteRange range_at(std::string_view text, std::size_t begin);

}  // namespace parley::lsp
