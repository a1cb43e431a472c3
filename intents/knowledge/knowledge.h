// A bot's pages, knowledge/<language>/*.md at any depth, made searchable: read and checked (page.h), their
// links resolved (links.h), cut into passages (passages.h), indexed (page_index.h).
//
// Codes: unknown-language, empty-page, too-many-pages, full-text-search, and those of page.h and links.h.
// Thread rule: one thread a call; what is returned, any.
#pragma once

#include <memory>

#include "config/bot_manifest.h"
#include "config/diagnostic.h"
#include "engine/knowledge.h"

namespace parley::intents {

/// Null where the bot has no page. Pages with mistakes are in it as far as they could be read.
std::shared_ptr<const Knowledge> read_knowledge(const config::BotManifest& manifest,
                                                config::Findings& findings);

}  // namespace parley::intents
